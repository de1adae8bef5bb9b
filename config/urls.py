"""Every address of the house: its shell first, then what each app names."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path

from config.composants import composants
from config.identity import logo, palette_page, stylesheet
from config.letters import letter_detail, letter_html, letter_list
from config.notices import accessibility, help_page, legal, privacy
from config.signin import LinkSent, PasswordChosen, PasswordLink, SignIn, SignInConfirm, SignInLink
from config.source_code import source_code

urlpatterns = [
    path("connexion/", SignIn.as_view(), name="login"),
    path("connexion/lien/", SignInLink.as_view(), name="signin-link"),
    path("connexion/lien/<uidb64>/<token>/", SignInConfirm.as_view(), name="signin-confirm"),
    path("connexion/mot-de-passe/", PasswordLink.as_view(), name="password_reset"),
    path("connexion/mot-de-passe/<uidb64>/<token>/", PasswordChosen.as_view(), name="password_reset_confirm"),
    path("connexion/envoye/", LinkSent.as_view(), name="link-sent"),
    path("deconnexion/", LogoutView.as_view(), name="logout"),
    path("identite.css", stylesheet, name="identity"),
    path("logo", logo, name="logo"),
    path("identite/", palette_page, name="palette"),
    path("accessibilite/", accessibility, name="accessibility"),
    path("mentions-legales/", legal, name="legal"),
    path("donnees-personnelles/", privacy, name="privacy"),
    path("aide/", help_page, name="help"),
    path("courriels/", letter_list, name="letter-list"),
    path("courriels/<slug:name>/", letter_detail, name="letter-detail"),
    path("courriels/<slug:name>/html/", letter_html, name="letter-html"),
    path("composants/", composants, name="composants"),
    path("code-source/", source_code, name="source"),
    path("admin/", admin.site.urls),
    path("", include("cases.urls")),  # before the campaign's, whose parts have free names
    path("", include("workflow.urls")),
    path("", include("notifications.urls")),
]
