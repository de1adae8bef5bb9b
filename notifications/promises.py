"""What publishing asks of the reminder rules: each can be due, says what it needs, and fits what it speaks of."""

from collections.abc import Iterator
from datetime import date, timedelta

from notifications.choices import Anchor, ReminderKind
from notifications.expected import EXPECTED
from notifications.phrases import offset_said
from notifications.rules import Asked
from notifications.written import asked_in, day_in, rhythm_in
from workflow.loading.section import Row
from workflow.promises import Days, days_of
from workflow.refusal import Refusal
from workflow.wording import day_in_words

NEVER = "never_due"


def every_reminder_can_be_due(document) -> Iterator[Refusal]:
    for code, row in document["rappels"].items():
        place = f"rappels/{code}"
        missing = list(_missing(row, place))
        yield from missing
        yield from _unfit(row, place)
        if not missing:
            yield from _untimely(document, row, place)


def _missing(row: Row, place: str) -> Iterator[Refusal]:
    """What a rule must say to have a day at all, and what it must not say because nothing follows from it."""
    asked, anchor, said = asked_in(row), Anchor(row["anchor"]), f"« {row['label']} »"
    if not row["days_before"] and not row["days_after"]:
        yield Refusal(NEVER, f"{said} ne dit pas combien de jours avant ou après.", place)
    if anchor.is_of_a_step and row["step"] is None:
        yield Refusal(NEVER, f"{said} ne dit pas de quelle étape il suit les dates.", f"{place}/étape")
    shared = anchor.is_of_a_milestone or (anchor == Anchor.DEADLINE and not asked.by_own_day)
    if shared and row["milestone"] is None:
        yield Refusal(NEVER, f"{said} ne dit pas à quel jalon il se rapporte.", place)
    if asked.by_own_day and row["milestone"] is not None:
        yield Refusal(NEVER, f"{said} suit la date de chaque dossier, pas un jalon.", f"{place}/jalon")
    if anchor == Anchor.ASKED:
        if not asked.expected.asks:
            yield Refusal(
                NEVER,
                f"{said} : personne n’a rien demandé, il n’y a pas de jour à compter.",
                f"{place}/ancre",
            )
        if row["days_before"]:
            sentence = f"{said} compte depuis une demande : avant elle, il n’y a rien à rappeler."
            yield Refusal(NEVER, sentence, f"{place}/jours_avant")


def _unfit(row: Row, place: str) -> Iterator[Refusal]:
    """The audience, the condition and the text must be ones that this kind of reminder has."""
    asked, said = asked_in(row), f"« {row['label']} »"
    expected = asked.expected
    if asked.told() not in expected.tells:
        whom = " ou ".join(f"« {audience.label} »" for audience in expected.tells)
        yield Refusal("unfit", f"{said} ne peut aller qu’à {whom}.", f"{place}/à_qui")
    elif asked.template and asked.template not in expected.tells[asked.told()]:
        yield Refusal(
            "unfit", f"{said} : ce texte ne parle pas de ce sujet à ces personnes.", f"{place}/texte"
        )
    if asked.fact and asked.fact not in expected.facts:
        yield Refusal(
            "unfit", f"{said} : cette condition n’a pas de sens pour ce sujet.", f"{place}/condition"
        )


def _untimely(document, row: Row, place: str) -> Iterator[Refusal]:
    """Each offset must fall while there is something to remind of, and leave before its own date has passed."""
    asked, rhythm, day = asked_in(row), rhythm_in(document, row), day_in(document, row)
    if day is None and not asked.by_own_day:
        yield Refusal(NEVER, f"« {row['label']} » suit une étape qui n’a pas cette date.", f"{place}/étape")
        return
    for offset in rhythm.offsets:
        against = (
            _of_its_own(document, asked, offset)
            if day is None
            else _of_the_year(document, asked, rhythm, day, offset)
        )
        if against:
            key = "jours_avant" if offset <= 0 else "jours_après"
            sentence = f"« {row['label']} », {offset_said(offset, asked.counting)} : {against}"
            yield Refusal(NEVER, sentence, f"{place}/{key}")


def _of_its_own(document, asked: Asked, offset: int) -> str:
    """Against an offset from a day that each dossier has for itself."""
    lasts = document["règles"]["review_days"]
    if asked.kind == ReminderKind.OPINION_AWAITED and abs(offset) >= lasts:
        return f"le tour d’avis n’en dure que {lasts}."
    if asked.anchor == Anchor.DEADLINE and asked.expected.ends and offset > 0:
        return "après cette date, il n’y a plus rien à faire."
    return ""


def _of_the_year(document, asked: Asked, rhythm, day: date, offset: int) -> str:
    """Against an offset from a day of the calendar."""
    on = rhythm.leaves_on(day, offset)
    if offset <= 0 and on > day:
        return f"le jour ouvré suivant, {day_in_words(on)}, vient après la date."
    window = _window(document, EXPECTED[asked.kind].until)
    plain = day + timedelta(days=offset)
    if window and asked.kind != ReminderKind.CALL_OPEN and plain < window.first:
        return f"le {day_in_words(plain)}, rien n’est encore ouvert."
    if window and asked.expected.ends and plain > window.last:
        return f"le {day_in_words(plain)}, « {window.label} » est fermé."
    return ""


def _window(document, kind: str) -> Days | None:
    """The widest window of the steps of a kind; none where one is empty, because that is said already."""
    steps = [code for code, step in document["étapes"].items() if kind and step["kind"] == kind]
    found = [days_of(document, code) for code in steps]
    if not found or any(days.is_empty for days in found):
        return None
    first, last = min(days.first for days in found), max(days.last for days in found)
    return Days(found[0].code, found[0].label, first, last)
