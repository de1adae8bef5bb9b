"""What a mail says of a meeting: the session of a booking, a session itself, a committee to come."""

from django.urls import reverse

from cases.models import Booking, GoalsRequest, Session
from cases.programme import labels_of
from notifications.addresses import absolute, marker
from workflow.calendar import paris_day


def meeting_of(subject: Booking | Session) -> dict:
    """When, where, with whom, and for what one comes; « about » and « holder » are blank for a session itself."""
    booking = None if isinstance(subject, Session) else subject
    session = booking.session if booking else subject
    about = booking and (booking.dossier or booking.idea)
    label = labels_of([session.cycle_id]).get((session.cycle_id, session.step), session.step)
    return {
        "label": label,
        "on": paris_day(session.starts_at),
        "when": session.when,
        "place": session.place_said,
        "host": str(session.host),
        "note": session.note,
        "about": about.title if about else "",
        "holder": booking.organisation.name if booking else "",
        "page": absolute(reverse("session", args=[session.uuid])),
        "others": absolute(reverse("sessions")),
    }


def sitting_of(request: GoalsRequest) -> dict:
    """The committee of which somebody is asked what they expect, and where they write it."""
    committee = request.committee
    return {
        "label": committee.label,
        "on": committee.on,
        "hour": committee.hour,
        "place": committee.place,
        "page": marker("attentes", request.pk),
    }
