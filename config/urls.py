"""Every address of the house; each app names its own, in this order."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from config import composants, identity

urlpatterns = [
    path("identite.css", login_not_required(identity.stylesheet), name="identity"),
    path("composants/", composants.composants, name="composants"),
    path("admin/", admin.site.urls),
    path("", include("workflow.urls")),
    path("", include("cases.urls")),
    path("", include("notifications.urls")),
]
