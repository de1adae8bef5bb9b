"""Signing in with an e-mail address: by a password, or by a link that one asks for."""

from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.auth.views import LoginView, PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlsafe_base64_decode
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from config import held
from notifications import outbox
from workflow.models import User
from workflow.tokens import sign_in_tokens

MINUTES_BETWEEN_MAILS = 5
"""One link per person and so long, because a mailbox must not be filled by whoever knows its address."""


def safe(request: HttpRequest, path: str) -> str:
    """A page of this service that somebody asked for before signing in; blank for any other address."""
    ours = url_has_allowed_host_and_scheme(path, None, require_https=request.is_secure())
    return path if ours else ""


class AddressField(forms.EmailField):
    """The address somebody signs in with, however a telephone capitalised it."""

    def __init__(self, **options):
        super().__init__(
            label="Adresse électronique",
            widget=forms.EmailInput(attrs={"autocomplete": "username"}),
            error_messages={
                "required": "écrivez votre adresse.",
                "invalid": "écrivez une adresse complète, comme prenom@exemple.fr.",
            },
            **options,
        )

    def clean(self, value) -> str:
        return super().clean(value).lower()


class SignInForm(AuthenticationForm):
    """Django's own check, asked in French that says what to do next."""

    error_messages = {
        "invalid_login": "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux, puis réessayez.",
        "inactive": "Ce compte est fermé. Appelez l’équipe qui vous accompagne.",
    }

    username = AddressField()
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
    extra_context = {"held": ""}

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Whoever was writing when the session ended finds it again, to be sent by one click."""
        welcome = super().form_valid(form)
        kept = held.opened(self.request.POST.get("held", ""))
        return held.offered(self.request, kept, because="signed_in") if kept else welcome

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {"held": self.request.POST.get("held", "")}


class AddressForm(forms.Form):
    email = AddressField()


@method_decorator(login_not_required, name="dispatch")
class MailedLink(FormView):
    """Ask for a mail with a link. The answer is the same for an address that nobody here knows."""

    http_method_names = ("get", "head", "post")
    form_class = AddressForm
    template_name = "registration/ask_link.html"
    success_url = reverse_lazy("link-sent")
    mail = ""
    said: dict = {}

    def get_form_kwargs(self):
        """An address typed at the door is not asked twice; a blank one there is no fault, only the next question."""
        options = super().get_form_kwargs()
        if "username" in self.request.POST:
            typed = self.request.POST["username"]
            return {"data": {"email": typed} if typed else None}
        return options

    def form_valid(self, form: AddressForm) -> HttpResponse:
        at, onward = timezone.now(), safe(self.request, self.request.POST.get("next", ""))
        slot = int(at.timestamp()) // (60 * MINUTES_BETWEEN_MAILS)
        for user in User.objects.filter(email=form.cleaned_data["email"], is_active=True).order_by("pk"):
            outbox.tell(user, self.mail, reason=f"{self.mail}#{slot}", at=at, leads_to=onward)
        return super().form_valid(form)

    def get_context_data(self, **context):
        return super().get_context_data(**context) | self.said | {"next": self.request.POST.get("next", "")}


class SignInLink(MailedLink):
    """« Recevoir un lien pour me connecter »."""

    mail = "signin_link"
    said = {
        "title": "Recevoir un lien de connexion",
        "lead": "Nous vous envoyons un courriel. Son lien vous connecte sans mot de passe.",
        "button": "Recevoir le lien",
    }


class PasswordLink(MailedLink):
    """« Mot de passe oublié », and the first password of somebody who was invited."""

    mail = "password_reset"
    said = {
        "title": "Choisir un nouveau mot de passe",
        "lead": "Nous vous envoyons un courriel. Son lien vous fait choisir un mot de passe.",
        "button": "Recevoir le courriel",
    }


@method_decorator(login_not_required, name="dispatch")
class LinkSent(TemplateView):
    http_method_names = ("get", "head")
    template_name = "registration/link_sent.html"


@method_decorator([login_not_required, never_cache], name="dispatch")
class SignInConfirm(View):
    """The address of the mail: GET shows a button, POST signs in, because mail scanners open every link."""

    tokens: PasswordResetTokenGenerator = sign_in_tokens

    def get(self, request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
        user = self.bearer(uidb64, token)
        return render(
            request, "registration/confirm_link.html", {"bearer": user}, status=200 if user else 410
        )

    def post(self, request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
        user = self.bearer(uidb64, token)
        if user is None:
            return self.get(request, uidb64, token)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect(safe(request, request.GET.get("next", "")) or "todo")

    def bearer(self, uidb64: str, token: str) -> User | None:
        """Whose link this is, while it holds."""
        try:
            key = int(urlsafe_base64_decode(uidb64))
        except (ValueError, OverflowError):
            return None
        user = User.objects.filter(pk=key, is_active=True).first()
        return user if user and self.tokens.check_token(user, token) else None


class PasswordForm(SetPasswordForm):
    """Django's own rules for a password, asked twice, in fewer words."""

    error_messages = {"password_mismatch": "les deux mots de passe ne sont pas les mêmes."}

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["new_password1"].label = "Nouveau mot de passe"
        self.fields[
            "new_password1"
        ].help_text = "Au moins 12 signes. Une phrase que vous seul connaissez convient très bien."
        self.fields["new_password2"].label = "Le même, une seconde fois"
        self.fields["new_password2"].help_text = ""


class PasswordChosen(PasswordResetConfirmView):
    """Choose a password and go in, because whoever reads the mailbox has proven enough."""

    http_method_names = ("get", "head", "post")
    form_class = PasswordForm
    template_name = "registration/choose_password.html"
    success_url = reverse_lazy("todo")
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"
