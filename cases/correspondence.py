"""What there is to write about a dossier: each matter by its name, its authority, and all that its letter may say."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from cases.acts import under_agreement
from cases.letter_guards import kind_of_decision
from cases.letter_kinds import LetterKind
from cases.letter_words import OUR_COURT
from cases.models import Booking, CompletionRequest, Dossier, Filed, Financier, FundingLine, Passage
from cases.models.decision import PassageResult
from cases.receipt import silence_day
from cases.states import BookingState, DossierMove, DossierState, LineState
from workflow import statements
from workflow.calendar import paris_day
from workflow.journal import facts_of
from workflow.models import Cycle, Entry, Step
from workflow.money import euros
from workflow.wording import day_in_words, instant_in_words, meeting_in_words


@dataclass(frozen=True)
class Matter:
    """One letter that could be written. `source` is what it tells of: a line, a filing, a request, an entry."""

    about: str
    kind: LetterKind
    dossier: Dossier
    financier: Financier
    source: Any
    line: FundingLine | None = None
    by_agreement: bool = False
    """Whether the law asks for an agreement on this award."""

    @property
    def amount(self) -> Decimal | None:
        return self.line.award if self.line else None


def author_of(cycle: int) -> Financier | None:
    """In whose name the letters of a whole dossier are written: the first authority that writes here."""
    rows = Financier.objects.filter(cycle=cycle, writes_letters=True).select_related("organisation")
    return rows.order_by("pk").first()


def matters_of(dossier: Dossier) -> list[Matter]:
    """All that may be written about this dossier now, in the order of its life; nothing of other authorities."""
    author = author_of(dossier.cycle_id)
    if author is None:
        return []
    told = (
        ("receipt", LetterKind.RECEIPT, _filed(dossier)),
        ("completion", LetterKind.COMPLETION, _asked(dossier)),
        ("attendance", LetterKind.ATTENDANCE, _came(dossier)),
    )
    found = [
        Matter(f"{name}-{one.pk}", kind, dossier, author, one)
        for name, kind, several in told
        for one in several
    ]
    lines = FundingLine.objects.on_dossier(dossier).select_related("organisation")
    return found + of_dossiers([dossier], author) + of_lines(lines, dossier)


def of_dossiers(dossiers: Iterable[Dossier], author: Financier) -> list[Matter]:
    """What is told of dossiers on which nobody decides now: inadmissible, or deferred; two queries at most."""
    asked = list(dossiers)
    ways = (
        ("inadmissible", LetterKind.INADMISSIBILITY, DossierMove.DECLARE_INADMISSIBLE, _is_inadmissible),
        ("deferral", LetterKind.DEFERRAL, DossierMove.DEFER, _is_deferred),
    )
    found = []
    for name, kind, move, is_so in ways:
        concerned = [one for one in asked if is_so(one)]
        entries = _last_entries(concerned, move)
        found += [
            Matter(f"{name}-{entries[one.pk].pk}", kind, one, author, entries[one.pk])
            for one in concerned
            if one.pk in entries
        ]
    return found


def of_lines(lines: Iterable[FundingLine], dossier: Dossier | None = None) -> list[Matter]:
    """What there is to write about these lines: a decision, and an agreement where the law asks for one."""
    found, own = [], [one for one in lines if one.envelope.financier.writes_letters and not one.is_mainstream]
    asked = under_agreement(
        one for one in own if kind_of_decision(one) in (LetterKind.AWARD, LetterKind.PARTIAL)
    )
    for line in own:
        seat, kind, due = line.envelope.financier, kind_of_decision(line), line.pk in asked
        if kind is None:
            continue
        of = dossier or line.dossier
        found.append(Matter(f"line-{line.pk}", kind, of, seat, line, line, due))
        if due:
            found.append(Matter(f"agreement-{line.pk}", LetterKind.AGREEMENT, of, seat, line, line, due))
    return found


def named(dossier: Dossier, about: str) -> Matter | None:
    """The matter of that name, if there is one now."""
    line = line_of(about)
    if line is not None:
        found = statements.rows_by(FundingLine, "pk", [line], related=_OF_LINE)
        rows = [one for one in found if one.dossier_id == dossier.pk]
        return next((one for one in of_lines(rows, dossier) if one.about == about), None)
    return next((one for one in matters_of(dossier) if one.about == about), None)


_WHERE = {
    LetterKind.AWARD: Q(lines__outcome=LineState.GRANTED, lines__decided__gte=F("lines__requested")),
    LetterKind.PARTIAL: Q(lines__outcome=LineState.GRANTED, lines__decided__lt=F("lines__requested")),
    LetterKind.REFUSAL: Q(lines__outcome=LineState.REFUSED),
    LetterKind.INADMISSIBILITY: Q(state=DossierState.INADMISSIBLE),
    LetterKind.DEFERRAL: Q(state=DossierState.DEFERRED),
    LetterKind.COMPLETION: Q(state=DossierState.INCOMPLETE),
    LetterKind.RECEIPT: Q(submitted_at__isnull=False),
    LetterKind.ATTENDANCE: Q(bookings__state=BookingState.ATTENDED),
}
"""Which dossiers may show how a letter of that kind reads; an agreement has a rule of its own."""
FEW = 5
_OF_LINE = ("envelope__financier__organisation", "organisation")


def example_of(cycle: Cycle, kind: str) -> Matter | None:
    """A matter of that kind among the newest dossiers of a call, to show on it how a model reads."""
    agreed = Q(lines__in=FundingLine.objects.under_agreement())
    likely = Dossier.objects.filter(_WHERE.get(LetterKind(kind), agreed), cycle=cycle).for_pages()
    for dossier in likely.distinct().order_by("-number")[:FEW]:
        for matter in matters_of(dossier):
            if matter.kind == kind:
                return matter
    return None


def line_of(about: str) -> int | None:
    """The key of the line that a matter's name speaks of, if any."""
    name, _, key = about.partition("-")
    return int(key) if name in ("line", "agreement") and key.isdecimal() and len(key) < 19 else None


# What letters tell of -------------------------------------------------------------------------------------------------


def _filed(dossier: Dossier) -> list[Filed]:
    last = dossier.filings.filter(taken_back_at=None).order_by("number").last()
    return [last] if last else []


def _asked(dossier: Dossier) -> list[CompletionRequest]:
    return list(CompletionRequest.objects.open_for(dossier).order_by("pk"))


def _came(dossier: Dossier) -> list[Booking]:
    came = Booking.objects.filter(dossier=dossier, state=BookingState.ATTENDED)
    return list(came.select_related("session").order_by("pk"))


def _is_inadmissible(dossier: Dossier) -> bool:
    return dossier.is_inadmissible


def _is_deferred(dossier: Dossier) -> bool:
    return dossier.state == DossierState.DEFERRED


def _last_entries(dossiers: list[Dossier], move: str) -> dict[int, Entry]:
    """{dossier: the entry of the journal that says why, and when}: the machine keeps that nowhere else."""
    if not dossiers:
        return {}
    keys = [one.pk for one in dossiers]
    rows = Entry.objects.filter(subject_label=Dossier._meta.label_lower, subject_id__in=keys, move=move)
    return {one.subject_id: one for one in rows.order_by("subject_id", "seq")}


# What fields say ------------------------------------------------------------------------------------------------------


def values_of(matter: Matter) -> dict[str, Any]:
    """{field: what it says}, blank where nothing is known; `points` is a list."""
    return _common(matter) | _OWN[matter.kind](matter)


def _common(matter: Matter) -> dict[str, str]:
    dossier, seat, cycle = matter.dossier, matter.financier, matter.dossier.cycle
    return {
        "porteur": dossier.organisation.name,
        "representant": dossier.commitment_by,
        "titre": dossier.title,
        "numero": dossier.reference,
        "campagne": cycle.name,
        "annee": str(cycle.year),
        "contrat": cycle.contract.name,
        "autorite": seat.organisation.name,
        "signataire": seat.signatory,
        "qualite": seat.signatory_quality,
        "equipe": cycle.team_name or seat.organisation.name,
        "telephone": cycle.team_phone,
        "courriel": cycle.team_email,
        "tribunal": seat.court or OUR_COURT,
    }


def _decision(matter: Matter) -> dict[str, str]:
    """The committee's day is never later than the one on which its word was written down."""
    line, passage = matter.line, _decided(matter.dossier)
    on = passage and min(passage.committee.on, paris_day(passage.at))
    return {
        "demande": euros(line.requested),
        "accorde": euros(line.award),
        "enveloppe": str(line.envelope),
        "comite": passage.committee.label if passage else "",
        "date_comite": day_in_words(on) if on else "",
    }


def _decided(dossier: Dossier) -> Passage | None:
    decided = {"related": ("committee",), "result": PassageResult.DECIDED}
    rows = statements.rows_by(Passage, "dossier", [dossier.pk], **decided)
    return rows[-1] if rows else None


def _inadmissible(matter: Matter) -> dict[str, str]:
    code, fact = _said_of(matter.source)
    reason = matter.dossier.rules.reasons.filter(code=code).order_by("pk").first()
    return {
        "motif": _tail(reason.label) if reason else "",
        "regle": _tail(reason.rule) if reason else "",
        "fait": fact,
    }


def _said_of(entry: Entry) -> tuple[str, str]:
    """The published reason, and the fact: somebody's words, which the journal keeps apart and may have erased."""
    prose = dict(entry.prose.order_by("pk").values_list("key", "text"))
    code = facts_of(entry)["reason"]
    return code if isinstance(code, str) else prose.get("reason", ""), prose.get("fact", "")


def declared(dossier: Dossier) -> tuple[str, str] | None:
    """The reason and the fact with which a request was declared inadmissible, if it is."""
    entries = _last_entries([dossier], DossierMove.DECLARE_INADMISSIBLE) if _is_inadmissible(dossier) else {}
    return _said_of(entries[dossier.pk]) if entries else None


def _tail(said: str) -> str:
    """Without the full stop that the model's own sentence ends with."""
    return said.strip().removesuffix(".")


def _deferral(matter: Matter) -> dict[str, str]:
    on = matter.dossier.next_committee_on
    return {"prochain_comite": day_in_words(on) if on else ""}


def _completion(matter: Matter) -> dict[str, Any]:
    return {"points": list(matter.source.items), "echeance": day_in_words(matter.source.due_on)}


def _receipt(matter: Matter) -> dict[str, str]:
    filed = matter.source
    asked = sum((Decimal(one["requested"]) for one in filed.content["lines"]), Decimal(0))
    silence = day_in_words(silence_day(filed.at))
    return {"date_depot": instant_in_words(filed.at), "date_silence": silence, "demande": euros(asked)}


def _attendance(matter: Matter) -> dict[str, str]:
    session = matter.source.session
    step = Step.objects.filter(version=matter.dossier.rules_id, code=session.step).order_by("pk").first()
    same_day = paris_day(session.starts_at) == paris_day(session.ends_at)
    when = meeting_in_words(session.starts_at, session.ends_at)
    return {
        "seance": step.label if step else "",
        "date_seance": f"le {when}" if same_day else when,
        "lieu": session.place_said,
    }


_OWN = {
    **dict.fromkeys(
        (LetterKind.AWARD, LetterKind.PARTIAL, LetterKind.REFUSAL, LetterKind.AGREEMENT), _decision
    ),
    LetterKind.INADMISSIBILITY: _inadmissible,
    LetterKind.DEFERRAL: _deferral,
    LetterKind.COMPLETION: _completion,
    LetterKind.RECEIPT: _receipt,
    LetterKind.ATTENDANCE: _attendance,
}
