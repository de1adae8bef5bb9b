"""What follows a move inside its transaction: rows that open or close, lines that move along, money booked.

Each function takes the records of one call, so that a hundred dossiers cost what one costs wherever that is possible.
Lines are moved by SYSTEM through the door, like everything else.
"""

from django.db.models import Q

from cases import (
    models,
    passing,
    seating,
)  # because the models import the charts that name these functions: read at call time only
from cases.states import (
    DECIDED_LINE,
    DossierMove,
    FeedbackMove,
    InquiryMove,
    InquiryState,
    LineMove,
    LineState,
    SupportMove,
    SupportState,
)
from workflow import engine, flows
from workflow.calendar import paris_day
from workflow.models import StepKind
from workflow.roles import SYSTEM

RELEASABLE = (
    LineState.INVITED,
    LineState.ANSWERED,
    LineState.SILENT,
    LineState.GRANTED,
    LineState.REFUSED,
    LineState.UNDISCLOSED,
    LineState.NOTIFIED,
    LineState.ACCEPTED,
    LineState.ADAPTED,
    LineState.RENOUNCED,
)

TOLD = (LineState.NOTIFIED, LineState.ACCEPTED, LineState.ADAPTED, LineState.RENOUNCED)
"""What a holder may have read."""


def _keys(records) -> list[int]:
    return [record.subject.pk for record in records]


def _lines(records, *states):
    return models.FundingLine.objects.filter(dossier__in=_keys(records), state__in=states).order_by("pk")


# Accompaniment and filing --------------------------------------------------------------------------------------------


def book_support(records, *, by, at) -> None:
    """A re-reading keeps what it was asked about, so that the holder's changes are seen beside it."""
    new = []
    for record in records:
        step = record.subject.rules.steps.get(code=record.facts["step"])
        content = _contents([record])[record.subject.pk] if step.kind == StepKind.REREADING else None
        new.append(models.Support(dossier=record.subject, step=step, asked_at=at, content=content))
    engine.open_many(new, by=SYSTEM, at=at)


def record_support(records, *, by, at) -> None:
    """The meeting's own row says the same as its dossier, by the same hand."""
    for record in records:
        awaited = record.subject.supports.filter(state=SupportState.ASKED, booking=None)
        support, facts = awaited.order_by("pk").last(), record.facts
        if support is None:
            continue
        if facts["held"]:
            move = SupportMove.HOLD if support.content is None else SupportMove.FINISH
            told = {"record": facts.get("record", ""), "actions": facts.get("actions", [])}
            told["held_on"] = facts.get("held_on") or paris_day(at)
        else:
            move, told = SupportMove.MISS, {"proposal": facts.get("proposal", "")}
        engine.fire(support, move, by=by, at=at, facts=told)


def _contents(records) -> dict[int, dict]:
    """{dossier key: all that its holder wrote and asks for, as plain data}."""
    lines: dict[int, list] = {}
    for line in models.FundingLine.objects.filter(dossier__in=_keys(records)).order_by("pk"):
        lines.setdefault(line.dossier_id, []).append({"line": line.pk, "requested": str(line.requested)})
    quarters: dict[int, list[str]] = {}
    where = models.Dossier.neighbourhoods.through.objects.filter(dossier__in=_keys(records))
    for key, code in where.order_by("neighbourhood__code").values_list("dossier", "neighbourhood__code"):
        quarters.setdefault(key, []).append(code)
    return {
        one.pk: {**one.content, "lines": lines.get(one.pk, []), "neighbourhoods": quarters.get(one.pk, [])}
        for one in (record.subject for record in records)
    }


def keep_filed_version(records, *, by, at) -> None:
    before = models.Filed.objects.filter(dossier__in=_keys(records)).tally_by_dossier()
    contents = _contents(records)
    models.Filed.objects.bulk_create(
        models.Filed(
            dossier=record.subject,
            number=before.get(record.subject.pk, 0) + 1,
            at=at,
            content=contents[record.subject.pk],
        )
        for record in records
    )


def mark_taken_back(records, *, by, at) -> None:
    models.Filed.objects.filter(dossier__in=_keys(records), taken_back_at=None).update(taken_back_at=at)


def open_completion(records, *, by, at) -> None:
    new = [
        models.CompletionRequest(
            dossier=record.subject,
            asked_at=at,
            due_on=record.facts["due_on"],
            items=list(record.facts["items"]),
        )
        for record in records
    ]
    engine.open_many(new, by=SYSTEM, at=at)


def close_completion(records, *, by, at) -> None:
    for request in models.CompletionRequest.objects.filter(
        dossier__in=_keys(records), closed_at=None
    ).order_by("pk"):
        engine.amend(request, {"closed_at": at}, by=SYSTEM, at=at)


# The review round ----------------------------------------------------------------------------------------------------


def open_round(records, *, by, at) -> None:
    """A reopened round awaits everybody it asks: the policy's quorum was met, or given up, the first time."""
    numbers = models.ReviewRound.objects.filter(dossier__in=_keys(records)).tally_by_dossier()
    rounds = [
        models.ReviewRound(
            dossier=record.subject,
            number=numbers.get(record.subject.pk, 0) + 1,
            opened_at=at,
            deadline=record.facts["deadline"],
            quorum=None if record.move == DossierMove.REOPEN_REVIEW else record.subject.rules.quorum,
        )
        for record in records
    ]
    models.ReviewRound.objects.bulk_create(rounds)
    models.ReviewRound.preload(rounds)
    flows.start_many(rounds, at)


def _open_rounds(dossiers: list[int]):
    return models.ReviewRound.objects.filter(dossier__in=dossiers, closed_at=None).order_by("dossier")


def join_round(records, *, by, at) -> None:
    by_dossier = {record.subject.dossier_id: record.subject for record in records}
    for round_ in _open_rounds(list(by_dossier)):
        for record in records:
            if record.subject.dossier_id == round_.dossier_id:
                flows.add_branch(round_, {"line": record.subject.pk}, at)


def keep_opinion(records, *, by, at) -> None:
    models.Opinion.objects.bulk_create(
        models.Opinion(
            line=line,
            verdict=line.verdict,
            amount=line.proposed,
            at=line.opinion_at,
            source=line.opinion_source,
            by=line.opinion_by,
            motive=line.motive,
            conditions=line.conditions,
            level=line.level,
        )
        for line in (record.subject for record in records)
    )


def advance_round(records, *, by, at) -> None:
    """The flow counts the answers; when a round has enough it closes, and the round moves its dossier on."""
    rounds = {
        round_.dossier_id: round_
        for round_ in _open_rounds([record.subject.dossier_id for record in records])
    }
    models.ReviewRound.preload(list(rounds.values()))
    lines = [record.subject for record in records if record.subject.dossier_id in rounds]
    flows.answer_many([(rounds[line.dossier_id], line.pk) for line in lines], at)


def leave_round(records, *, by, at) -> None:
    """The branch ends without an opinion; the round closes if all the others have given theirs."""
    advance_round(records, by=by, at=at)


def close_round(records, *, by, at) -> None:
    engine.fire_many(_lines(records, LineState.INVITED), LineMove.FALL_SILENT, by=SYSTEM, at=at)
    rounds = list(_open_rounds(_keys(records)))
    models.ReviewRound.close_all(rounds, at)
    flows.expire_many(rounds, at)
    close_inquiries(records, by=by, at=at)


def close_inquiries(records, *, by, at) -> None:
    """A question never holds a round up: what was not answered in time is closed with it."""
    waiting = models.Inquiry.objects.filter(dossier__in=_keys(records), state=InquiryState.ASKED)
    engine.fire_many(waiting.order_by("pk"), InquiryMove.CLOSE, by=SYSTEM, at=at)


def cancel_round(records, *, by, at) -> None:
    rounds = list(_open_rounds(_keys(records)))
    models.ReviewRound.close_all(rounds, at)
    for round_ in rounds:
        flows.cancel(round_, at)
    close_inquiries(records, by=by, at=at)


def invite_the_silent(records, *, by, at) -> None:
    engine.fire_many(_lines(records, LineState.SILENT), LineMove.INVITE, by=SYSTEM, at=at)


# Decisions, money, answers -------------------------------------------------------------------------------------------


def book_money(records, *, by, at) -> None:
    """Write what the bodies counted: the envelopes' totals, then a ledger row per line that changed; one more in the
    ledger of the whole that its envelope is a part of."""
    moves = {record.subject.pk: record.move for record in records}
    lines = [record.subject for record in records if record.subject.booking]
    booked = [(line, one) for line in lines for one in (line.envelope, line.envelope.within) if one]
    envelopes = {one.pk: one for _, one in booked}
    models.Envelope.objects.bulk_update(
        [envelopes[key] for key in sorted(envelopes)], ["decided", "below", "split"]
    )
    models.LedgerEntry.objects.bulk_create(
        models.LedgerEntry(envelope=one, line=line, amount=line.booking, at=at, move=moves[line.pk])
        for line, one in booked
    )


def take_back_decision(records, *, by, at) -> None:
    """What the committee said of each line, its money with it; a convention's commitment was there before it."""
    passing.take_back(records)
    told = _lines(records, *DECIDED_LINE).exclude(~Q(agreement=""), state=LineState.GRANTED)
    engine.fire_many(told, LineMove.RELEASE, by=SYSTEM, at=at)
    take_back_feedback(records, by=by, at=at)


def forget_consultations(records, *, by, at) -> None:
    """What is decided anew is read anew."""
    told = _keys(record for record in records if record.source in TOLD)
    if told:
        models.Consultation.objects.filter(line__in=told).delete()


def release_lines(records, *, by, at) -> None:
    engine.fire_many(_lines(records, *RELEASABLE), LineMove.RELEASE, by=SYSTEM, at=at)


def take_back_feedback(records, *, by, at) -> None:
    """The holder reads no answer any more; each version that was delivered stays with the team."""
    sheets = models.Feedback.objects.filter(dossier__in=_keys(records)).begun()
    engine.fire_many(sheets.order_by("pk"), FeedbackMove.RECALL, by=SYSTEM, at=at)


def abandon_pending(records, *, by, at) -> None:
    """Nobody waits any longer for what a withdrawn dossier was asked."""
    close_completion(records, by=by, at=at)
    supports = models.Support.objects.filter(dossier__in=_keys(records), state=SupportState.ASKED).order_by(
        "pk"
    )
    engine.fire_many(supports, SupportMove.MISS, by=SYSTEM, at=at)
    seating.leave_sessions(records, by=by, at=at)


def expect_report(records, *, by, at) -> None:
    engine.open_many([models.Report(dossier=record.subject) for record in records], by=SYSTEM, at=at)
