"""One section of the cycle: its rows in order, and the form of one of them. The declaration of the section says all."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from workflow import forecast, words
from workflow.campaign import change, digest, part_of, with_part, with_rows
from workflow.forms.rows import RowForm
from workflow.loading import CycleDocument
from workflow.loading.removing import may_go
from workflow.loading.section import Field, Row, Section
from workflow.refusal import Refused
from workflow.story import story
from workflow.views import foreseen
from workflow.views.campaign import CampaignView, desk, part_url, place_url, slug_of

LAST_ONES = 1


class PartView(CampaignView):
    """The rows of a section, each with its form; a section of one row is that form."""

    def get(self, request: HttpRequest, part: str) -> HttpResponse:
        section = self.asked(part)
        if section.single:
            return RowView.as_view()(request, code=self.cycle.code, part=part)
        return self.shown(section)

    def post(self, request: HttpRequest, part: str) -> HttpResponse:
        """Put one row before or after its neighbour."""
        section = self.asked(part)
        if section.single:
            return RowView.as_view()(request, code=self.cycle.code, part=part)
        moved = request.POST.get("up") or request.POST.get("down") or ""
        if not section.of_version or moved not in self.campaign.document[section.name]:
            return self.shown(section, status=422)
        step = -1 if request.POST.get("up") else 1
        try:
            change(
                self.cycle,
                lambda document: with_rows(document, section, swapped(document[section.name], moved, step)),
                by=request.user,
                at=self.at,
                shown=lambda document: list(document[section.name]),
                seen=request.POST.get("seen", ""),
            )
        except Refused as refused:
            return self.shown(section, refusals=refused.refusals, status=409)
        return redirect(part_url(self.cycle, section))

    def shown(self, section: Section, refusals=(), status: int = 200) -> HttpResponse:
        document = self.campaign.document
        rows = document[section.name]
        context = {
            "section": section,
            "slug": slug_of(section),
            "rows": [self.row(section, code, row) for code, row in rows.items()],
            "seen": digest(list(rows)),
            "refusals": refusals,
            "against": [one for one in self.campaign.refusals if one.place.split("/")[0] == section.name],
            "desk": desk(section),
        }
        return self.page("workflow/part.html", status, **context)

    def row(self, section: Section, code: str, row: Row) -> dict[str, Any]:
        document = self.campaign.document
        against = [one for one in self.campaign.refusals if _is_about(one.place, f"{section.name}/{code}")]
        return {
            "code": code,
            "name": section.name_of(row),
            "said": section.says(document, row),
            "facts": words.facts_said(section, row, document),
            "url": place_url(self.cycle, f"{section.name}/{code}"),
            "against": against,
        }


def _is_about(place: str, row: str) -> bool:
    return place == row or place.startswith(f"{row}/")


def swapped(rows: dict[str, Row], code: str, step: int) -> dict[str, Row]:
    """The same rows with one of them a place further; the first and the last stay where they are."""
    order = list(rows)
    here = order.index(code)
    there = min(max(here + step, 0), len(order) - 1)
    order[here], order[there] = order[there], order[here]
    return {name: rows[name] for name in order}


def is_twin(section: Section, row: Row, rows: dict[str, Row]) -> bool:
    """Whether a new row says, code apart, what another says already."""
    return any(row == one | {section.identity: row[section.identity]} for one in rows.values())


class RowView(CampaignView):
    """One row: read, changed or taken out. A change that moves dates says first all that it moves."""

    adds = False

    def get(self, request: HttpRequest, part: str, row: str = "") -> HttpResponse:
        section = self.asked(part)
        return self.shown(section, row, self.form(section, row))

    def post(self, request: HttpRequest, part: str, row: str = "") -> HttpResponse:
        section = self.asked(part)
        if "remove" in request.POST:
            return self.remove(section, row)
        form = self.form(section, row, request.POST)
        if not form.is_valid():
            return self.shown(section, row, form, status=422)
        if "confirmed" not in request.POST and (found := foreseen.by_typing(self, section, form)):
            return self.page(section=section, form=form, **found)
        return self.save(section, row, form)

    def form(self, section: Section, row: str, data=None) -> RowForm:
        there = None if self.adds else part_of(self.campaign.document, section, row)
        if (there is None and not self.adds) or (section.single and (row or self.adds)):
            raise Http404
        return RowForm(data, section=section, row=there, document=self.campaign.document)

    def save(self, section: Section, row: str, form: RowForm) -> HttpResponse:
        along = self.request.POST.getlist("along")
        try:
            done = change(
                self.cycle,
                lambda document: self.written(document, section, form, along),
                by=self.request.user,
                at=self.at,
                shown=None if self.adds else lambda document: part_of(document, section, row),
                seen=form.cleaned_data["seen"],
            )
        except Refused as refused:
            return self.refused(section, row, form, refused)
        messages.success(self.request, self.thanks(section) if done else words.NOTHING_NEW)
        return redirect(self.back(section))

    def written(self, document: CycleDocument, section: Section, form: RowForm, along=()) -> CycleDocument:
        """The document with what was typed; a row added twice by one double click stands once."""
        code, row = form.result(document)
        if self.adds and is_twin(section, row, form.siblings(document)):
            return document
        return forecast.moved_along(with_part(document, section, code, row), document, section, code, along)

    def refused(self, section: Section, row: str, form: RowForm, refused: Refused) -> HttpResponse:
        """The same page with what was typed; where it was stale, what is kept now and who wrote last."""
        stale = "stale" in refused.codes
        if stale:
            self.campaign = type(self.campaign).of(self.cycle)
            form = self.form(section, row, self.request.POST)
            form.is_valid()
            form.renew()
        form.refuse(refused.refusals)
        changed = story(self.cycle, self.request.user, LAST_ONES) if stale else []
        kept = form.otherwise() if stale else []
        return self.shown(section, row, form, status=409 if stale else 422, changed=changed, kept=kept)

    def remove(self, section: Section, row: str) -> HttpResponse:
        there = part_of(self.campaign.document, section, row)
        if not may_go(section):
            raise Http404
        if "confirmed" not in self.request.POST and (found := foreseen.by_removing(self, section, row)):
            return self.page(section=section, form=(), **found | {"seen": self.request.POST.get("seen", "")})
        if there is not None:
            try:
                change(
                    self.cycle,
                    lambda document: with_part(document, section, row, None),
                    by=self.request.user,
                    at=self.at,
                    shown=lambda document: part_of(document, section, row),
                    seen=self.request.POST.get("seen", ""),
                )
            except Refused as refused:
                status = 409 if "stale" in refused.codes else 422
                form = self.form(section, row)
                return self.shown(section, row, form, status=status, refusals=refused.refusals)
        messages.success(self.request, words.REMOVED if section.of_version else words.SAVED)
        return redirect(self.back(section))

    def shown(self, section: Section, row: str, form: RowForm, status: int = 200, **more) -> HttpResponse:
        context = {
            "section": section,
            "form": form,
            "name": section.title if section.single or self.adds else section.name_of(form.row),
            "adds": self.adds,
            "removable": not self.adds and may_go(section),
            "inside": () if self.adds else [self.nested(field, form.row, row) for field in section.nested],
            "back": self.back(section),
            "up": self.up(section),
            "said": section.says(self.campaign.document, form.row) if section.foreseen and form.row else "",
            "changed": (),
            "kept": (),
            "refusals": (),
        }
        return self.page("workflow/row.html", status, **context | more)

    def nested(self, field: Field, there: Row, row: str) -> dict[str, Any]:
        """The rows that stand inside this one, and where another is added."""
        rows = [(field.rows.name_of(one), "") for one in there[field.attr].values()]
        url = reverse("campaign-add-inside", args=[self.cycle.code, slug_of(field.rows), row])
        return {"section": field.rows, "rows": rows, "url": url}

    def thanks(self, section: Section) -> str:
        return words.IN_DRAFT if section.of_version else words.SAVED

    def up(self, section: Section) -> str:
        """What the page above is called."""
        return words.CAMPAIGN if section.single else section.title or section.name

    def back(self, section: Section) -> str:
        return self.cycle_url() if section.single else part_url(self.cycle, section)
