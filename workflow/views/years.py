"""From one year to the next: begin it, write it out as a file, bring a file in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from workflow import arrival, cloning, loading, registry, words
from workflow.calendar import is_working_day
from workflow.forms.years import FileForm, NextYearForm
from workflow.models import Cycle
from workflow.refusal import Refused
from workflow.views.campaign import CampaignView


class NextYearView(CampaignView):
    """The next cycle: its dates in a table, to be looked at before anything exists."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            following = cloning.begin(
                self.cycle, form.result(), roles=form.roles, by=request.user, at=self.at
            )
        except loading.CycleErrors as against:
            for error in against.errors:
                form.add_error(None, error.sentence)
            return self.shown(form, status=422)
        if following is None:
            form.add_error("code", words.TAKEN)
            return self.shown(form, status=422)
        messages.success(request, words.begun(following.name))
        return redirect("campaign-cycle", following.code)

    def form(self, data=None) -> NextYearForm:
        return NextYearForm(data, document=cloning.renewed(self.campaign.in_force))

    def shown(self, form: NextYearForm, status: int = 200) -> HttpResponse:
        was = self.campaign.in_force["jalons"]
        dates = [
            {
                "label": row["label"],
                "was": was[code],
                "begins": form[f"{code}.starts_on"],
                "ends": form[f"{code}.ends_on"],
                "idle": not is_working_day(row["ends_on"], form.document["cycle"]["region"]),
            }
            for code, row in form.document["jalons"].items()
        ]
        panels = registry.panels("campaign-next", self.cycle, self.request.user, self.at)
        return self.page("workflow/next_year.html", status, form=form, dates=dates, panels=panels)


@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The cycle as its file, under the newest rules."""
    cycle = get_object_or_404(Cycle.objects.read_by_team(request.user).for_pages(), code=code)
    text = loading.export(cycle, cycle.versions.order_by("number").last())
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{cycle.code}.yaml"'
    return answer


class FileView(View):
    """Bring a cycle's file in: say every error with its line, then what it changes, then load it."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        if not Cycle.objects.coordinated_by(request.user).exists():
            raise Http404
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(FileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.shown(form, status=422)
        raw, keeps = form.raw(), "load" in request.POST
        try:
            loaded, against = arrival.bring(raw, by=request.user, at=timezone.now(), keeps=keeps)
        except loading.CycleErrors as refused:
            return self.shown(self.again(raw), errors=refused.errors, status=422)
        except Refused as refused:
            return self.shown(self.again(raw), refusals=refused.refusals, status=422)
        if keeps:
            messages.success(request, words.loaded(words.what_loaded(loaded)))
            return redirect("campaign-cycle", loaded.cycle.code)
        told = words.what_loaded(loaded)
        return self.shown(self.again(raw), told=told, against=against, checked=True)

    def again(self, raw: bytes) -> FileForm:
        return FileForm(initial={"text": raw.decode("utf-8", "replace")})

    def shown(self, form: FileForm, status: int = 200, **more) -> HttpResponse:
        context = {"form": form, "errors": (), "refusals": (), "told": (), "against": (), "checked": False}
        return render(self.request, "workflow/file.html", context | more, status=status)
