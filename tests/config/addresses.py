"""The addresses the shell needs, so that its tests stand without the pages of cases."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from config import composants, identity, signin, source_code


@login_not_required
def page(request):
    return HttpResponse(request.path)


@login_not_required
def broken(request):
    raise RuntimeError


urlpatterns = [
    path("identite.css", identity.stylesheet, name="identity"),
    path("composants/", composants.composants, name="composants"),
    path("code-source/", source_code.source_code, name="source"),
    path("connexion/", signin.SignIn.as_view(), name="login"),
    path("connexion/lien/", page, name="signin-link"),
    path("connexion/mot-de-passe/", page, name="password_reset"),
    path("logo", identity.logo, name="logo"),
    path("deconnexion/", page, name="logout"),
    path("panne/", broken),
    path("", page, name="todo"),
    path("dossiers/", page, name="dossier-list"),
    path("dossiers/<int:pk>/", page, name="dossier-detail"),
    path("appels/", page, name="calls"),
    path("enveloppes/", page, name="envelope-list"),
]
