"""People and roles: a coordinator's of a cycle, a holder's of their own organisation."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from cases import people, words
from cases.forms.people import ColleagueForm, InviteForm
from cases.views.moves import status_of
from workflow.models import Cycle, Grant
from workflow.refusal import Refused
from workflow.roles import Role


class RolesView(View):
    """POST invites, withdraws a role or closes an account, as its button says; a subclass says among whom."""

    template: str

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        actions = {"invite": self.invite, "end": self.end, "close": self.close}
        act = actions.get(request.POST.get("action", ""))
        try:
            return act() if act else self.shown(self.form(), problem=words.CHOOSE_AN_ACTION, status=422)
        except Refused as refused:
            problem = " ".join(refusal.sentence for refusal in refused.refusals)
            return self.shown(self.form(), problem=problem, status=status_of(refused.codes))

    def invite(self) -> HttpResponse:
        form = self.form(self.request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            with transaction.atomic():
                grant = self.grant(form)
                people.invite(form.who, grant, by=self.request.user, at=self.at, reopens=form.reopens)
        except Refused as refused:
            form.refuse(refused.refusals)
            return self.shown(form, status=status_of(refused.codes))
        return self.thanks(words.role_given(grant.user, grant.get_role_display()))

    def end(self) -> HttpResponse:
        grant, version = self.picked()
        people.withdraw([grant], by=self.request.user, at=self.at, versions={grant.pk: version})
        return self.thanks(words.role_withdrawn(grant.user, grant.get_role_display()))

    def close(self) -> HttpResponse:
        person = next(
            (one for one in self.people() if str(one.user.pk) == self.request.POST.get("person")), None
        )
        if person is None:
            raise Http404
        people.close(person, by=self.request.user, at=self.at)
        return self.thanks(words.account_closed(person.user))

    def picked(self) -> tuple[Grant, int]:
        """The role of a form « key:version », if it is one of those shown."""
        key, _, version = self.request.POST.get("grant", "").partition(":")
        shown = {str(grant.pk): grant for person in self.people() for grant in person.grants}
        if key not in shown or not (version.isdecimal() and len(version) < 10):
            raise Http404
        return shown[key], int(version)

    def thanks(self, told: str) -> HttpResponse:
        """The page again; home for somebody who has just given up the role that opens it."""
        messages.success(self.request, told)
        return redirect(self.request.path if self.is_still_open() else "todo")

    def is_still_open(self) -> bool:
        return True

    def shown(self, form, *, problem: str = "", status: int = 200) -> HttpResponse:
        groups = people.by_role(self.people())
        context = {"form": form, "groups": groups, "problem": problem} | self.more()
        return render(self.request, self.template, context, status=status)

    def more(self) -> dict:
        return {}


class PeopleView(RolesView):
    """Everybody of one cycle."""

    template = "cases/people.html"

    def dispatch(self, request: HttpRequest, code: str) -> HttpResponse:
        self.cycle = get_object_or_404(Cycle.objects.coordinated_by(request.user), code=code)
        return super().dispatch(request)

    def is_still_open(self) -> bool:
        return Cycle.objects.coordinated_by(self.request.user).contains(self.cycle)

    def people(self) -> list[people.Person]:
        return people.people_of(self.cycle)

    def form(self, data=None) -> InviteForm:
        return InviteForm(self.cycle, data)

    def grant(self, form: InviteForm) -> Grant:
        """Under the lock of the cycle, so that two clicks begin one association."""
        Cycle.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.cycle.pk)
        return people.role_in(self.cycle, form.cleaned_data["role"], form.house())

    def more(self) -> dict:
        changes = [
            (entry.at, people.told(entry, grant)) for entry, grant in people.recent_changes(self.cycle)
        ]
        return {"cycle": self.cycle, "changes": changes}


class ColleaguesView(RolesView):
    """Those who stand for one's own organisation."""

    template = "cases/colleagues.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        self.houses = people.houses_of(request.user)
        if not self.houses.exists():
            raise Http404
        return super().dispatch(request)

    def is_still_open(self) -> bool:
        return people.houses_of(self.request.user).exists()

    def people(self) -> list[people.Person]:
        return people.colleagues_of(self.request.user)

    def form(self, data=None) -> ColleagueForm:
        return ColleagueForm(self.houses, data)

    def grant(self, form: ColleagueForm) -> Grant:
        """As lasting as the role of the one who invites."""
        house = form.cleaned_data["organisation"]
        own = self.request.user.grants.filter(role=Role.HOLDER, organisation=house).order_by("-cycle", "pk")
        scope = min((one.cycle_id for one in own), key=lambda cycle: cycle is not None)
        return Grant(role=Role.HOLDER, cycle_id=scope, organisation=house)

    def close(self) -> HttpResponse:
        raise Http404  # because a colleague's account may serve elsewhere: only the role is theirs to withdraw
