"""The holder's side: begin a request, write it, join documents, answer what the team asked, tell the year."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from cases import drafts
from cases.forms.request import RequestForm
from cases.forms.sheets import BeginForm, CompletionForm, ReportForm
from cases.models import CompletionRequest, Document, Dossier, Envelope, Report
from cases.sight import is_writer, may_write
from cases.states import DossierMove, DossierState, ReportMove
from cases.views.editing import EditView
from workflow import engine


class BeginView(View):
    """« Commencer une demande » in one of the open calls."""

    def form(self, data=None) -> BeginForm:
        calls = drafts.open_calls(timezone.now()).select_related("current", "contract")
        self.cycle = get_object_or_404(calls, code=self.kwargs["code"])
        asking = drafts.organisations_of(self.request.user, self.cycle)
        if not asking.exists():
            raise PermissionDenied
        return BeginForm(data, cycle=self.cycle, organisations=asking)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        dossier = drafts.begin(self.cycle, form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("dossier-request", dossier.uuid)

    def shown(self, form, status: int = 200) -> HttpResponse:
        return render(self.request, "cases/begin.html", {"form": form, "cycle": self.cycle}, status=status)


class RequestView(EditView):
    """The request: written by those who may, read by everybody else who sees the dossier."""

    template = "cases/request.html"

    def form(self, data=None, files=None) -> RequestForm:
        one = self.dossier
        return RequestForm(
            data,
            files,
            dossier=one,
            questions=list(one.rules.questions.order_by("pk")),
            envelopes=list(Envelope.objects.of_cycle(one.cycle_id)),
            lines=list(one.lines.order_by("pk")),
            documents=self.documents(),
        )

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        if not is_writer(self.dossier, by=request.user, at=self.at):
            raise PermissionDenied
        return super().post(request, uuid)

    def documents(self) -> list[Document]:
        return list(self.dossier.documents.order_by("pk"))

    def save(self, form: RequestForm) -> None:
        by, at = self.request.user, self.at
        version = form.cleaned_data["version"]
        drafts.save(self.dossier, form.changes(at), form.amounts(), by=by, at=at, version=version)
        drafts.join(self.dossier, form.joined(), by=by, at=at)

    def more(self, form: RequestForm) -> dict:
        writes = may_write(self.dossier, by=self.request.user, at=self.at)
        missing = ()
        if writes and not self.completes:
            missing = engine.refusals(self.dossier, DossierMove.SUBMIT, by=self.request.user, at=self.at)
        return {
            "missing": form.pointed(missing),
            "writes": writes,
            "completes": self.completes,
            "documents": self.documents(),
        }

    @property
    def completes(self) -> bool:
        """Whether the request is open only because the team asked for something."""
        return self.dossier.state == DossierState.INCOMPLETE

    def onward(self, request: HttpRequest) -> str:
        if "file" not in request.POST:
            return request.path
        if self.completes:
            return reverse("dossier-completion", args=[self.dossier.uuid])
        return reverse("dossier-move", args=[self.dossier.uuid, DossierMove.SUBMIT])


class CompletionView(EditView):
    """Answer a completion request, point by point, and send it."""

    template = "cases/completion.html"
    saved = "Vos réponses sont enregistrées."

    def subject_of(self, dossier: Dossier) -> CompletionRequest:
        mine = CompletionRequest.objects.within_reach(self.request.user).open_for(dossier)
        return get_object_or_404(mine)

    def form(self, data=None, files=None) -> CompletionForm:
        return CompletionForm(data, request=self.subject, initial={"version": self.subject.version})

    def save(self, form: CompletionForm) -> None:
        by, version = self.request.user, form.cleaned_data["version"]
        engine.amend(self.subject, form.changes(), by=by, at=self.at, version=version)

    def onward(self, request: HttpRequest) -> str:
        return reverse("dossier-move", args=[self.dossier.uuid, DossierMove.COMPLETE])


class ReportView(EditView):
    """The report of the year: written by the holder, read by the team."""

    template = "cases/report.html"

    def subject_of(self, dossier: Dossier) -> Report:
        reports = Report.objects.within_reach(self.request.user).order_by("kind_of")
        return get_object_or_404(reports, dossier=dossier, kind_of="final")

    def form(self, data=None, files=None) -> ReportForm:
        known = {name: getattr(self.subject, name) for name in ("text", "people", "spent", "version")}
        return ReportForm(data, initial=known)

    def save(self, form: ReportForm) -> None:
        by, version = self.request.user, form.cleaned_data["version"]
        engine.amend(self.subject, form.changes(), by=by, at=self.at, version=version)

    def more(self, form: ReportForm) -> dict:
        moves = engine.available(self.subject, by=self.request.user, at=self.at)
        return {
            "moves": [(ReportMove(name), refusals) for name, refusals in moves.items()],
            "writes": ReportMove.FILE in moves,
        }


@require_safe
def document(request: HttpRequest, uuid) -> FileResponse:
    """One joined file, always as an attachment: a browser never shows what somebody sent."""
    one = get_object_or_404(Document.objects.visible_to(request.user), uuid=uuid)
    kind = "application/octet-stream"
    try:
        content = one.file.open()
    except (ValueError, FileNotFoundError):  # because a restored database may come without its files
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=one.name, content_type=kind)
