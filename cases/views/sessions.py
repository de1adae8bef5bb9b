"""A holder's side of sessions: those to come, one of them and its booking."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from cases import bookings, sessions
from cases import meeting_words as words
from cases.forms.sessions import BookForm
from cases.models import Session
from cases.states import BookingState
from cases.views.moves import status_of
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


class SessionView(View):
    """GET shows when, where, with whom and how many seats are left; POST books one, or a place in the queue."""

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.at = timezone.now()
        seen = Session.objects.visible_to(request.user).with_counts().for_pages()
        self.session = get_object_or_404(seen, uuid=uuid)
        self.houses = bookings.houses_of(request.user, self.session)
        if not self.houses.exists():
            raise Http404
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            booking = bookings.book(self.session, form.house, form.chosen, by=request.user, at=self.at)
        except Refused as refused:
            if refused.codes != ["already"]:
                form.refuse(refused.refusals)
                return self.shown(form, status=status_of(refused.codes))
            messages.success(request, str(refused))
            return redirect(request.path)
        seated = booking.state == BookingState.BOOKED
        messages.success(request, words.SEAT_TAKEN if seated else words.ON_THE_LIST)
        return redirect(request.path)

    def form(self, data=None) -> BookForm:
        known = bookings.requests_of(self.houses, self.session)
        return BookForm(self.houses, known, data, about=self.request.GET.get(ABOUT, ""))

    def shown(self, form: BookForm, status: int = 200) -> HttpResponse:
        [seen] = sessions.shown([self.session], self.request.user)
        mine = sessions.ranked(seen.mine)
        open_ = self.session.is_to_come(self.at)
        context = {"seen": seen, "session": self.session, "form": form, "mine": mine, "open": open_}
        return render(self.request, "cases/session.html", context, status=status)
