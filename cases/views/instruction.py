"""The team's side: the instruction sheet, and the fiche de motivation with its preview beside it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases import reading, words
from cases.forms.feedback import FeedbackForm
from cases.forms.instruction import InstructionForm
from cases.models import Dossier, Feedback, FundingLine, Instruction
from cases.preview import preview
from cases.sight import works_on
from cases.states import DossierMove, DossierState, FeedbackMove
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

    def form(self, data=None, files=None) -> InstructionForm:
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

    def onward(self, request: HttpRequest) -> str:
        """« Enregistrer, puis… »: nothing that was typed is lost on the way to the move."""
        then = request.POST.get("then")
        return (
            reverse("dossier-move", args=[self.dossier.uuid, then]) if then in reading.NEXT else request.path
        )


@require_safe
def instruction_sheet(request: HttpRequest, uuid) -> HttpResponse:
    """The same on paper: what the team reads and wrote, to be printed on A4."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
    if not works_on(Instruction, dossier, by=request.user, at=timezone.now()):
        raise Http404
    return render(request, "cases/instruction_sheet.html", reading.on_paper(dossier, request.user))


class FeedbackView(TeamView):
    """Write the sheet and see it as the holder will; the holder reads it once it is delivered."""

    model = Feedback
    template = "cases/feedback.html"

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
        if works_on(Feedback, dossier, by=request.user, at=self.at):
            return super().dispatch(request, uuid)
        delivered = Feedback.objects.within_reach(request.user, "see").in_state("delivered")
        sheet = get_object_or_404(delivered, dossier=dossier)
        read = preview(dossier, sheet, to_holder=True)
        return render(request, "cases/feedback_sheet.html", {"dossier": dossier, "sheet": read})

    def form(self, data=None, files=None) -> FeedbackForm:
        return feedback_form(self.dossier, self.subject, data)

    def opened(self) -> dict:
        return {"author": self.request.user}

    def more(self, form: FeedbackForm) -> dict:
        moves = engine.available(self.subject, by=self.request.user, at=self.at) if self.subject else {}
        return {
            "sheet": preview(self.dossier, self.subject),
            "moves": [(FeedbackMove(name), refusals) for name, refusals in moves.items()],
            "writes": self.subject is None or self.subject.state == "draft",
        }


@require_POST
def feedback_preview(request: HttpRequest, uuid) -> HttpResponse:
    """The sheet as the holder would read it now, while somebody types: nothing is kept."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
    if not works_on(Feedback, dossier, by=request.user, at=timezone.now()):
        raise Http404
    form = feedback_form(dossier, None, request.POST)
    typed = Feedback(dossier=dossier, **form.as_typed())
    context = {"dossier": dossier, "sheet": preview(dossier, typed), "form": form}
    return render(request, "cases/feedback_preview.html", context)


def feedback_form(dossier: Dossier, sheet: Feedback | None, data=None) -> FeedbackForm:
    """The form of one dossier's sheet, with the reasons of its own rules and its own financiers."""
    lines = FundingLine.objects.on_dossier(dossier)
    return FeedbackForm(data, reasons=dossier.rules.reasons.order_by("pk"), lines=lines, sheet=sheet)
