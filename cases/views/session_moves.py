"""The moves of sessions, bookings and ideas: the same view as every move, on pages of their own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases import bookings, ideas, sessions
from cases import meeting_words as words
from cases.forms.moving import MoveForm
from cases.forms.sessions import MEETING_FORMS
from cases.models import Booking, Idea, Session
from cases.states import BookingMove, IdeaMove, SessionMove
from cases.topics import Part
from cases.views.moves import MoveView
from cases.words import done
from workflow.calendar import paris_day
from workflow.refusal import Refused

TOLD = {
    SessionMove.RESCHEDULE.label: words.SESSION_CHANGED,
    SessionMove.RESIZE.label: words.SEATS_CHANGED,
    SessionMove.CANCEL.label: words.SESSION_CANCELLED,
    BookingMove.CANCEL.label: words.BOOKING_CANCELLED,
    BookingMove.CALL_OFF.label: words.BOOKING_CANCELLED,
}


class MeetingMoveView(MoveView):
    """A move of something that hangs on no dossier."""

    template = "cases/session_move.html"

    def form(self, subject, move: str, data=None):
        return MEETING_FORMS.get((self.model, move), MoveForm)(subject, data, on=paris_day(self.at))

    def forbidden(self, subject, move: str) -> HttpResponse:
        return render(self.request, "403.html", status=403)

    def shown(self, subject, move: str, form, *, refusals=(), changed=(), status: int = 200) -> HttpResponse:
        context = {
            "kicker": str(self.about(subject)),
            "move": self.model.moves(move),
            "form": form,
            "refusals": refusals,
            "changed": changed,
            "back": self.back(subject),
            "means": words.means(self.model.kind, move, subject.state),
            "danger": move in (SessionMove.CANCEL, BookingMove.CANCEL, BookingMove.CALL_OFF),
        }
        return render(self.request, self.template, context, status=status)

    def thanks(self, label: str) -> str:
        return TOLD.get(label, done(label))

    def about(self, subject):
        """What the page says above its title."""
        return subject


class SessionMoveView(MeetingMoveView):
    model = Session

    def about(self, subject: Session) -> str:
        return sessions.called(subject)

    def back(self, subject: Session) -> str:
        return reverse("session-desk", args=[subject.uuid])


class BookingMoveView(MeetingMoveView):
    model = Booking

    def about(self, subject: Booking) -> str:
        return sessions.called(subject.session)

    def back(self, subject: Booking) -> str:
        """The holder's own page of the session, or the team's list."""
        own = bookings.houses_of(self.request.user, subject.session).contains(subject.organisation)
        return reverse("session" if own else "session-desk", args=[subject.session.uuid])


class IdeaMoveView(MeetingMoveView):
    model = Idea

    def post(self, request: HttpRequest, subject: Idea, move: str) -> HttpResponse:
        if move == IdeaMove.BECOME:
            return self.become(subject)
        return super().post(request, subject, move)

    def become(self, subject: Idea) -> HttpResponse:
        """The request is begun by the idea's own move, so that both are or neither is."""
        form = self.form(subject, IdeaMove.BECOME, self.request.POST)
        if not form.is_valid():
            return self.shown(subject, IdeaMove.BECOME, form, status=422)
        version = form.cleaned_data["version"]
        try:
            draft = ideas.become(subject, by=self.request.user, at=self.at, version=version)
        except Refused as refused:
            return self.refused(subject, IdeaMove.BECOME, form, refused)
        messages.success(self.request, words.IDEA_BEGUN)
        return redirect("dossier-topic", draft.uuid, Part.ESSENTIALS.value)

    def back(self, subject: Idea) -> str:
        return reverse("ideas")
