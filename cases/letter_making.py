"""A letter from a matter: what it says, how it reads before it is made, its number under lock, its frozen document.

Its words are data. The number is allotted, and the document laid out, inside the transaction that writes the letter: a
letter that is refused or rolled back leaves no gap.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from cases import correspondence, typesetting
from cases import letter_words as words
from cases.correspondence import Matter
from cases.letter_fields import blocks_of, fields_of, line_filled
from cases.letter_kinds import LetterKind
from cases.letter_texts import USUAL, law_of
from cases.models import Dossier, FundingLine, Letter, LetterModel, LetterPrint
from workflow import engine, locks, named_fields, statements
from workflow.journal import Code
from workflow.models import Cycle
from workflow.refusal import Refusal, Refused, stale

_READ = ("cycle__contract", "rules", "organisation")
BLANK = {"status": "", "reference": "", "when": ""}


@dataclass(frozen=True)
class Draft:
    """What a letter would say now: its content without number and date, and what forbids it so far."""

    matter: Matter
    content: dict[str, Any]
    refusals: tuple[Refusal, ...]
    replaces: Letter | None
    written: Letter | None
    """The letter that says exactly this already."""

    @property
    def said(self) -> str:
        return digest_of(self.content)


def digest_of(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def model_of(cycle: int, kind: str) -> LetterModel | None:
    rows = statements.rows_by(LetterModel, "cycle", [cycle])
    return next((one for one in rows if one.kind_of == kind), None)


def _last_about(about: str) -> Letter | None:
    """The one that stands about this, if any."""
    rows = statements.rows_by(Letter, "about", [about])
    return rows[-1] if rows else None


def draft_of(matter: Matter, model: LetterModel | None = None) -> Draft:
    """By its cycle's own model, or by one that somebody is trying."""
    model = model or model_of(matter.dossier.cycle_id, matter.kind)
    usual = USUAL[matter.kind]
    subject = (model and model.subject) or usual.subject
    body, law = (model and model.body.strip()) or usual.body, law_of(matter.kind, matter.by_agreement)
    values = correspondence.values_of(matter)
    used = named_fields.named_in(subject, body, law)
    unknown = sorted(used - set(values))
    holes = [] if unknown else [name for name in fields_of(matter.kind) if name in used and not values[name]]
    refusals = [Refusal("unknown_field", words.not_a_field(name)) for name in unknown]
    refusals += [Refusal("empty_field", words.empty(name, fields_of(matter.kind)[name])) for name in holes]
    known = dict.fromkeys(unknown, "") | values
    last = _last_about(matter.about)
    content = _content(matter, line_filled(subject, known), blocks_of(body, known) + blocks_of(law, known))
    same = last is not None and last.said == digest_of(_replacing(content, last.replaces))
    replaces = last.replaces if same else last
    return Draft(matter, _replacing(content, replaces), tuple(refusals), replaces, last if same else None)


def _replacing(content: dict[str, Any], former: Letter | None) -> dict[str, Any]:
    return content | {"replaces": words.replaced(former.reference, former.dated_on) if former else ""}


def _content(matter: Matter, subject: str, blocks: list[dict]) -> dict[str, Any]:
    """All that the template lays out, but the number and the day."""
    dossier, seat, cycle = matter.dossier, matter.financier, matter.dossier.cycle
    agreement, attests = matter.kind == LetterKind.AGREEMENT, matter.kind == LetterKind.ATTENDANCE
    contact = [one for one in (cycle.team_name, cycle.team_phone, cycle.team_email) if one]
    return {
        "title": words.TITLES[matter.kind],
        "sender": {"name": seat.organisation.name, "lines": seat.address.strip().splitlines()},
        "recipient": [dossier.organisation.name, *([dossier.commitment_by] if dossier.commitment_by else [])],
        "place": seat.signed_at,
        "dossier": words.of_dossier(dossier),
        "contact": contact,
        "subject": subject,
        "salutation": "" if agreement or attests else words.SALUTATION,
        "blocks": blocks,
        "closing": "" if agreement or attests else words.CLOSING,
        "signatory": {"name": seat.signatory, "quality": seat.signatory_quality},
        "other": dossier.organisation.name if agreement else "",
    }


# How it reads ---------------------------------------------------------------------------------------------------------


def preview(draft: Draft, on: date, at: datetime) -> bytes:
    """As it would leave, marked as a draft, without a number; nothing is kept."""
    dated = _dated(draft.content, on) | {"status": words.DRAFT}
    return laid_out([dated], at)


def laid_out(letters: list[dict[str, Any]], at: datetime, summary: list | None = None) -> bytes:
    """One accessible document of one letter or of many, each from its own first page."""
    title = letters[0]["title"] if len(letters) == 1 else words.FOLDER_TITLE
    author = letters[0]["sender"]["name"] if letters else ""
    data = {"title": title, "author": author, "letters": letters, "summary": summary or []}
    return typesetting.pdf("letter", data, at=at)


def _dated(content: dict[str, Any], on: date) -> dict[str, Any]:
    return BLANK | content | {"when": words.place_and_day(content["place"], on)}


# As it is made --------------------------------------------------------------------------------------------------------


def make(
    dossier: Dossier,
    about: str,
    *,
    by,
    at: datetime,
    on: date,
    still: Callable[[Draft], bool],
    then: Callable[[Letter], None] = lambda letter: None,
) -> Letter:
    """The letter about this matter, or the one that says so already. Raises `Refused`, nothing being written.

    `still` says, under the locks, whether that is what somebody chose; `then` follows in the same transaction.
    """
    with transaction.atomic(), locks.holding():
        draft = draft_of(_held(dossier, about))
        if not still(draft):
            raise Refused([stale()])
        letter = _opened(draft, by, at, on)
        then(letter)
    return letter


def _held(dossier: Dossier, about: str) -> Matter:
    """The matter as it stands under the locks that its letter takes (`Letter.also_locks`): dossier, line, call."""
    line = correspondence.line_of(about)
    locks.take_subjects(Dossier, [dossier.pk])
    if line is not None:
        locks.take_subjects(FundingLine, [line])
    locks.take_subjects(Cycle, [dossier.cycle_id])
    [fresh] = statements.rows_by(Dossier, "pk", [dossier.pk], related=_READ)
    matter = correspondence.named(fresh, about)
    if matter is None:
        raise Refused([Refusal("nothing_to_write", words.NOT_OFFERED)])
    return matter


def _opened(draft: Draft, by, at: datetime, on: date) -> Letter:
    letter = _new(draft, by, at, on)
    facts = {"kind": Code(letter.kind_of), "said": Code(letter.said), "dated_on": on}
    try:
        engine.open_many([letter], by=by, at=at, facts=facts)
    except Refused as refused:
        if refused.codes != ["already"]:
            raise
        return draft.written
    _print(letter, draft, at)
    return letter


def _new(draft: Draft, by, at: datetime, on: date) -> Letter:
    matter = draft.matter
    letter = Letter(
        cycle=matter.dossier.cycle, dossier=matter.dossier, organisation=matter.dossier.organisation,
        financier=matter.financier, line=matter.line, kind_of=matter.kind, about=matter.about,
        amount=matter.amount, dated_on=on, made_at=at, made_by=str(by), said=draft.said,
        replaces=draft.replaces,
    )  # fmt: skip
    letter.holes = draft.refusals
    return letter


def _print(letter: Letter, draft: Draft, at: datetime) -> None:
    """The document with its number, kept to the byte."""
    content = _dated(draft.content, letter.dated_on) | {"reference": letter.reference}
    pdf = laid_out([content], at)
    printed = LetterPrint(letter=letter, content=content, pdf=pdf, digest=sha256(pdf).hexdigest())
    statements.insert([printed])


# What must always hold ------------------------------------------------------------------------------------------------


def documents_hold():
    """Every document that is no longer the one that was made, and every number that is missing."""
    expected: dict[tuple[int, int], int] = {}
    for one in Letter.objects.order_by("cycle", "year", "number").iterator():
        key = (one.cycle_id, one.year)
        if one.number != expected.get(key, 0) + 1:
            yield f"courrier {one.reference} : un numéro manque avant lui"
        expected[key] = one.number
    for one in LetterPrint.objects.select_related("letter").order_by("pk").iterator(chunk_size=50):
        other = one.content["reference"] != one.letter.reference
        if other or sha256(bytes(one.pdf)).hexdigest() != one.digest:
            yield f"courrier {one.letter.reference} : ce n’est plus le document qui a été fait"
