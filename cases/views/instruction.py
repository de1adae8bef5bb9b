"""The team's side of the examination: the instruction sheet, saved then moved on, and the same on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import reading, words
from cases.forms.instruction import InstructionForm
from cases.models import Dossier, FundingLine, Instruction
from cases.sight import works_on
from cases.states import DossierMove, DossierState
from cases.views.editing import EditView
from workflow import engine


class TeamView(EditView):
    """A sheet that only the team writes, opened when it is first saved."""

    model: type

    def subject_of(self, dossier: Dossier):
        if not works_on(self.model, dossier, by=self.request.user, at=self.at):
            raise Http404
        return self.model.objects.within_reach(self.request.user).for_pages().of(dossier).first()

    def opened(self) -> dict:
        return {}

    def save(self, form) -> None:
        by, changes = self.request.user, form.changes()
        if self.subject is None or not form.cleaned_data["version"]:
            sheet = self.model(dossier=self.dossier, **self.opened(), **changes)
            reading.open_sheet(sheet, changes, by=by, at=self.at)
        else:
            engine.amend(self.subject, changes, by=by, at=self.at, version=form.cleaned_data["version"])


class InstructionView(TeamView):
    """Check, mark, summarise, propose; then admit, ask for more, or send to the financiers."""

    model = Instruction
    template = "cases/instruction.html"
    saved = words.SHEET_SAVED

    def form(self, data=None) -> InstructionForm:
        self.lines = list(FundingLine.objects.on_dossier(self.dossier))
        criteria = list(self.dossier.rules.criteria.order_by("pk"))
        version = self.subject.version if self.subject else 0
        lines = [line for line in self.lines if not line.in_kind]
        sends = self.dossier.state == DossierState.INSTRUCTION
        known = {"criteria": criteria, "sheet": self.subject, "lines": lines, "sends": sends}
        return InstructionForm(data, **known, initial={"version": version})

    def save(self, form: InstructionForm) -> None:
        who = {"by": self.request.user, "at": self.at, "version": form.cleaned_data["version"]}
        asked = form.invited() if self.request.POST.get("then") == DossierMove.OPEN_REVIEW else []
        reading.keep(self.dossier, self.subject, form.changes(), form.proposals(), asked, **who)

    def more(self, form: InstructionForm) -> dict:
        user = self.request.user
        ways = reading.ways_on(self.dossier, by=user, at=self.at)
        return {"beside": reading.beside(self.dossier, self.lines, user), "ways": ways}

    def onward(self) -> str:
        """« Enregistrer, puis… »: nothing that was typed is lost on the way to the move."""
        then = self.request.POST.get("then")
        return (
            reverse("dossier-move", args=[self.dossier.uuid, then])
            if then in reading.NEXT
            else self.request.path
        )


@require_safe
def instruction_sheet(request: HttpRequest, uuid) -> HttpResponse:
    """The same on paper: what the team reads and wrote, to be printed on A4."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
    if not works_on(Instruction, dossier, by=request.user, at=timezone.now()):
        raise Http404
    return render(request, "cases/instruction_sheet.html", reading.on_paper(dossier, request.user))
