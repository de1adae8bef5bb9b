"""The declared matrix of addresses, written by hand: who opens what, and what the others are told."""

from dataclasses import dataclass, replace
from uuid import uuid4

from tests.cases import matrix
from tests.scene import CAMPAIGN, CYCLES, PEOPLE, PROGRAMMING, REPORTED, TOPICS
from tests.strangers import LINKS

TEAM = ("instructor", "coordinator")
GUIDES = (*TEAM, "third_party")
SHARED_WITH = (*TEAM, "financier", "committee")
"""Who reads a programming that the coordination has opened."""
NOBODY, EVERYBODY = (), PEOPLE
READERS = tuple(one for one in PEOPLE if one != "elected")
"""Who knows of a dossier: elected members read the committees' packs, and nothing else."""
READS, CLOSED, HIDDEN, WRONG, AWAY, GONE = 200, 403, 404, 422, 302, 410
NO_SESSION = (AWAY, 401)
"""A page leads to the door; what was written is kept on the door's own page, so that signing in sends it."""


@dataclass(frozen=True)
class Route:
    """Who opens an address with GET and with POST, and what all the others are told."""

    get: dict[str, int]
    post: dict[str, int]
    otherwise: int = HIDDEN
    out_of_reach: tuple[int, int] = (HIDDEN, HIDDEN)


def each(people, answer: int) -> dict[str, int]:
    return dict.fromkeys(people, answer)


def page(people, writers=None, **options) -> Route:
    """A page that some read and some of them write."""
    return Route(each(people, READS), each(people if writers is None else writers, WRONG), **options)


def safe(people) -> Route:
    """An address that is only read: any other method is refused before anything is looked for."""
    return Route(each(people, READS), each(PEOPLE, 405), out_of_reach=(HIDDEN, 405))


CLICK = Route(each(PEOPLE, 405), each(["coordinator"], WRONG), out_of_reach=(405, HIDDEN))
"""A button of the coordinator's that has no page of its own."""

_FOLLOWERS = ("instructor", "committee")
BY_COORDINATOR = Route(
    each(("coordinator", *_FOLLOWERS), READS), {"coordinator": WRONG} | each(_FOLLOWERS, CLOSED)
)
"""A page of a committee: read by those who follow it, written by its coordinator."""
PRINTED = Route(BY_COORDINATOR.get, {"coordinator": 405} | each(_FOLLOWERS, CLOSED))
OF_COORDINATOR = Route({"coordinator": READS} | each(_FOLLOWERS, CLOSED), BY_COORDINATOR.post)


def of_readers(route: Route, *methods: str) -> Route:
    """The same, of something that elected members do not know of."""
    asked = methods or ("get", "post")
    return replace(route, **{name: getattr(route, name) | {"elected": HIDDEN} for name in asked})


ROUTES: dict[str, Route] = {
    "login": Route(each(PEOPLE, AWAY), each(PEOPLE, AWAY)),
    "logout": Route(each(PEOPLE, 405), each(PEOPLE, AWAY)),
    "signin-link": Route(each(PEOPLE, READS), each(PEOPLE, READS)),
    "password_reset": Route(each(PEOPLE, READS), each(PEOPLE, READS)),
    "link-sent": safe(EVERYBODY),
    "signin-confirm": Route(each(PEOPLE, GONE), each(PEOPLE, GONE), out_of_reach=(GONE, GONE)),
    "password_reset_confirm": Route(each(PEOPLE, READS), each(PEOPLE, READS), out_of_reach=(READS, READS)),
    "identity": safe(EVERYBODY),
    "palette": safe(EVERYBODY),
    "logo": Route(each(PEOPLE, HIDDEN), each(PEOPLE, 405)),
    "accessibility": safe(EVERYBODY),
    "legal": safe(EVERYBODY),
    "privacy": safe(EVERYBODY),
    "help": safe(EVERYBODY),
    "source": safe(EVERYBODY),
    "composants": Route(each(PEOPLE, READS), each(PEOPLE, READS)),
    "letter-list": safe(NOBODY),  # because these tests are no demonstration
    "letter-detail": safe(NOBODY),
    "letter-html": safe(NOBODY),
    "campaign-drawing": safe((*TEAM, "committee", "third_party")),
    **{name: safe(TEAM) for name in ("campaign", "campaign-cycle", "campaign-export")},
    **{f"campaign-{name}": page(["coordinator"]) for name in ("file", *CAMPAIGN)},
    "todo": Route(
        each(PEOPLE, READS) | each(["financier", "committee", "third_party", "elected"], AWAY),
        each(PEOPLE, 405),
    ),
    "dossier-list": safe(EVERYBODY),
    "dossier-xlsx": safe(EVERYBODY),
    "dossier-csv": safe(EVERYBODY),
    "money-xlsx": safe(EVERYBODY),
    "money-csv": safe(EVERYBODY),
    "sheets-xlsx": safe(TEAM),
    "by-orientation": safe((*TEAM, "committee", "third_party")),
    "bulk-move": Route(each(PEOPLE, 405), each(TEAM, AWAY)),
    "view-keep": Route(each(PEOPLE, 405), each(TEAM, WRONG)),
    "view-change": Route(each(PEOPLE, 405), {"instructor": WRONG}, out_of_reach=(405, HIDDEN)),
    "agreed": safe(EVERYBODY),
    "rereading": Route(each(GUIDES, READS), each(GUIDES, 405)),
    "remark-add": page(GUIDES),
    "versions": Route(each(("holder", *GUIDES), READS), each(("holder", *GUIDES), 405)),
    **dict.fromkeys(("meeting", "waiver"), of_readers(page(TEAM, otherwise=CLOSED))),
    "behalf": page(TEAM),
    "behalf-commitment": page(TEAM),
    "derogation": page(["coordinator"]),
    "solicit": page(TEAM),
    "calls": safe(EVERYBODY),
    "call": safe(EVERYBODY),
    "call-check": safe(EVERYBODY),
    "begin": page(["holder"], otherwise=CLOSED),
    "dossier-detail": safe(READERS),
    "dossier-request": of_readers(
        Route(each(PEOPLE, READS), each(("holder", *TEAM), WRONG), otherwise=CLOSED)
    ),
    "dossier-topic": of_readers(Route(each(PEOPLE, AWAY), each(("holder", *TEAM), WRONG), otherwise=CLOSED)),
    "document-join": of_readers(Route(each(PEOPLE, 405), each(("holder", *TEAM), WRONG), otherwise=CLOSED)),
    "document-remove": of_readers(
        Route(each(PEOPLE, 405), each(("holder", *TEAM), AWAY), otherwise=CLOSED, out_of_reach=(405, HIDDEN)),
        "post",
    ),
    "dossier-completion": page(("holder", *TEAM)),
    **dict.fromkeys(("dossier-report", "dossier-interim"), page(("holder", *TEAM))),
    **dict.fromkeys(("report-topic", "interim-topic"), page(("holder", *TEAM))),
    "changes": page(("holder", *TEAM)),
    "for-dauphin": safe(NOBODY),  # because requests of this year are filed here
    "dossier-receipt": safe(("holder", *TEAM)),
    "dossier-answer": safe(("holder", *TEAM)),
    "dossier-revised": safe(("holder", *TEAM, "financier")),
    "sessions": safe(["holder"]),
    **{name: page(["holder"]) for name in ("session", "ideas", "idea")},
    "agenda": safe(GUIDES),
    "session-plan": page(TEAM),
    "orientations": safe(GUIDES),
    "session-desk": page(GUIDES),
    "payments": safe(EVERYBODY),
    "line-payments": page(TEAM),
    "line-act": page(TEAM),
    "payment": page(TEAM),
    "dossier-committee": Route(each(READERS, AWAY), each(PEOPLE, 405), out_of_reach=(HIDDEN, 405)),
    "dossier-instruction": page(TEAM),
    "instruction-sheet": safe(TEAM),
    "dossier-feedback": page(TEAM),
    "feedback-meeting": Route(each(PEOPLE, 405), each(["holder"], AWAY), out_of_reach=(405, HIDDEN)),
    "feedback-preview": Route(each(PEOPLE, 405), each(TEAM, READS), out_of_reach=(405, HIDDEN)),
    "document": safe(READERS),
    "envelope-list": safe(EVERYBODY),
    "envelope-detail": Route(
        each((*TEAM, "financier"), READS),
        {"coordinator": WRONG, "instructor": CLOSED, "financier": CLOSED},
    ),
    "committee-list": safe(EVERYBODY),
    "committee-detail": BY_COORDINATOR,
    **dict.fromkeys(("committee-agenda", "committee-attendance", "committee-sitting"), BY_COORDINATOR),
    "committee-goals": page(PEOPLE),
    "pack-list": safe(EVERYBODY),
    "committee-pack": safe((*TEAM, "committee", "elected")),
    "committee-minutes": BY_COORDINATOR,
    **dict.fromkeys(("committee-draft", "committee-signed"), PRINTED),
    **dict.fromkeys(("committee-settings", "agenda-item", "attendee"), OF_COORDINATOR),
    "programming": Route(each(SHARED_WITH, AWAY), each(PEOPLE, 405), otherwise=READS),
    "programming-table": Route(
        each(SHARED_WITH, READS), each(TEAM, WRONG) | each(("financier", "committee"), CLOSED)
    ),
    "programming-share": Route(
        each(SHARED_WITH, CLOSED) | {"coordinator": 405}, each(SHARED_WITH, CLOSED) | {"coordinator": WRONG}
    ),
    **dict.fromkeys(
        ("programming-sign", "programming-reopen"),
        Route(
            each(SHARED_WITH, CLOSED) | {"coordinator": READS},
            each(SHARED_WITH, CLOSED) | {"coordinator": WRONG},
        ),
    ),
    **{f"programming-{name}": safe(SHARED_WITH) for name in ("story", "sheet", "signed")},
    **{name: page(TEAM) for name in ("scenarios", "scenario", "scenario-apply", "scenario-rename")},
    "scenario-supposed": Route(each(TEAM, 405), each(TEAM, WRONG)),
    **dict.fromkeys(
        ("scenario-spread", "scenario-move"),
        Route(each(PEOPLE, 405), each(TEAM, WRONG), out_of_reach=(405, HIDDEN)),
    ),
    **dict.fromkeys(
        ("scenario-compare", "scenario-book"),
        Route(each(TEAM, AWAY), each(PEOPLE, 405), out_of_reach=(HIDDEN, 405)),
    ),
    "to-notify": page(["coordinator"], otherwise=CLOSED),
    "survey": page(("holder", *TEAM, "financier")),
    "survey-results": safe(TEAM),
    "learning": safe(TEAM),
    "learning-book": safe(TEAM),
    "people": page(["coordinator"]),
    "open-data": safe(["coordinator"]),
    "arrivals": page(["coordinator"]),
    "open-data-line": page(["coordinator"]),
    "open-data-file": Route(each(["coordinator"], WRONG), each(PEOPLE, 405), out_of_reach=(HIDDEN, 405)),
    "colleagues": page(["holder"]),
    "calendar": safe(EVERYBODY),
    "calendar-address": page(PEOPLE),
    "calendar-event": safe((*TEAM, "committee", "elected")),  # because the one asked for here is a sitting
    "calendar-feed": safe(EVERYBODY),
    "healthz": safe(EVERYBODY),
    "messages-list": safe(["coordinator"]),
    "message-detail": safe(["coordinator"]),
    "dossier-letters": Route(
        each(("holder", *TEAM), READS), each(("holder", "instructor"), CLOSED) | {"coordinator": WRONG}
    ),
    "letter-preview": safe(TEAM),
    **dict.fromkeys(("letter-pdf", "letter-scan"), safe(("holder", *TEAM))),
    "letter-signed": Route(each(TEAM, READS) | {"holder": CLOSED}, each(TEAM, WRONG) | {"holder": CLOSED}),
    "seat-letters": safe(EVERYBODY),
    "line-letter": Route(
        each(TEAM, READS) | each(("holder", "committee", "third_party"), CLOSED),
        each(TEAM, WRONG) | each(("holder", "committee", "third_party"), CLOSED),
    ),
    "letter-folders": page(["coordinator"]),
    "letter-folder": Route(each(["coordinator"], READS), each(["coordinator"], AWAY)),
    **dict.fromkeys(("folder-pdf", "folder-zip"), safe(["coordinator"])),
    "letter-models": Route(each(["coordinator"], READS), each(["coordinator"], 405)),
    "letter-model": Route(each(["coordinator"], READS), each(["coordinator"], AWAY)),
    "mail-texts": Route(each(["coordinator"], READS), each(["coordinator"], 405)),
    "mail-text": Route(each(["coordinator"], READS), each(["coordinator"], AWAY)),
    "mail-one-click": Route(each(PEOPLE, AWAY), each(PEOPLE, WRONG)),
    "message-do": CLICK,
    "messages-do": Route(each(PEOPLE, 405), each(["coordinator"], AWAY)),
    "messages-stop": Route(each(PEOPLE, 405), each(["coordinator"], AWAY), out_of_reach=(405, HIDDEN)),
    "opinions": safe(EVERYBODY),
    "opinions-pack": safe(EVERYBODY),
    "opinions-batch": page(PEOPLE),
    "seat-links": page(PEOPLE),
    "absence": page(("financier",)),
    "offline-list": safe(EVERYBODY),
    "offline": page((*TEAM, "financier")),
    "offline-table": safe((*TEAM, "financier")),
    "inquiry-open": page(["financier"]),
    "link-list": Route(each(PEOPLE, READS), each(PEOPLE, 405)),
    "link-pack": Route(each(PEOPLE, READS), each(PEOPLE, 405)),
    **{name: page(PEOPLE) for name in (*LINKS, "link-renewal", "mail-choices")},
}
SEEN_BY = {
    **dict.fromkeys(
        ("dossier-move", "line-move", "line-adapt", "opinion", "inquiry-move", "record"), READERS
    ),
    "feedback-move": TEAM,
    **dict.fromkeys(("report-move", "change-move"), ("holder", *TEAM)),
    **dict.fromkeys(("support-move", "record-late", "record-after", "session-move"), GUIDES),
    **dict.fromkeys(("record-booking", "booking-move", "idea-move"), ("holder", *GUIDES)),
    **dict.fromkeys(("agreed-move", "remark-move"), ("holder", *GUIDES)),
}
"""Moves: who may know of the subject (404 for the others); who may fire is the field's own table, `matrix`."""
MOVES = {
    "dossier-move": matrix.DOSSIER,
    "line-move": matrix.LINE,
    "line-adapt": [row for row in matrix.LINE if row[0] == "adapt"],
    "opinion": [row for row in matrix.LINE if row[0] == "opine"],
    "inquiry-move": matrix.INQUIRY,
    "feedback-move": matrix.FEEDBACK,
    "report-move": matrix.REPORT,
    "change-move": matrix.CHANGE,
    "support-move": matrix.SUPPORT,
    "record": [row for row in matrix.DOSSIER if row[0] == "end_support"],
    "record-late": [row for row in matrix.SUPPORT if row[0] == "hold"],
    "record-after": [row for row in matrix.SUPPORT if row[0] == "note"],
    "record-booking": [row for row in matrix.BOOKING if row[0] == "note"],
    "agreed-move": matrix.AGREED,
    "session-move": matrix.SESSION,
    "booking-move": matrix.BOOKING,
    "idea-move": matrix.IDEA,
    "remark-move": matrix.REMARK,
}
NAMED = ("line-adapt", "opinion", "record", "record-late", "record-after", "record-booking")
"""Moves whose address has a name of its own."""
ELSEWHERE = {
    **{
        key: ["ailleurs_2027", "nulle-part"]
        for key in (*CYCLES, "mail-texts", "letter-folders", "letter-models")
    },
    **{
        f"campaign-{name}": [("ailleurs_2027", *rest), ("nulle-part", *rest)]
        for name, rest in CAMPAIGN.items()
    },
    "campaign-drawing": [("ailleurs_2027", "dossier"), ("nulle-part", "dossier"), ("ici_2027", "absent")],
    **{key: ["nulle-part"] for key in ("begin", "call", "call-check")},
    **{
        key: ["ailleurs_2027", "nulle-part"]
        for key in ("survey", "survey-results", "learning", "learning-book")
    },
    **{f"programming-{name}": ["ailleurs_2027", "nulle-part"] for name in PROGRAMMING},
    "programming-signed": [("ailleurs_2027", 1), ("nulle-part", 1), ("ici_2027", 9)],
    **{key: ["ailleurs_2027", "nulle-part"] for key in ("scenarios", "scenario-compare", "scenario-book")},
    "scenario-move": [(uuid4(), "set_aside"), (uuid4(), "nulle")],
    "session": [uuid4()],  # because a holder whose role outlives a cycle may ask, and book, in any call
    "signin-confirm": [("n’importe quoi", "x")],
    "mail-text": [("ailleurs_2027", "rappel_depot"), ("ici_2027", "depot_recepisse")],
    "letter-model": [("ailleurs_2027", "award"), ("ici_2027", "inconnu")],
    "letter-preview": [(uuid4(), "line-1")],
    **{key: ["faux"] for key in ("mail-choices-link", "mail-one-click")},
    **{key: ["nul-lien"] for key in ("calendar-feed", "committee-goals")},
    **{name: ["nul-lien"] for name in ("link-list", "link-pack", "link-batch", "link-revoke")},
    **{name: [("nul-lien", uuid4())] for name in ("link-opinion", "link-inquiry")},
    "password_reset_confirm": [("n’importe quoi", "x")],
    **{name: [(uuid4(), part)] for name, part in (TOPICS | REPORTED).items()},
    "remark-add": [(uuid4(), "answer-resume")],
    **{
        key: [("ailleurs_2027", "etat"), ("ici_2027", "inconnu"), ("nulle-part", "etat")]
        for key in ("offline", "offline-table")
    },
    "committee-signed": [(uuid4(), 1)],
    "open-data-line": [("ici_2027", uuid4()), ("ailleurs_2027", uuid4())],
    "open-data-file": [("ici_2027", "inconnu"), ("ailleurs_2027", "etat")],
}
"""Addresses that no key of another year would fill: what stands there instead."""
