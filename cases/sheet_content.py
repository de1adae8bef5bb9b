"""A sheet's words as plain data: what its page shows while it is written is, to the letter, what a version freezes."""

from cases.explaining import ranked


def content_of(feedback, reasons: dict) -> dict:
    """The words of a sheet, each motive with its reason as published in `reasons` ({code: reason})."""
    person = feedback.meeting_with
    return {
        "motives": [_motive(one, reasons.get(one.get("reason"))) for _, _, one in ranked(feedback.motives)],
        "silent": list(feedback.silent),
        "lesser": [{"line": one.get("line"), "why": one.get("why", "")} for one in feedback.lesser],
        "appreciated": feedback.appreciated,
        "advice": feedback.advice,
        "meeting": {"person": person.pk, "name": str(person)} if person else None,
    }


def written_of(content: dict) -> dict:
    """The fields of a sheet as they were written when these words left: what `content_of` reads, put back."""
    return {
        "motives": [
            {
                "line": one["line"],
                "reason": one["reason"],
                "fact": one["fact"],
                "free": one["said"] if one["free"] else "",
            }
            for one in content["motives"]
        ],
        "silent": list(content["silent"]),
        "lesser": [dict(one) for one in content["lesser"]],
        "appreciated": content["appreciated"],
        "advice": content["advice"],
        "meeting_with_id": (content["meeting"] or {}).get("person"),
    }


def _motive(motive: dict, reason) -> dict:
    published = {
        "label": reason.label if reason else "",
        "said": reason.said if reason else str(motive.get("free", "")),
        "rule": reason.rule if reason else "",
        "kind": reason.get_kind_display() if reason else "",
    }
    return {
        "line": motive.get("line"),
        "reason": str(motive.get("reason", "")),
        "fact": str(motive.get("fact", "")),
        "free": reason is None,
    } | published
