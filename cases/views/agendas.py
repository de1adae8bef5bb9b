"""The order of the day of a committee: made in one click, adjusted by hand, what is left carried on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from cases import committee_words as words
from cases import order_of_day, sitting
from cases.board import board
from cases.chronicle import changes_since
from cases.forms.agenda_items import ConclusionForm, ItemForm, PointForm
from cases.forms.committees import whole
from cases.models import AgendaItem, Attendee
from cases.states import ItemMove
from cases.views.committee_pages import CommitteePage
from cases.views.moves import status_of
from cases.words import CHOOSE_AN_ACTION
from workflow import engine, roles
from workflow.refusal import Refused
from workflow.roles import Role

NOTED = "noted_%s"
"""The ids of the second form of one page."""


class AgendaView(CommitteePage):
    """GET shows the points with their hours; POST makes them, adds one, moves or removes one, carries what is left."""

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(PointForm(self.committee))

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        actions = {"make": self.make, "add": self.add, "carry": self.carry}
        actions |= {"up": self.shift, "down": self.shift, "remove": self.remove}
        act = actions.get(request.POST.get("action", ""))
        try:
            return act() if act else self.shown(problem=[CHOOSE_AN_ACTION], status=422)
        except Refused as refused:
            said = [one.sentence for one in refused.refusals]
            return self.shown(problem=said, status=status_of(refused.codes))

    def make(self) -> HttpResponse:
        table = board(sitting.tabled(self.committee, self.request.user), self.committee.cycle)
        added = order_of_day.make(self.committee, table, by=self.request.user, at=self.at)
        return self.done(words.AGENDA_MADE if added else words.AGENDA_COMPLETE)

    def add(self) -> HttpResponse:
        form = PointForm(self.committee, self.request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            order_of_day.add(self.committee, form.fields_typed, by=self.request.user, at=self.at)
        except Refused as refused:
            form.refuse(refused.refusals)
            return self.shown(form, status=status_of(refused.codes))
        return self.done(words.ITEM_ADDED)

    def shift(self) -> HttpResponse:
        item = self.named()
        if item is None:
            return self.shown(problem=[words.ITEM_GONE], status=422)
        later = self.request.POST["action"] == "down"
        version = whole(self.request.POST.get("version"))
        order_of_day.shift(item, later=later, version=version, by=self.request.user, at=self.at)
        return self.done(words.ITEM_MOVED, anchor=f"#point-{item.pk}")

    def remove(self) -> HttpResponse:
        item = self.named()
        if item is None:
            return self.shown(problem=[words.ITEM_GONE], status=422)
        order_of_day.remove(item, by=self.request.user, at=self.at)
        return self.done(words.ITEM_REMOVED)

    def carry(self) -> HttpResponse:
        target = order_of_day.next_committee(self.committee)
        if target is None:
            return self.shown(problem=[words.NO_LATER], status=422)
        points = order_of_day.order_of_day(self.committee)
        keys = {one.item.pk: whole(self.request.POST.get(f"version-{one.item.pk}")) for one in points}
        versions = {key: version for key, version in keys.items() if version is not None}
        many = order_of_day.carry(points, target, by=self.request.user, at=self.at, versions=versions)
        return self.done(words.carried(many, target) if many else words.NOTHING_LEFT)

    def named(self) -> AgendaItem | None:
        found = AgendaItem.objects.of(self.committee)
        return next((one for one in found if str(one.uuid) == self.request.POST.get("item")), None)

    def done(self, told: str, anchor: str = "") -> HttpResponse:
        messages.success(self.request, told)
        return redirect(f"{self.request.path}{anchor}")

    def shown(self, form: PointForm | None = None, *, problem=(), status: int = 200) -> HttpResponse:
        points = order_of_day.order_of_day(self.committee)
        context = self.shared | {
            "points": points,
            "left": [point for point in points if point.is_left],
            "expected": Attendee.objects.of(self.committee).with_goals(),
            "target": order_of_day.next_committee(self.committee),
            "form": form or PointForm(self.committee),
            "problem": problem,
        }
        return render(self.request, "cases/committee_agenda.html", context, status=status)


class ItemView(View):
    """GET shows one point to its coordinator; POST changes it, notes its conclusion, or opens it again."""

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.at = timezone.now()
        self.item = get_object_or_404(AgendaItem.objects.visible_to(request.user), uuid=uuid)
        if not roles.may(roles.seen_by(request.user), self.item, [Role.COORDINATOR]):
            return render(request, "403.html", status=403)
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(ItemForm(self.item), self.conclusion())

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        if request.POST.get("action") in (ItemMove.CONCLUDE, ItemMove.TAKE_UP):
            return self.move(ItemMove(request.POST["action"]))
        form = ItemForm(self.item, request.POST)
        if not form.is_valid():
            return self.shown(form, self.conclusion(), status=422)
        version = form.cleaned_data["version"]
        try:
            engine.amend(self.item, form.changes, by=request.user, at=self.at, version=version)
        except Refused as refused:
            changed = self.renewed(form, refused)
            form.refuse(refused.refusals)
            return self.shown(form, self.conclusion(), changed=changed, status=status_of(refused.codes))
        return self.done(words.ITEM_SAVED)

    def move(self, move: ItemMove) -> HttpResponse:
        form = ConclusionForm(self.request.POST, auto_id=NOTED)
        if not form.is_valid():
            return self.shown(ItemForm(self.item), form, status=422)
        said, version = form.cleaned_data["conclusion"], form.cleaned_data["version"]
        facts = {"conclusion": said} if move is ItemMove.CONCLUDE else {}
        try:
            engine.fire(self.item, move, by=self.request.user, at=self.at, version=version, facts=facts)
        except Refused as refused:
            changed = self.renewed(form, refused)
            form.refuse(refused.refusals)
            return self.shown(ItemForm(self.item), form, changed=changed, status=status_of(refused.codes))
        return self.done(words.ITEM_CONCLUDED if facts else words.ITEM_TAKEN_UP)

    def conclusion(self) -> ConclusionForm:
        told = {"version": self.item.version, "conclusion": self.item.conclusion}
        return ConclusionForm(initial=told, auto_id=NOTED)

    def renewed(self, form, refused: Refused) -> list:
        """What others did meanwhile, and the form on what stands now."""
        if "stale" not in refused.codes:
            return []
        changed = changes_since(self.item, form.cleaned_data["version"], self.request.user)
        self.item = AgendaItem.objects.visible_to(self.request.user).get(pk=self.item.pk)
        form.renew(self.item.version)
        return changed

    def done(self, told: str) -> HttpResponse:
        messages.success(self.request, told)
        agenda = reverse("committee-agenda", args=[self.item.committee.uuid])
        return redirect(f"{agenda}#point-{self.item.pk}")

    def shown(self, form, conclusion, *, changed=(), status: int = 200) -> HttpResponse:
        context = {"item": self.item, "committee": self.item.committee, "form": form}
        context |= {"conclusion": conclusion, "changed": changed}
        return render(self.request, "cases/agenda_item.html", context, status=status)
