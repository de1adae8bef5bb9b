"""The team's side of accompaniment: the agenda with its load, a session planned, its list on the day."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from cases import bookings, ideas, sessions
from cases import meeting_words as words
from cases.forms.sessions import AttendanceForm, BookForForm, PlanForm
from cases.models import Dossier, Session
from cases.states import EDITABLE, BookingState
from cases.views.editing import FormPage
from cases.views.moves import status_of
from workflow import engine, roles
from workflow.models import Cycle
from workflow.refusal import Refused
from workflow.roles import TEAM, Reach


def _cycles(user):
    """The calls whose sessions this person plans or hosts."""
    return Cycle.objects.filter(pk__in=roles.cycles_of(user, "session", "act"))


def _planned_by(user):
    """The calls in which this person plans: a third party hosts, and plans nothing."""
    reached = roles.reached(user, "session", "act", Reach.CYCLE)
    return Cycle.objects.filter(pk__in={one.cycle_id for one in reached if one.role in TEAM} - {None})


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Week by week what is planned, how many seats are taken, and what it asks of the team."""
    if not _cycles(request.user).exists():
        raise Http404
    plans = _planned_by(request.user).published().order_by("-year", "code")
    context = {"agenda": sessions.agenda(request.user, timezone.now()), "plans": plans}
    return render(request, "cases/agenda.html", context)


@require_safe
def orientations(request: HttpRequest, code: str) -> HttpResponse:
    """The orientations of a call that nobody answers yet come first."""
    cycle = get_object_or_404(_cycles(request.user), code=code)
    return render(
        request, "cases/orientations.html", {"cycle": cycle, "answered": ideas.orientations_of(cycle)}
    )


class PlanView(FormPage):
    """One session, or a whole series in one go."""

    template, once = "cases/session_plan.html", True

    def dispatch(self, request: HttpRequest, code: str) -> HttpResponse:
        self.cycle = get_object_or_404(_planned_by(request.user).published(), code=code)
        self.planned: list[Session] = []
        return super().dispatch(request, code)

    def form(self, data=None) -> PlanForm:
        return PlanForm(self.cycle, self.request.user, data)

    def save(self, form: PlanForm) -> None:
        planned = form.sessions(uuid4())
        engine.open_many(planned, by=self.request.user, at=self.at)
        self.planned = planned

    def thank(self, form: PlanForm) -> None:
        """What is at the calendar, what was left out, and which weeks are too heavy now."""
        messages.success(self.request, words.planned(len(form.days.kept), form.days.skipped))
        for monday, load in sessions.heavy_weeks(self.cycle, form.cleaned_data["step"], form.days.kept):
            messages.warning(self.request, words.heavy(monday, load))

    def again(self, form: PlanForm, refused: Refused) -> str:
        return str(refused)

    def beside(self, form: PlanForm) -> dict[str, Any]:
        return {"cycle": self.cycle}

    def onward(self) -> str:
        alone = self.planned[0] if len(self.planned) == 1 else None
        return reverse("session-desk", args=[alone.uuid]) if alone else reverse("agenda")


class DeskView(View):
    """GET shows who is on the list; POST says who came, or books for an association that rang."""

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.at = timezone.now()
        reached = Session.objects.within_reach(request.user).with_counts().for_pages()
        self.session = get_object_or_404(reached, uuid=uuid)
        self.of_team = roles.may(roles.seen_by(request.user), self.session, TEAM)
        self.sits, self.waits, self.gone = bookings.on_list(self.session)
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(self.attendance())

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        if request.POST.get("action") == "book" and self.of_team:
            return self.book()
        return self.note()

    def note(self) -> HttpResponse:
        forms = self.attendance(self.request.POST)
        valid = [one.is_valid() for one in forms if one.is_open]  # because every mistake is said at once
        if not all(valid):
            return self.shown(forms, problem=words.SAY_WHO_CAME, status=422)
        open_ = [one for one in forms if one.is_open]
        said = {one.booking: one.cleaned_data["said"] for one in open_ if one.cleaned_data["said"]}
        if not said:
            return self.shown(forms, problem=words.SAY_WHO_CAME, status=422)
        versions = {one.booking.pk: one.cleaned_data["version"] for one in open_}
        refused = bookings.note_attendance(said, versions, by=self.request.user, at=self.at)
        if refused:
            return self.refused(forms, refused)
        messages.success(self.request, words.ATTENDANCE_NOTED)
        return redirect(self.request.path)

    def refused(self, forms: list[AttendanceForm], refused: dict) -> HttpResponse:
        for form in forms:
            form.problems = [one.sentence for one in refused.get(form.booking.pk, ())]
        codes = [one.code for several in refused.values() for one in several]
        return self.shown(forms, status=status_of(codes))

    def book(self) -> HttpResponse:
        form = self.booking_form(self.request.POST)
        if not form.is_valid():
            return self.shown(self.attendance(), form, status=422)
        house, dossier = form.cleaned_data["organisation"], form.cleaned_data["dossier"]
        try:
            booking = bookings.book(self.session, house, dossier, by=self.request.user, at=self.at)
        except Refused as refused:
            if refused.codes != ["already"]:
                form.refuse(refused.refusals)
                return self.shown(self.attendance(), form, status=status_of(refused.codes))
            messages.success(self.request, str(refused))
            return redirect(self.request.path)
        messages.success(self.request, words.booked_for(house, booking.state == BookingState.BOOKED))
        return redirect(self.request.path)

    def attendance(self, data=None) -> list[AttendanceForm]:
        return [AttendanceForm(one, data) for one in self.sits]

    def booking_form(self, data=None) -> BookForForm:
        dossiers = Dossier.objects.of_cycle(self.session.cycle_id).in_state(*EDITABLE).order_by("number")
        return BookForForm(bookings.known_houses(self.session.cycle), dossiers, data)

    def shown(self, forms, form=None, *, problem: str = "", status: int = 200) -> HttpResponse:
        [seen] = sessions.shown([self.session])
        open_ = self.session.is_to_come(self.at)
        context = {
            "seen": seen,
            "session": self.session,
            "forms": forms,
            "waits": self.waits,
            "gone": self.gone,
            "of_team": self.of_team,
            "open": open_,
            "unsaid": any(one.is_open for one in forms),
            "begun": self.session.starts_at <= self.at and self.session.state != "cancelled",
            "form": form or (self.booking_form() if self.of_team and open_ else None),
            "problem": problem,
        }
        return render(self.request, "cases/session_desk.html", context, status=status)
