"""The journal in words: what happened, when, and who did it, as each audience may read it."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from django.utils.text import Truncator

from cases.models import (
    AgreedAction,
    Booking,
    Change,
    Dossier,
    FundingLine,
    Inquiry,
    Payment,
    Programming,
    Remark,
    Scenario,
    Support,
)
from cases.states import BY_LINK, DELEGATED, DossierMove, LineMove
from cases.telling_words import REACHED
from cases.words import Audience
from workflow import roles
from workflow.engine import AMEND, OPEN
from workflow.gathering import gathered
from workflow.journal import facts_of
from workflow.models import Entry, Grant, Prose
from workflow.roles import TEAM, Role

DOSSIER, LINE, PAYMENT, SUPPORT, BOOKING, AGREED, REMARK, CHANGE = (
    model._meta.label_lower
    for model in (Dossier, FundingLine, Payment, Support, Booking, AgreedAction, Remark, Change)
)
TOLD_TO_HOLDER = (
    LineMove.NOTIFY,
    LineMove.ACCEPT,
    LineMove.ADAPT,
    LineMove.RENOUNCE,
    LineMove.UNDO,
    LineMove.SETTLE,
)


TOLD_WORDS = (
    "reason",
    "fact",
    "motive",
    "record",
    "items",
    "author",
    "source",
    "adaptation",
    "agreement",
    "delegation",
)
BEGUN = {
    Change: "a demandé un changement",
    Inquiry: "a posé une question",
    Payment: "a noté un versement",
    Programming: "a ouvert la programmation",
    Scenario: "a commencé le scénario",
}
ROWS = {"rows": "montants et hypothèses"}
"""What an edit wrote in rows that have no journal of their own."""
Seats = dict[tuple[str, int], str]
"""{(subject label, key): whose financier's, which meeting, what was agreed}."""
TOLD_APART = (SUPPORT, BOOKING, AGREED, REMARK)
SHORT = 60
"""How many signs of a remark say which one it is."""
"""What is told from its second entry on: a meeting is asked, and something agreed, by the dossier's own entry."""


@dataclass(frozen=True)
class Told:
    """One line of `components/journal.html`."""

    at: datetime
    who: str
    sentence: str


def seats_of(seen) -> Seats:
    """Whose each line is, and each payment that these readers know of; `seen` are a page's `LineSeen`."""
    seats = {(LINE, one.line.pk): str(one.line.envelope.financier) for one in seen}
    return seats | {
        (PAYMENT, payment.pk): str(one.line.envelope.financier) for one in seen for payment in one.payments
    }


def topics_of(meetings) -> Seats:
    """What each meeting was, and each thing agreed, as these readers know of them; `meetings` are the page's own."""
    told = {(one.row._meta.label_lower, one.row.pk): one.label for one in meetings.met}
    told |= {(REMARK, one.pk): Truncator(one.text).chars(SHORT) for one in meetings.remarks}
    return told | {(AGREED, one.action.pk): one.action.text for one in meetings.agreed}


def changes_of(noted) -> Seats:
    """What each change was, for those who may read of it."""
    return {(CHANGE, one.key): one.label.lower() for one in noted}


def entries_of(dossier: Dossier, seats: Seats, audience: Audience) -> list[Entry]:
    """The entries these readers may know of, oldest first, in one query; the team's with their free texts."""
    mine = Q(subject_label=DOSSIER, subject_id=dossier.pk)
    of_lines = Q(subject_label=LINE, subject_id__in=_keys(seats, LINE))
    if audience == Audience.HOLDER:
        of_lines &= Q(move__in=TOLD_TO_HOLDER)
    if payments := _keys(seats, PAYMENT):
        of_lines |= Q(subject_label=PAYMENT, subject_id__in=payments)
    for label in (*TOLD_APART, CHANGE):
        if keys := _keys(seats, label):
            of_lines |= Q(subject_label=label, subject_id__in=keys)
    team = Grant.objects.filter(user=OuterRef("actor"), cycle=dossier.cycle_id, role__in=TEAM)
    third = Grant.objects.filter(user=OuterRef("actor"), cycle=dossier.cycle_id, role=Role.THIRD_PARTY)
    by = {"by_team": Exists(team), "by_third_party": Exists(third)}
    found = Entry.objects.filter(mine | of_lines).annotate(**by).order_by("at", "pk")
    if audience == Audience.TEAM:
        found = _with_reasons(found)
    return list(found)


def _with_reasons(entries):
    """Each entry with who made it and the free texts that it kept, in one query."""
    prose = Prose.objects.filter(entry=OuterRef("pk"))
    return entries.select_related("actor").annotate(prose_kept=gathered(prose, "entry", "key", "text"))


def _keys(seats: Seats, label: str) -> list[int]:
    return [key for kind, key in seats if kind == label]


def chronicle(entries: list[Entry], seats: Seats, audience: Audience, reader) -> list[Told]:
    """The newest first. Lines say their financier; only the team reads names and free texts."""
    recorded = {one.at for one in entries if one.move == DossierMove.END_SUPPORT and one.actor_id}
    return [
        Told(entry.at, who(entry, audience, reader), sentence(entry, seats, audience))
        for entry in reversed(entries)
        if not _said_elsewhere(entry, recorded)
    ]


def _said_elsewhere(entry: Entry, recorded: set[datetime]) -> bool:
    """A line begins with its request, a meeting with the asking for it; of a meeting and its dossier one tells."""
    if entry.move == OPEN:
        return entry.subject_label in (LINE, *TOLD_APART)
    if entry.move == DossierMove.END_SUPPORT:
        return entry.actor_id is None
    return entry.subject_label == SUPPORT and entry.at in recorded


def who(entry: Entry, audience: Audience, reader) -> str:
    if entry.actor_id is None:
        return "Jalons"
    if entry.actor_id == reader.pk:
        return "Vous"
    if audience == Audience.TEAM:
        return str(entry.actor)
    if entry.by_team:
        return "L’équipe"
    if entry.by_third_party:
        return Role.THIRD_PARTY.label
    return "Votre organisation" if audience == Audience.HOLDER else "Une autre personne"


def sentence(entry: Entry, seats: Seats, audience: Audience) -> str:
    """« A demandé un avis · Ville : parce que… »."""
    seat = seats.get((entry.subject_label, entry.subject_id))
    where = f" · {seat}" if seat else ""
    words = _words(entry) if audience == Audience.TEAM else ""
    tail = f" : {words}" if words and entry.move != AMEND else ""
    return f"{_capital(_told(entry))}{where}{tail}"


def _words(entry: Entry) -> str:
    """The free texts that say why or how."""
    kept = sorted(entry.prose_kept or ())
    return " ; ".join(text for key, text in kept if key.partition(".")[0] in TOLD_WORDS)


def changes_since(subject, version: int, reader) -> list[Told]:
    """What others did to one subject after the page was read, newest first; a draft's quiet edits leave no trace."""
    later = Entry.objects.filter(
        _told_about(subject, reader),
        subject_label=subject._meta.label_lower,
        subject_id=subject.pk,
        version__gt=version,
    ).annotate(by_team=_is(TEAM), by_third_party=_is([Role.THIRD_PARTY]))
    return [
        Told(entry.at, who(entry, Audience.READER, reader), _capital(_told(entry)))
        for entry in later.order_by("-seq")
    ]


def _is(held) -> Exists:
    """Whether whoever did it holds one of these roles anywhere."""
    return Exists(Grant.objects.filter(user=OuterRef("actor"), role__in=held))


def story_of(subject, reader) -> list[Told]:
    """The whole journal of something that the team does together, newest first, with the reasons that were given."""
    entries = Entry.objects.filter(subject_label=subject._meta.label_lower, subject_id=subject.pk)
    told = _with_reasons(entries).order_by("-seq")
    return [Told(one.at, who(one, Audience.TEAM, reader), sentence(one, {}, Audience.TEAM)) for one in told]


def _told_about(subject, reader) -> Q:
    """A holder learns of a line what its letter says, here as on the dossier's page."""
    inside = [role for role in Role if role is not Role.HOLDER]
    if not isinstance(subject, FundingLine) or roles.may(roles.seen_by(reader), subject, inside, "see"):
        return Q()
    return Q(move__in=TOLD_TO_HOLDER)


def _told(entry: Entry) -> str:
    model = apps.get_model(entry.subject_label)
    if entry.move == OPEN:
        return BEGUN.get(model, "a commencé la demande")
    if entry.move == AMEND:
        names = [ROWS.get(name) or str(model._meta.get_field(name).verbose_name) for name in facts_of(entry)]
        return f"a modifié : {', '.join(names)}"
    told = model.moves(entry.move).told
    facts = facts_of(entry)
    how = [word for name, word in (("by_link", BY_LINK), ("absence", DELEGATED)) if facts.get(name)]
    if facts.get("reached") in REACHED:
        how.append(REACHED[facts["reached"]])
    return ", ".join([told, *how])


def _capital(told: str) -> str:
    return f"{told[0].upper()}{told[1:]}"
