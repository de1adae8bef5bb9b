"""A holder's side of sessions: those to come, one of them and its booking."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import bookings, sessions
from cases import meeting_words as words
from cases.forms.sessions import BookForm
from cases.models import Session
from cases.states import BookingState
from cases.views.editing import FormPage
from workflow import roles
from workflow.refusal import Refused
from workflow.roles import Reach

ABOUT = "pour"
"""What one comes to book for, as the link from an idea says it."""


def may_book(user) -> bool:
    """Whether this person asks for some association, in any call."""
    return bool(roles.reached(user, "booking", "act", Reach.OWN))


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """What may be booked, the nearest first, and one's own appointments."""
    if not may_book(request.user):
        raise Http404
    at = timezone.now()
    context = {
        "sessions": sessions.to_come(request.user, at),
        "appointments": sessions.appointments(request.user, at),
        "about": request.GET.get(ABOUT, ""),
    }
    return render(request, "cases/sessions.html", context)


class SessionView(FormPage):
    """GET shows when, where, with whom and how many seats are left; POST books one, or a place in the queue."""

    template, once = "cases/session.html", True

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        seen = Session.objects.visible_to(request.user).with_counts().for_pages()
        self.session = get_object_or_404(seen, uuid=uuid)
        self.houses = bookings.houses_of(request.user, self.session)
        if not self.houses.exists():
            raise Http404
        return super().dispatch(request, uuid)

    def form(self, data=None) -> BookForm:
        known = bookings.requests_of(self.houses, self.session)
        return BookForm(self.houses, known, data, about=self.request.GET.get(ABOUT, ""))

    def save(self, form: BookForm) -> None:
        by = self.request.user
        self.booking = bookings.book(self.session, form.house, form.chosen, by=by, at=self.at)

    def thanks(self, form: BookForm) -> str:
        return words.SEAT_TAKEN if self.booking.state == BookingState.BOOKED else words.ON_THE_LIST

    def again(self, form: BookForm, refused: Refused) -> str:
        return str(refused)

    def beside(self, form: BookForm) -> dict[str, Any]:
        [seen] = sessions.shown([self.session], self.request.user)
        mine, open_ = sessions.ranked(seen.mine), self.session.is_to_come(self.at)
        return {"seen": seen, "session": self.session, "mine": mine, "open": open_}
