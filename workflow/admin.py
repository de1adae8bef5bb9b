"""People are managed here; their roles, cycles, steps and the journal are only read."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from workflow.models import Grant, Organisation, User


class ReadOnlyAdmin(admin.ModelAdmin):
    """Look, filter, search: nothing is added, changed or deleted past the engine, its rules and its journal."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People sign in with their address; they are anonymised in place, never deleted."""

    ordering = ("email",)
    list_display = ("email", "first_name", "last_name", "is_active", "is_staff")
    search_fields = ("email", "first_name", "last_name")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        ("Personne", {"fields": ("first_name", "last_name", "phone")}),
        ("Accès", {"fields": ("is_active", "is_staff", "is_superuser")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "password1", "password2")}),)
    filter_horizontal = ()

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "siret")
    search_fields = ("name", "siret")


@admin.register(Grant)
class GrantAdmin(ReadOnlyAdmin):
    """Roles are given and withdrawn through the door, with their journal: `people` in the coordinator's campaign."""

    list_display = ("user", "role", "cycle", "organisation")
    list_filter = ("role", "cycle")
    list_select_related = ("user", "cycle", "organisation")


for model in apps.get_app_config("workflow").get_models():
    if not admin.site.is_registered(model):
        admin.site.register(model, ReadOnlyAdmin)
