"""Who is invited to a committee, who came, and what each partner expects: typed by the team, or by a link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator

from cases import attendance, goals
from cases import committee_words as words
from cases.forms.attendance import AttendeeForm, GoalsForm, PresenceForm, WelcomeForm
from cases.forms.committees import whole
from cases.models import Attendee
from cases.views.committee_pages import CommitteePage
from cases.views.editing import FormPage, VersionedPage
from cases.views.links import discreet, nobody
from cases.views.moves import status_of
from cases.words import CHOOSE_AN_ACTION
from workflow import engine, roles
from workflow.calendar import paris_day
from workflow.refusal import Refused
from workflow.roles import Role


class AttendanceView(CommitteePage):
    """GET shows who is invited and who came; POST invites, adds by name, notes presences, takes somebody out."""

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        actions = {"invite": self.invite, "goals": self.ask_goals, "add": self.add, "note": self.note}
        action = request.POST.get("action", "")
        act = self.withdraw if action.startswith("remove-") else actions.get(action)
        try:
            return act() if act else self.shown(problem=[CHOOSE_AN_ACTION], status=422)
        except Refused as refused:
            said = [one.sentence for one in refused.refusals]
            return self.shown(problem=said, status=status_of(refused.codes))

    def invite(self) -> HttpResponse:
        many = attendance.invite(self.committee, by=self.request.user, at=self.at)
        return self.done(words.invited(many))

    def ask_goals(self) -> HttpResponse:
        new = goals.ask(self.committee, by=self.request.user, at=self.at)
        last = goals.asking_of(self.committee).last_at if not new else self.at
        return self.done(words.goals_asked(len(new), last))

    def add(self) -> HttpResponse:
        form = WelcomeForm(self.request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        people = form.cleaned_data["people"]
        return self.done(
            words.invited(attendance.welcome(self.committee, people, by=self.request.user, at=self.at))
        )

    def note(self) -> HttpResponse:
        """Each presence that changed; where one cannot be noted the others are, and the page says which."""
        forms = [PresenceForm(one, self.request.POST) for one in self.attendees()]
        valid = [form.is_valid() for form in forms]  # because every mistake is said at once
        if not all(valid):
            return self.shown(presences=forms, status=422)
        changes = {form.attendee: form.changes for form in forms if form.changes}
        versions = {form.attendee.pk: form.cleaned_data["version"] for form in forms}
        refused = attendance.note(changes, versions, by=self.request.user, at=self.at)
        if not refused:
            return self.done(words.PRESENCES_NOTED)
        fresh = [PresenceForm(one, self.request.POST) for one in self.attendees()]
        for form in fresh:
            if form.is_valid() and form.attendee.pk in refused:
                form.refuse(refused[form.attendee.pk].refusals)
            form.renew(form.attendee.version)
        codes = [code for one in refused.values() for code in one.codes]
        return self.shown(presences=fresh, status=status_of(codes))

    def withdraw(self) -> HttpResponse:
        key = self.request.POST["action"].removeprefix("remove-")
        found = next((one for one in self.attendees() if str(one.pk) == key), None)
        if found is None:
            return self.shown(problem=[words.ATTENDEE_GONE], status=422)
        version = whole(self.request.POST.get(f"{found.pk}-version"))
        attendance.withdraw(found, version=version, by=self.request.user, at=self.at)
        return self.done(words.ATTENDEE_REMOVED)

    def attendees(self) -> list[Attendee]:
        return list(Attendee.objects.of(self.committee).select_related("seat"))

    def done(self, told: str) -> HttpResponse:
        messages.success(self.request, told)
        return redirect(self.request.path)

    def shown(self, form=None, *, presences=None, problem=(), status: int = 200) -> HttpResponse:
        rows = presences or [PresenceForm(one) for one in self.attendees()]
        context = self.shared | {
            "rows": rows,
            "present": sum(row.attendee.sits for row in rows),
            "form": form or WelcomeForm(),
            "asking": None,
            "problem": problem,
        }
        if self.may_write and self.committee.on >= paris_day(self.at):
            context["asking"] = goals.asking_of(self.committee, [row.attendee for row in rows])
        return render(self.request, "cases/committee_attendance.html", context, status=status)


class AttendeeView(VersionedPage):
    """GET shows one person and the link by which they say what they expect; POST corrects what is written."""

    template, saved = "cases/attendee.html", words.ATTENDEE_SAVED

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.subject = get_object_or_404(Attendee.objects.visible_to(request.user), uuid=uuid)
        if not roles.may(roles.seen_by(request.user), self.subject, [Role.COORDINATOR]):
            return render(request, "403.html", status=403)
        return super().dispatch(request, uuid)

    def form(self, data=None) -> AttendeeForm:
        return AttendeeForm(self.subject, data)

    def save(self, form: AttendeeForm) -> None:
        version = form.cleaned_data["version"]
        engine.amend(self.subject, form.changes, by=self.request.user, at=self.at, version=version)

    def beside(self, form: AttendeeForm) -> dict[str, Any]:
        link = self.request.build_absolute_uri(attendance.path_of(self.subject))
        return {"attendee": self.subject, "committee": self.subject.committee, "link": link}

    def onward(self) -> str:
        return reverse("committee-attendance", args=[self.subject.committee.uuid])


class GoalsView(FormPage):
    """What somebody expects of a sitting, by a link that opens nothing else: GET shows, POST writes."""

    template, saved = "cases/committee_goals.html", words.GOALS_SAVED

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        self.attendee = attendance.opened(token, self.at)
        if self.attendee is None:
            return discreet(render(request, "cases/committee_goals_over.html", nobody(), status=404))
        return discreet(super().dispatch(request, token))

    def form(self, data=None) -> GoalsForm:
        return GoalsForm(self.attendee, data)

    def save(self, form: GoalsForm) -> None:
        attendance.expect(self.attendee, form.cleaned_data["goals"], form.cleaned_data["version"], at=self.at)

    def refused(self, form: GoalsForm, refused: Refused) -> HttpResponse:
        """Nothing more of the attendee is told to whoever holds a link."""
        self.attendee.refresh_from_db()
        form.renew(self.attendee.version)
        return super().refused(form, refused)

    def beside(self, form: GoalsForm) -> dict[str, Any]:
        return {"attendee": self.attendee, "committee": self.attendee.committee} | nobody()
