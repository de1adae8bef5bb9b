"""The account of a rehearsal in plain French text, eighty columns wide, so that it reads in any terminal or mail."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from textwrap import wrap

from cases.states import LineState, Verdict
from notifications.rehearsal import account
from notifications.rehearsal.committee import Cell
from notifications.rehearsal.dates import Dates
from notifications.rehearsal.year import Played
from workflow.money import euros
from workflow.roles import Role
from workflow.wording import MONTHS, day_in_words

WIDTH = 80
MOST_ROWS = 60
"""Rows of a table beyond which a person no longer reads: the rest is counted."""

LETTERS = {
    Verdict.FAVOURABLE: "F",
    Verdict.RESERVED: "R",
    Verdict.UNFAVOURABLE: "D",
    Verdict.ABSTENTION: "S",
    Verdict.RECUSED: "X",
    Verdict.DISCUSS: "C",
}
LEGEND = (
    "F favorable · R avec réserve · D défavorable · S sans avis · X se déporte · C à discuter · "
    "n.r. avis non rendu · P engagement pluriannuel · dc droit commun · blanc : rien n’est demandé"
)


def text_of(played: Played) -> str:
    """The whole account, section by section."""
    sections = (
        _head(played),
        _calendar(played),
        _messages(played),
        _load(played),
        _money(played),
        _committee(played),
        _refusals(played),
        _ends(played),
    )
    return "\n".join(line.rstrip() for section in sections for line in section) + "\n"


def _title(words: str) -> list[str]:
    return ["", words.upper(), "─" * WIDTH]


def _folded(words: str, indent: str = "  ", first: str | None = None) -> list[str]:
    """Lines of eighty columns; what French keeps together stays together."""
    words = (
        words.replace("« ", "«\u00a0")
        .replace(" »", "\u00a0»")
        .replace(" :", "\u00a0:")
        .replace(" × ", "\u00a0×\u00a0")
    )
    return wrap(words, WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent)


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"


def _counts(counted: Counter) -> str:
    return ", ".join(f"{words} × {count}" for words, count in sorted(counted.items()))


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'s' if count > 1 else ''}"


def _head(played: Played) -> Iterator[str]:
    stage = played.stage
    yield "RÉPÉTITION GÉNÉRALE"
    yield from _folded(str(stage.cycle), "")
    many = (_many(len(stage.references), "dossier"), _many(len(stage.cast.giving), "financeur"))
    yield from _folded(f"{', '.join(many)}, tirage {stage.seed}.", "")
    if played.silent:
        yield from _folded(f"Ne répondent pas : {', '.join(played.silent)}.", "")
    if played.phoned:
        yield from _folded(f"Répond par téléphone : {', '.join(played.phoned)}.", "")
    yield from _folded("Rien n’a été envoyé ni gardé : l’année s’est jouée à part.", "")


def _calendar(played: Played) -> Iterator[str]:
    yield from _title("Ce qui tombe chaque jour")
    stage = played.stage
    moved, refused = account.days_of(stage), account.refusals_of(stage)
    marks = _marks(played)
    for on in sorted({*moved, *refused, *marks}):
        yield day_in_words(on)
        for mark in marks.get(on, ()):
            yield from _folded(mark, "    ", "  ◆ ")
        if moved.get(on):
            yield from _folded(_counts(moved[on]), "    ", "  · ")
        for count, sentence in refused.get(on, ()):
            yield from _folded(f"{count} refus : {sentence}", "    ", "  × ")


def _marks(played: Played) -> dict:
    """What the cycle itself puts on a day: milestones, committees."""
    marks: dict = {}
    dates = played.stage.dates
    for milestone in dates.milestones:
        only = milestone.starts_on == milestone.ends_on
        marks.setdefault(milestone.starts_on, []).append(milestone.label + ("" if only else " (début)"))
        if not only:
            marks.setdefault(milestone.ends_on, []).append(f"{milestone.label} (fin)")
    for committee in dates.all_committees:
        marks.setdefault(committee.on, []).append(committee.label)
    return {
        on: [f"{label}{_rest(dates, on)}" for label in dict.fromkeys(labels)] for on, labels in marks.items()
    }


def _rest(dates: Dates, on: date) -> str:
    """A milestone on a Sunday is worth a word before it is published."""
    return "" if dates.worked_from(on) == on else " — jour non travaillé"


def _messages(played: Played) -> Iterator[str]:
    yield from _title("Les messages, par mois et par public")
    found = account.messages_of(played.stage)
    total = sum(sum(counted.values()) for by in found.values() for counted in by.values())
    yield f"{_many(total, 'message')} dans l’année."
    for (year, month), audiences in sorted(found.items()):
        yield f"{MONTHS[month - 1]} {year}"
        for audience, counted in sorted(audiences.items()):
            yield from _folded(f"{audience} : {sum(counted.values())} ({_counts(counted)})", "    ", "  ")


def _load(played: Played) -> Iterator[str]:
    yield from _title("La charge de l’équipe, par semaine")
    found = account.load_of(played.stage)
    most = max((sum(acts.values()) for acts in found.values()), default=1)
    yield f"{'semaine du':<28}{'instruction':>12}{'coordination':>14}"
    for monday, acts in sorted(found.items()):
        bar = "█" * max(1, round(24 * sum(acts.values()) / most))
        words = day_in_words(monday).partition(" ")[2]
        yield f"{words:<28}{acts[Role.INSTRUCTOR]:>12}{acts[Role.COORDINATOR]:>14}  {bar}"


def _money(played: Played) -> Iterator[str]:
    yield from _title("L’argent, par financeur et par enveloppe")
    yield f"{'':<26}{'demandé':>13}{'proposé':>13}{'décidé':>13}{'reste':>13}"
    for purse in account.purses_of(played.stage):
        amounts = (purse.asked, purse.proposed, purse.decided, purse.remaining)
        name = f"{purse.financier} · {purse.label}"
        yield f"{_cut(name, 25):<26}" + "".join(f"{euros(amount):>13}" for amount in amounts)
        if purse.to_arbitrate:
            yield f"    {euros(purse.to_arbitrate)} à arbitrer sur cette enveloppe"
        if purse.ceiling is not None and purse.proposed > purse.ceiling:
            yield f"    les propositions dépassent l’enveloppe de {euros(purse.proposed - purse.ceiling)}"


def _committee(played: Played) -> Iterator[str]:
    table = played.table
    codes = [giver.code for giver in played.stage.cast.giving]
    names = [str(giver) for giver in played.stage.cast.giving]
    on = next((on for on, one in sorted(played.tables.items()) if one), None)
    yield from _title("Le tableau du comité" + (f", {day_in_words(on)}" if on else ""))
    if not table:
        yield "Aucun dossier n’était devant le comité à sa date."
        return
    room = (WIDTH - 24) // max(1, len(codes))
    yield f"{'n°':<5}{'action':<19}" + "".join(f"{_cut(name, room - 1):>{room}}" for name in names)
    for reference, (title, cells) in list(table.items())[:MOST_ROWS]:
        words = "".join(f"{_cell(cells.get(code)):>{room}}" for code in codes)
        yield f"{reference:<5}{_cut(title, 18):<19}{words}"
    if len(table) > MOST_ROWS:
        yield f"… et {len(table) - MOST_ROWS} autres dossiers."
    yield from _folded(LEGEND, "")
    awaited = sum(cell.state == LineState.INVITED for _, cells in table.values() for cell in cells.values())
    whole = "Le tableau est complet : chaque avis demandé est rendu ou noté « avis non rendu »."
    yield from _folded(f"Il manque {_many(awaited, 'avis')} dans ce tableau." if awaited else whole, "")


def _cell(cell: Cell | None) -> str:
    """« F 3 000 » for an opinion with its amount, « n.r. » for a silence."""
    if cell is None:
        return ""
    if cell.verdict:
        amount = "" if cell.proposed is None else " " + euros(cell.proposed).removesuffix("€").rstrip()
        return LETTERS[Verdict(cell.verdict)] + amount
    return {LineState.SILENT: "n.r.", LineState.GRANTED: "P", LineState.INVITED: "?"}.get(
        LineState(cell.state), "dc"
    )


def _refusals(played: Played) -> Iterator[str]:
    yield from _title("Les refus rencontrés")
    for count, sentence in account.refusals_met(played.stage):
        yield from _folded(sentence, " " * 7, f"{count:>4} × ")


def _ends(played: Played) -> Iterator[str]:
    yield from _title("Où finissent les dossiers")
    for state, count in account.states_of(played.stage).items():
        yield f"{count:>5}  {state}"
    waiting = account.waiting_of(played.stage)
    if not waiting:
        yield "Chaque dossier est arrivé au bout."
        return
    yield ""
    yield f"{_many(len(waiting), 'dossier')} au {day_in_words(played.stage.dates.end)} sans être au bout :"
    if len(waiting) <= MOST_ROWS:
        for one in waiting:
            yield from _folded(f"{one.reference} {one.title} — {one.state}", "      ", "  ")
            for reason in one.reasons:
                yield from _folded(reason, "        ", "      · ")
        return
    yield from _gathered(waiting)


def _gathered(waiting: list[account.Waiting]) -> Iterator[str]:
    """So many that only reasons are said, each with its dossiers' count and first numbers."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for one in waiting:
        for reason in one.reasons:
            reasons.setdefault((one.state, reason), []).append(one.reference)
    for (state, reason), references in sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0])):
        some = ", ".join(references[:5]) + ("…" if len(references) > 5 else "")
        yield from _folded(f"{len(references)} × {state} : {reason} ({some})", "      ", "  ")
