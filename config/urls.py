"""Every address of the house: its shell first, then what each app names."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from config.composants import composants
from config.identity import stylesheet
from config.signin import SignIn
from config.source_code import source_code

urlpatterns = [
    path("connexion/", SignIn.as_view(), name="login"),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path("identite.css", stylesheet, name="identity"),
    path("composants/", composants, name="composants"),
    path("code-source/", source_code, name="source"),
    path("admin/", admin.site.urls),
    path("", include("workflow.urls")),
    path("", include("cases.urls")),
    path("", include("notifications.urls")),
]
