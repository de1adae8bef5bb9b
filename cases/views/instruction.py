"""The team's side: the instruction sheet, and the fiche de motivation with its preview beside it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cases.forms.feedback import FeedbackForm
from cases.forms.sheets import InstructionForm
from cases.models import Dossier, Feedback, Instruction
from cases.preview import preview
from cases.sight import works_on
from cases.states import FeedbackMove
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
        if self.subject is None:
            sheet = self.model(dossier=self.dossier, **self.opened(), **changes)
            engine.open_many([sheet], by=by, at=self.at)
        else:
            engine.amend(self.subject, changes, by=by, at=self.at, version=form.cleaned_data["version"])


class InstructionView(TeamView):
    """Tick, mark, summarise; then admit, or send to the financiers."""

    model = Instruction
    template = "cases/instruction.html"

    def form(self, data=None, files=None) -> InstructionForm:
        criteria = list(self.dossier.rules.criteria.order_by("pk"))
        version = self.subject.version if self.subject else 0
        return InstructionForm(data, criteria=criteria, sheet=self.subject, initial={"version": version})


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
        lines = self.dossier.lines.select_related("envelope__financier__organisation").order_by("pk")
        reasons = self.dossier.rules.reasons.order_by("pk")
        return FeedbackForm(data, reasons=reasons, lines=lines, sheet=self.subject)

    def opened(self) -> dict:
        return {"author": self.request.user}

    def more(self, form: FeedbackForm) -> dict:
        moves = engine.available(self.subject, by=self.request.user, at=self.at) if self.subject else {}
        return {
            "sheet": preview(self.dossier, self.subject),
            "moves": [(FeedbackMove(name), refusals) for name, refusals in moves.items()],
            "writes": self.subject is None or self.subject.state == "draft",
        }
