"""Which mails a person may do without: a closed list, by kind; receipts, requests and answers always leave.

The choice is made without a password by the signed link of any such mail, or from the account. It is kept as what was
declined, so that a kind that is new one day is heard by everybody.
"""

from collections.abc import Iterable

from django.core.signing import BadSignature, Signer
from django.db.models import Q, TextChoices
from django.urls import reverse

from notifications.catalogue import CATALOGUE
from notifications.choices import Audience, Wording
from notifications.models import Declined, Message
from workflow.models import User
from workflow.roles import TEAM, Role, roles_of

_SIGNER = Signer(salt="notifications.optional")


class MailKind(TextChoices):
    REMINDERS = "reminders", "Les rappels avant une date"
    TEAM = "team", "Ce qui arrive aux dossiers de mon équipe"
    FOLLOW_UP = "follow_up", "La suite des dossiers sur lesquels j’ai donné mon avis"


_OF_TEAM = (Audience.TEAM, Audience.COORDINATION)
OPTIONAL: dict[str, MailKind] = (
    {one.template: MailKind.TEAM for one in CATALOGUE if one.audience in _OF_TEAM}
    | dict.fromkeys(Wording.values, MailKind.REMINDERS)
    | dict.fromkeys(
        (
            "action_adaptee_au_financeur",
            "financement_abandonne_au_financeur",
            "question_repondue",
            "dossier_retire_au_financeur",
            "dossier_classe_au_financeur",
        ),
        MailKind.FOLLOW_UP,
    )
)
"""{template: its kind}; what is not here cannot be declined."""


def kinds_for(user: User) -> list[MailKind]:
    """What a person may choose about: what their roles make them hear."""
    held = roles_of(user)
    heard = {
        MailKind.REMINDERS: True,
        MailKind.TEAM: held & set(TEAM),
        MailKind.FOLLOW_UP: Role.FINANCIER in held,
    }
    return [kind for kind in MailKind if heard[kind]]


def declined_by(user: User) -> list[str]:
    return list(Declined.objects.filter(user=user).order_by("kind").values_list("kind", flat=True))


def choose(user: User, heard: Iterable[str], at) -> None:
    """Keep what a person wants to hear, of what they may choose about."""
    unheard = [kind for kind in kinds_for(user) if kind not in heard]
    Declined.objects.filter(user=user, kind__in=heard).delete()
    decline(user, unheard, at)


def decline(user: User, kinds: Iterable[str], at) -> None:
    rows = [Declined(user=user, kind=kind, at=at) for kind in kinds]
    Declined.objects.bulk_create(rows, ignore_conflicts=True)


def declined_among(messages: Iterable[Message]) -> set[int]:
    """The keys of the messages that their recipients do without, in one query at most."""
    asked = {
        one.pk: (one.recipient_id, OPTIONAL[one.template]) for one in messages if one.template in OPTIONAL
    }
    if not asked:
        return set()
    people = {person for person, _ in asked.values()}
    refused = set(Declined.objects.filter(Q(user__in=people)).order_by().values_list("user", "kind"))
    return {key for key, pair in asked.items() if pair in refused}


# ── The signed link ─────────────────────────────────────────────────────────


def path_of(user: User, name: str = "mail-choices-link", kind: str = "") -> str:
    """The path of a person's choices; it opens nothing else, and so it never ends."""
    return reverse(name, args=[_SIGNER.sign(f"{user.pk}.{kind}")])


def read(token: str) -> tuple[User, str] | None:
    """Whose choices a link opens, and which kind of mail it came with; None for what we never signed."""
    try:
        key, _, kind = _SIGNER.unsign(token).partition(".")
    except BadSignature:
        return None
    person = User.objects.filter(pk=key, is_active=True).first()
    return (person, kind) if person else None
