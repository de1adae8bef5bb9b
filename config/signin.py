"""Signing in with an e-mail address, in words that help."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView


class SignInForm(AuthenticationForm):
    """Django's own check, asked in French that says what to do next."""

    error_messages = {
        "invalid_login": "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux, puis réessayez.",
        "inactive": "Ce compte est fermé. Appelez l’équipe qui vous accompagne.",
    }

    username = forms.EmailField(
        label="Adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        error_messages={
            "required": "écrivez votre adresse.",
            "invalid": "écrivez une adresse complète, comme prenom@exemple.fr.",
        },
    )
    password = forms.CharField(
        label="Mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "écrivez votre mot de passe."},
    )


class SignIn(LoginView):
    """The door of the service; whoever is already inside goes to what awaits them."""

    authentication_form = SignInForm
    redirect_authenticated_user = True
