"""What the addresses of the matrix tell who has not signed in: (GET, POST), where it is not the door's page."""

LINKS = ("link-batch", "link-revoke", "link-opinion", "link-inquiry", "mail-choices-link")
READ_BY_ALL = (
    "link-sent", "healthz", "calendar-feed", "calls", "call", "call-check", "accessibility",
    "legal", "privacy", "help", "identity", "source", "link-list", "link-pack",
)  # fmt: skip
WITHOUT_SIGNING_IN = {
    **dict.fromkeys(READ_BY_ALL, (200, 405)),
    "login": (200, 200),
    "signin-link": (200, 200),
    "password_reset": (200, 200),
    "signin-confirm": (410, 410),
    "password_reset_confirm": (200, 200),
    "logo": (404, 405),
    "letter-list": (404, 405),
    "letter-detail": (404, 405),
    "letter-html": (404, 405),
    "composants": (200, 200),
    "mail-one-click": (302, 422),
    **dict.fromkeys((*LINKS, "link-renewal", "committee-goals"), (200, 422)),
}

POSTED_BY_MAILBOXES = {"mail-one-click": 422}
"""Addresses whose own signature is the proof, because a mailbox’s server has no token of ours (RFC 8058)."""
