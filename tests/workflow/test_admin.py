"""The admin reads: what has a journal is never changed past the door."""

import pytest
from django.contrib import admin
from django.urls import reverse

from workflow.models import User
from workflow.subject import Subject

pytestmark = [pytest.mark.django_db, pytest.mark.lenient_templates]


def test_nothing_with_a_journal_is_changed_in_the_admin(rf):
    request = rf.get("/")
    request.user = User.objects.create_superuser("racine@exemple.test", "jalons-essai")
    registered = {model: one for model, one in admin.site._registry.items() if issubclass(model, Subject)}
    rights = {
        model.__name__: (
            one.has_add_permission(request),
            one.has_change_permission(request),
            one.has_delete_permission(request),
        )
        for model, one in registered.items()
    }
    assert "Dossier" in rights
    assert set(rights.values()) == {(False, False, False)}


@pytest.mark.parametrize("name", ["workflow_user", "workflow_entry", "cases_dossier", "cases_ledgerentry"])
def test_a_superuser_reads_its_lists(client, name):
    client.force_login(User.objects.create_superuser("racine@exemple.test", "jalons-essai"))
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200


def test_a_person_is_added_by_address_alone(client):
    client.force_login(User.objects.create_superuser("racine@exemple.test", "jalons-essai"))
    secret = "une-phrase-longue-42"
    typed = {"email": "awa@exemple.test", "password1": secret, "password2": secret, "usable_password": "true"}
    assert client.post(reverse("admin:workflow_user_add"), typed).status_code == 302
    assert User.objects.get(email="awa@exemple.test").check_password(secret)
