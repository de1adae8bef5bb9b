"""The open data of a year: what may leave, what it still misses, one file per attributing body."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases import exchange_words as words
from cases import open_data as data
from cases.forms.open_data import FileForm, SubsidyForm
from cases.views.editing import VersionedPage
from workflow.calendar import paris_day
from workflow.models import Cycle


def _cycle(request: HttpRequest, code: str) -> Cycle:
    return get_object_or_404(Cycle.objects.coordinated_by(request.user), code=code)


@require_safe
def open_data(request: HttpRequest, code: str) -> HttpResponse:
    """Body by body: who would be named, and what is missing before anything leaves."""
    return _shown(request, _cycle(request, code))


@require_safe
def open_data_file(request: HttpRequest, code: str, giver: str) -> HttpResponse:
    """The file of one body, complete rows only; the page again until its one question is answered."""
    cycle = _cycle(request, code)
    body = next((one for one in data.bodies_of(cycle) if one.financier.code == giver), None)
    if body is None:
        raise Http404
    form = FileForm(request.GET)
    if not (form.is_valid() and body.ready):
        return _shown(request, cycle, {giver: form}, status=422)
    name = f"subventions-{body.financier.organisation.siret}-{cycle.year}.csv"
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = body.file(form.cleaned_data["notified"])
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=told)


def _shown(request: HttpRequest, cycle: Cycle, asked: dict | None = None, status: int = 200) -> HttpResponse:
    bodies = data.bodies_of(cycle)
    forms = [(asked or {}).get(one.financier.code) or FileForm() for one in bodies]
    for body, form in zip(bodies, forms, strict=True):
        form.auto_id = f"{body.financier.code}_%s"
    context = {"cycle": cycle, "bodies": list(zip(bodies, forms, strict=True)), "held": data.held_back(cycle)}
    context["wrong"] = next((form for form in forms if form.errors), None)
    return render(request, "cases/open_data.html", context, status=status)


class SubsidyView(VersionedPage):
    """The act of one subsidy, and the identity of its holder."""

    template, saved = "cases/open_data_line.html", words.SUBSIDY_COMPLETED

    def dispatch(self, request: HttpRequest, code: str, uuid) -> HttpResponse:
        self.cycle = _cycle(request, code)
        self.subject = get_object_or_404(data.of_cycle(self.cycle), uuid=uuid)
        return super().dispatch(request)

    def form(self, data=None) -> SubsidyForm:
        return SubsidyForm(self.subject, data, on=paris_day(self.at))

    def save(self, form: SubsidyForm) -> None:
        typed, by = form.cleaned_data, self.request.user
        data.complete(
            self.subject, form.facts, form.holder,
            seen=typed["seen"], version=typed["version"], by=by, at=self.at,
        )  # fmt: skip

    def beside(self, form: SubsidyForm) -> dict[str, Any]:
        return {"cycle": self.cycle, "line": self.subject}

    def onward(self) -> str:
        return reverse("open-data", args=[self.cycle.code])
