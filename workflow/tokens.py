"""The secret addresses by which somebody proves to read a mailbox: to sign in without a password, or to choose one.

Nothing is stored: a token is computed from the account, and dies with the next sign-in or change of password. A link
that lasts is drawn from a random nonce and the secret key, so that it can be shown again and only its hash is kept.
"""

import base64
from hashlib import sha256

from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

MINUTES = 30
"""How long a link signs somebody in: time to find the mail on a slow telephone, and no more."""


class SignInTokens(PasswordResetTokenGenerator):
    """Django's own generator, of another flavour and a shorter life."""

    key_salt = "workflow.tokens.SignInTokens"

    def check_token(self, user, token: str) -> bool:
        return super().check_token(user, token) and self._age(token) <= MINUTES * 60

    def _age(self, token: str) -> int:
        """Seconds since a token that is known to be genuine was made."""
        return self._num_seconds(self._now()) - base36_to_int(token.partition("-")[0])


sign_in_tokens = SignInTokens()


def sign_in_path(user) -> str:
    """The path by which this person signs in once, within `MINUTES`."""
    return reverse("signin-confirm", args=[_key(user), sign_in_tokens.make_token(user)])


def password_path(user) -> str:
    """The path by which this person chooses a password; it lives as `PASSWORD_RESET_TIMEOUT` says."""
    return reverse("password_reset_confirm", args=[_key(user), default_token_generator.make_token(user)])


def drawn(salt: str, nonce: str) -> str:
    """256 bits as 43 letters and digits, the same each time as long as the secret key is."""
    bits = salted_hmac(salt, nonce, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(bits).rstrip(b"=").decode()


def digest_of(token: str) -> str:
    """What the database looks a token up by."""
    return sha256(token.encode()).hexdigest()


def _key(user) -> str:
    return urlsafe_base64_encode(force_bytes(user.pk))
