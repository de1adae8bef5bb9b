"""Opinions filled in offline: the table to take away, the file that comes back, what it would do, then it is done."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views import View
from django.views.decorators.http import require_safe

from cases import exchange_words as words
from cases import homecoming, offline
from cases.exports import XLSX
from cases.forms.offline import PreviewForm, TableForm, TeamTableForm, sealed
from cases.workbook import WorkbookErrors
from workflow.calendar import paris_day


@require_safe
def offline_list(request: HttpRequest) -> HttpResponse:
    """The seats for which this person may fill in a table."""
    return render(request, "cases/offline_list.html", {"seats": offline.seats_of(request.user)})


def _seat(request: HttpRequest, code: str, giver: str) -> offline.Seat:
    seat = offline.seat_of(request.user, code, giver)
    if seat is None:
        raise Http404
    return seat


@require_safe
def offline_table(request: HttpRequest, code: str, giver: str) -> HttpResponse:
    """The table as it leaves."""
    seat = _seat(request, code, giver)
    name = f"avis-{slugify(seat.cycle.code)}-{giver}-{paris_day(timezone.now()):%Y-%m-%d}.xlsx"
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(offline.export(seat), content_type=XLSX, headers=told)


class OfflineView(View):
    """GET says how; a POST with a file previews it, a POST with a sealed preview does it."""

    def dispatch(self, request: HttpRequest, code: str, giver: str) -> HttpResponse:
        self.at = timezone.now()
        self.seat = _seat(request, code, giver)
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.confirm() if "sealed" in request.POST else self.bring()

    def form(self, *given) -> TableForm:
        return (TeamTableForm if self.seat.by_team else TableForm)(*given)

    def bring(self) -> HttpResponse:
        form = self.form(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            table = homecoming.read(form.cleaned_data["file"].read())
        except WorkbookErrors as wrong:
            return self.shown(form, errors=wrong.errors, status=422)
        if not homecoming.is_of(table, self.seat):
            same = table.cycle == self.seat.cycle.code
            form.add_error("file", words.of_another(table.cycle, f"{self.ours}", same_cycle=same))
            return self.shown(form, status=422)
        return self.previewed(form, table, form.told)

    @property
    def ours(self) -> str:
        return f"{self.seat.financier}, {self.seat.cycle}"

    def previewed(self, form: TableForm, table, told: dict, status: int = 200) -> HttpResponse:
        found = homecoming.preview(table, self.seat, told, by=self.request.user, at=self.at)
        if found.errors:
            return self.shown(form, errors=found.errors, status=422)
        seal = sealed(found, self.request.user, self.seat, told)
        return self.shown(form, found=found, seal=seal, status=status)

    def confirm(self) -> HttpResponse:
        by, opened = self.request.user, PreviewForm(self.request.POST).opened(self.request.user, self.seat)
        if opened is None:
            form = self.form()
            messages.warning(self.request, words.PREVIEW_OVER)
            return self.shown(form, status=422)
        table, told, promised = opened
        found = homecoming.preview(table, self.seat, told, by=by, at=self.at)
        maintained = set(self.request.POST.getlist("maintained"))
        many = homecoming.keep(found, promised, maintained, self.seat, told, by=by, at=self.at)
        if many is None:
            messages.warning(self.request, words.MOVED_MEANWHILE)
            return self.previewed(self.form(), table, told, status=409)
        aside = len(found.changes) - many
        messages.success(self.request, words.opinions_kept(many, aside))
        return redirect(self.request.path)

    def shown(self, form: TableForm, *, found=None, seal="", errors=(), status: int = 200) -> HttpResponse:
        context = {"seat": self.seat, "form": form, "found": found, "seal": seal, "errors": errors}
        context |= {"verdicts": offline.VERDICTS, "waiting": self.seat.to_fill().count()}
        return render(self.request, "cases/offline.html", context, status=status)
