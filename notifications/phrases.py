"""What a reminder rule says of itself, as a coordinator would say it aloud."""

from collections.abc import Iterable
from datetime import date

from notifications.audience import Audience
from notifications.choices import Anchor, Counting, Fact, ReminderKind
from notifications.due import Rhythm
from notifications.rules import Asked
from notifications.written import asked_in, day_in, rhythm_in
from workflow.calendar import WorkedDay
from workflow.loading.section import Row
from workflow.wording import day_in_words, listed

CONCERNED = {
    ReminderKind.CALL_OPEN: "qui ont déjà demandé une année et n’ont rien commencé cette année",
    ReminderKind.NOT_FILED: "dont le dossier est commencé et pas déposé",
    ReminderKind.SUPPORT_AWAITED: "si un accompagnement demandé n’est pas consigné",
    ReminderKind.TO_CHECK: "si un dossier déposé n’est pas vérifié",
    ReminderKind.COMPLETION_DUE: "si les compléments demandés ne sont pas envoyés",
    ReminderKind.OPINION_AWAITED: "si l’avis demandé n’est pas rendu",
    ReminderKind.TO_ANSWER: "si la réponse n’est pas envoyée",
    ReminderKind.CHOICE_AWAITED: "qui ont reçu moins que demandé et n’ont pas dit ce qu’ils font",
    ReminderKind.REPORT_DUE: "si le bilan n’est pas envoyé",
    ReminderKind.INTERIM_DUE: "si le bilan intermédiaire n’est pas envoyé",
    ReminderKind.SURVEY_OPEN: "qui ont pris part à l’année et n’ont pas répondu à l’enquête",
    ReminderKind.SESSION_SOON: "qui y sont inscrits",
    ReminderKind.ACTION_DUE: "si ce qui a été convenu n’est pas fait",
}
ASKED_FROM = {
    ReminderKind.NOT_FILED: "le début de la demande",
    ReminderKind.SUPPORT_AWAITED: "la demande d’accompagnement",
    ReminderKind.TO_CHECK: "le dépôt",
    ReminderKind.COMPLETION_DUE: "la demande de compléments",
    ReminderKind.OPINION_AWAITED: "la demande d’avis",
    ReminderKind.TO_ANSWER: "la décision",
    ReminderKind.CHOICE_AWAITED: "la réponse",
    ReminderKind.REPORT_DUE: "la demande de bilan",
    ReminderKind.INTERIM_DUE: "la demande de bilan intermédiaire",
    ReminderKind.SESSION_SOON: "l’inscription",
    ReminderKind.ACTION_DUE: "la rencontre",
}
OWN_DAY = {
    ReminderKind.COMPLETION_DUE: "la date limite des compléments de chaque dossier",
    ReminderKind.OPINION_AWAITED: "la fin du tour d’avis de chaque dossier",
    ReminderKind.SESSION_SOON: "chaque séance",
    ReminderKind.ACTION_DUE: "le jour convenu pour chaque action",
}
TOLD = {
    Audience.HOLDER: "aux porteurs",
    Audience.TEAM: "à l’équipe",
    Audience.COORDINATION: "à la coordination",
    Audience.FINANCIER: "aux financeurs",
}
AND_IF = {
    Fact.FIRST_TIME: "seulement pour une première demande",
    Fact.RENEWAL: "seulement pour une action reconduite",
    Fact.NO_SUPPORT: "seulement sans accompagnement demandé ni tenu",
    Fact.BARELY_BEGUN: "seulement si aucune réponse n’est écrite",
    Fact.UNSIGNED: "seulement si l’engagement n’est pas confirmé",
}
IF_OFF = {
    WorkedDay.BEFORE: "le dernier jour ouvré avant si ce jour ne l’est pas",
    WorkedDay.AFTER: "le premier jour ouvré après si ce jour ne l’est pas",
}


def rule_said(document, row: Row) -> str:
    """« Part 7 jours avant « Date limite », le mardi 17 novembre 2026, aux porteurs dont le dossier… »."""
    asked, rhythm, day = asked_in(row), rhythm_in(document, row), day_in(document, row)
    whom = f"{TOLD.get(asked.told(), 'à')} {CONCERNED[asked.kind]}{_and_if(asked)}"
    if not rhythm.offsets:
        return f"Il manque le nombre de jours. Ira {whom}."
    if day is None:
        said = moment_said(rhythm.offsets, asked.counting, anchor_said(document, row))
        return f"Part {said}{_if_off(asked)}, {whom}."
    plan = rhythm.spoken(day, date.min, date.max)
    if not plan:
        return "Ne part jamais : le jour ouvré suivant vient après la date."
    said = moment_said(plan.values(), asked.counting, anchor_said(document, row))
    days = listed([f"le {day_in_words(on)}" for on in plan])
    return f"Part {said} : {days}, {whom}.{_silenced(rhythm, day, asked.counting)}"


def anchor_said(document, row: Row) -> str:
    """What a rule counts from: « la fermeture de « Dépôt » », « la demande d’avis »."""
    asked = asked_in(row)
    if asked.anchor == Anchor.ASKED:
        return ASKED_FROM.get(asked.kind, "la demande")
    if asked.by_own_day:
        return OWN_DAY[asked.kind]
    if Anchor(asked.anchor).is_of_a_step:
        label = document["étapes"].get(row["step"], {}).get("label", "?")
        return f"{'l’ouverture' if asked.anchor == Anchor.STEP_OPENS else 'la fermeture'} de « {label} »"
    label = document["jalons"].get(row["milestone"], {}).get("label", "?")
    return f"le début de « {label} »" if asked.anchor == Anchor.MILESTONE_STARTS else f"« {label} »"


def moment_said(offsets: Iterable[int], counting: str, anchor: str) -> str:
    """« 15, 7 et 1 jours avant « Date limite » et le jour même »."""
    before = sorted((-one for one in offsets if one < 0), reverse=True)
    after = sorted(one for one in offsets if one > 0)
    sides = ((before, "avant"), (after, "après"))
    parts = [f"{_counted(days, counting)} {side}" for days, side in sides if days]
    if not parts:
        return f"le jour même ({anchor})"
    same = " et le jour même" if 0 in offsets else ""
    return f"{listed(parts)} {anchor}{same}"


def offset_said(offset: int, counting: str = Counting.CALENDAR) -> str:
    """« la veille », « 7 jours avant », « 3 jours ouvrés après »."""
    known = {0: "le jour même"} | (
        {-1: "la veille", 1: "le lendemain"} if counting == Counting.CALENDAR else {}
    )
    side = "avant" if offset < 0 else "après"
    return known.get(offset, f"{_counted([abs(offset)], counting)} {side}")


def _counted(days: list[int], counting: str) -> str:
    many = "s" if max(days) > 1 else ""
    worked = f" ouvré{many}" if counting == Counting.WORKING else ""
    return f"{listed([str(one) for one in days])} jour{many}{worked}"


def _and_if(asked: Asked) -> str:
    return f", {AND_IF[asked.fact]}" if asked.fact else ""


def _if_off(asked: Asked) -> str:
    """Nothing where the days are counted as they are worked: none of them is off."""
    said = IF_OFF.get(asked.worked_day) if asked.counting == Counting.CALENDAR else None
    return f" ({said})" if said else ""


def _silenced(rhythm: Rhythm, day: date, counting: str) -> str:
    pairs = rhythm.silenced(day)
    return "".join(
        f" Rien ne part {offset_said(offset, counting)} : {offset_said(other, counting)} tombe la même semaine."
        for offset, other in pairs
    )
