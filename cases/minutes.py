"""The record of a committee: what was said and decided, as plain data, so that a page and a PDF say the same.

It is frozen when it is signed off: its data, and the very bytes of its PDF; a correction is a new version beside it.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from cases import committee_words as words
from cases import typesetting
from cases.envelopes import with_sums
from cases.models import (
    AgendaItem,
    Attendee,
    Committee,
    Dossier,
    Envelope,
    EnvelopeKind,
    Minutes,
    Passage,
    PassageResult,
)
from cases.order_of_day import Point, order_of_day
from cases.states import LineState
from workflow import engine, locks
from workflow.calendar import paris_day
from workflow.journal import Code
from workflow.money import euros
from workflow.refusal import Refused, stale


def content_of(committee: Committee) -> dict[str, Any]:
    """All that the record says; the same while nothing changes."""
    points = order_of_day(committee)
    rows = (
        Passage.objects.that_stand()
        .filter(committee=committee)
        .select_related("dossier__organisation", "onward")
    )
    passages = list(rows.order_by("dossier__number", "at", "pk"))
    people = list(Attendee.objects.of(committee))
    return {
        "title": words.record_of(committee),
        "cycle": committee.cycle.name,
        "author": committee.cycle.team_name or committee.cycle.name,
        "when": words.held_on(committee),
        "place": committee.place,
        "counted": words.attendance(sum(one.sits for one in people), len(people)),
        "people": [_person(one) for one in people],
        "goals": [{"who": one.organisation or one.name, "said": one.goals} for one in people if one.goals],
        "points": [_point(one, passages) for one in points] + _elsewhere(points, passages),
        "carried": [words.carried_point(one.item.title, one.carried_to) for one in points if one.carried_to],
        "money": _money(committee),
    }


def digest_of(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def draft(committee: Committee, at: datetime) -> bytes:
    """The record as it stands, marked as not signed off."""
    return _printed(content_of(committee), words.DRAFT, words.TO_SIGN, at)


def sign_off(committee: Committee, seen: str, *, by, at: datetime) -> Minutes:
    """Freeze what the page showed (`seen` is its digest) as the next version. Raises `Refused`."""
    with transaction.atomic(), locks.holding():
        locks.take(
            [Dossier.objects.filter(pk__in=_told(committee)), Committee.objects.filter(pk=committee.pk)]
        )
        content = content_of(committee)
        digest = digest_of(content)
        if seen == digest:
            return _signed(committee, content, digest, by=by, at=at)
    raise Refused([stale()])


def _told(committee: Committee) -> set[int]:
    """Every dossier that a record tells: none is decided, or its decision taken back, while somebody signs."""
    told = Passage.objects.filter(committee=committee).order_by("pk").values_list("dossier", flat=True)
    named = AgendaItem.objects.filter(committee=committee).order_by("pk").values_list("dossiers", flat=True)
    return set(told).union(*named)


def _signed(committee: Committee, content: dict[str, Any], digest: str, *, by, at: datetime) -> Minutes:
    number = Minutes.objects.filter(committee=committee).count() + 1
    status = words.version_of(number, paris_day(at))
    closing = words.signed_off(by, paris_day(at))
    minutes = Minutes(
        committee=committee, number=number, content=content, digest=digest, signed_at=at, signed_by=str(by),
        pdf=_printed(content, status, closing, at),
    )  # fmt: skip
    engine.open_many([minutes], by=by, at=at, facts={"number": number, "digest": Code(digest)})
    return minutes


def _printed(content: dict[str, Any], status: str, closing: str, at: datetime) -> bytes:
    return typesetting.pdf("record", content | {"status": status, "closing": closing}, at=at)


# Its parts -----------------------------------------------------------------------------------------------------------


def _person(one: Attendee) -> dict[str, str]:
    who = {"organisation": one.organisation, "name": one.name, "quality": one.quality}
    return who | {"presence": words.presence_of(one)}


def _point(point: Point, passages: list[Passage]) -> dict[str, Any]:
    item = point.item
    went = point.carried_to
    return {
        "hours": words.POSTPONED if went else words.hours(point.starts, point.ends),
        "title": item.title,
        "kind": str(item.get_kind_of_display()),
        "speaker": item.speaker,
        "conclusion": item.conclusion,
        "from": words.came_from(point.carried_from) if point.carried_from else "",
        "to": words.went_to(went) if went else "",
        "dossiers": [
            _dossier(one, [row for row in passages if row.dossier_id == one.pk]) for one in point.dossiers
        ],
    }


def _elsewhere(points: Iterable[Point], passages: list[Passage]) -> list[dict[str, Any]]:
    """What this committee settled beside its agenda is on its record too."""
    there = {key for point in points for key in point.item.dossiers}
    beside: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.dossier_id not in there:
            beside.setdefault(passage.dossier_id, []).append(passage)
    if not beside:
        return []
    blank = dict.fromkeys(("speaker", "conclusion", "from", "to"), "")
    rows = [_dossier(each[0].dossier, each) for each in beside.values()]
    return [{"hours": words.BESIDE, "title": words.OTHERS, "kind": words.DECISIONS, "dossiers": rows} | blank]


def _dossier(dossier, passages: list[Passage]) -> dict[str, Any]:
    last = passages[-1] if passages else None
    decided = last is not None and last.result == PassageResult.DECIDED
    return {
        "reference": dossier.reference,
        "title": dossier.title,
        "holder": str(dossier.organisation),
        "result": words.result_of(last),
        "lines": [_line(one) for one in last.proposal] if decided else [],
        "note": last.note if last else "",
    }


def _line(one: dict[str, str]) -> str:
    """« Ville : accordé, 500 € », as it stood when the committee decided."""
    said = words.OUTCOMES.get(one.get("outcome", ""), words.ELSEWHERE)
    amount = f", {euros(one['amount'])}" if one.get("outcome") == LineState.GRANTED else ""
    return f"{one['who']} : {said}{amount}"


def _money(committee: Committee) -> list[dict[str, str]]:
    own = with_sums(Envelope.objects.of_cycle(committee.cycle_id)).exclude(nature=EnvelopeKind.MAINSTREAM)
    return [
        {
            "name": words.purse_of(one),
            "decided": euros(one.decided),
            "remaining": words.UNKNOWN if one.remaining is None else euros(one.remaining),
        }
        for one in own
    ]


def missing(content: dict[str, Any]) -> list[str]:
    """What one would rather write before signing; it warns, and refuses nothing."""
    found = [] if content["people"] else [words.NO_PEOPLE]
    if any(one["presence"] == words.NOT_SAID for one in content["people"]):
        found.append(words.SOME_UNSAID)
    open_points = [one["title"] for one in content["points"] if _is_open(one)]
    return found + [words.still_open(one) for one in open_points]


def _is_open(point: dict[str, Any]) -> bool:
    unsaid = not (point["conclusion"] or point["to"])
    if point["dossiers"]:
        return any(one["result"] == words.UNDECIDED for one in point["dossiers"])
    return unsaid and point["kind"] != words.INFORMS


def frozen(committee: Committee) -> list[Minutes]:
    """Its versions, the newest first, without their bytes."""
    return list(Minutes.objects.filter(committee=committee).defer("pdf", "content").order_by("-number"))
