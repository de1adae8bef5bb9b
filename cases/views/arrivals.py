"""Somebody else's table: brought in as drafts, or set beside what Dauphin says. Nothing is kept before it was read."""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from cases import arrivals, mapping
from cases import exchange_words as words
from cases.forms.arrivals import LONGEST_SEAL, ForeignFileForm, MappingForm, seal, unseal
from cases.reconciliation import reconcile
from cases.workbook import WorkbookErrors
from cases.workbook.foreign import TOO_LONG, ForeignTable, read_foreign
from workflow.models import Cycle
from workflow.refusal import Refused


class ArrivalsView(View):
    """A file, then its columns, then what it would do; « keep » does it."""

    def dispatch(self, request: HttpRequest, code: str) -> HttpResponse:
        self.at = timezone.now()
        self.cycle = get_object_or_404(Cycle.objects.coordinated_by(request.user), code=code)
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(form=ForeignFileForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "sealed" not in request.POST:
            return self.bring()
        table = unseal(request.POST["sealed"], request.user, self.cycle)
        if table is None:
            messages.warning(request, words.TABLE_OVER)
            return self.shown(form=ForeignFileForm(), status=422)
        columns = self.mapping(table, request.POST)
        if not columns.is_valid():
            return self.mapped(table, columns, status=422)
        return self.act(table, columns)

    def bring(self) -> HttpResponse:
        form = ForeignFileForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self.shown(form=form, status=422)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "tableau.xlsx"
            path.write_bytes(form.cleaned_data["file"].read())
            try:
                table = read_foreign(path)
            except WorkbookErrors as wrong:
                return self.shown(form=form, errors=wrong.errors, status=422)
        return self.mapped(table, self.mapping(table))

    def mapping(self, table: ForeignTable, data=None) -> MappingForm:
        fields = mapping.fields_of(self.cycle)
        proposed = {} if data else mapping.proposed(table, self.cycle, fields)
        return MappingForm(table, fields, data, proposed=proposed)

    def act(self, table: ForeignTable, form: MappingForm) -> HttpResponse:
        columns, action = form.columns, self.request.POST.get("action", "")
        mapping.remember(self.cycle, table, columns)
        try:
            if action == "reconcile":
                return self.mapped(table, form, beside=reconcile(table, columns, self.cycle))
            programming = arrivals.programming_of(table, columns, self.cycle)
            keeps = action == "keep"
            found = arrivals.bring_in(programming, self.cycle, by=self.request.user, at=self.at, keeps=keeps)
        except WorkbookErrors as wrong:
            return self.mapped(table, form, errors=wrong.errors, status=422)
        except Refused as refused:
            return self.mapped(table, form, refusals=refused.refusals, status=422)
        if not keeps:
            told = arrivals.turned_down(table, columns)
            return self.mapped(table, form, drafts=programming.rows, turned_down=told)
        messages.success(self.request, words.brought_in(len(found)))
        return redirect("dossier-list")

    def mapped(self, table: ForeignTable, form: MappingForm, *, status: int = 200, **more) -> HttpResponse:
        sealed = seal(table, self.request.user, self.cycle)
        if len(sealed) > LONGEST_SEAL:
            form = ForeignFileForm({}, {})
            form.is_valid()
            form.errors["file"] = form.error_class([TOO_LONG])
            return self.shown(form=form, status=422)
        return self.shown(table=table, columns=form, sealed=sealed, status=status, **more)

    def shown(self, *, status: int = 200, **more) -> HttpResponse:
        known = {"cycle": self.cycle, "form": None, "columns": None, "beside": None, "drafts": None}
        known |= {"errors": (), "refusals": (), "table": None, "sealed": "", "turned_down": ()}
        return render(self.request, "cases/arrivals.html", known | more, status=status)
