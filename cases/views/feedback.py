"""The fiche de motivation: written with its preview beside it, read by its holder, the meeting it offers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.forms.feedback import INSERT, FeedbackForm
from cases.models import Dossier, Feedback, FeedbackVersion, FundingLine
from cases.offered_meeting import ask, offered_meeting
from cases.preview import Sheet, as_read, delivered, preview
from cases.sessions import hosts_of
from cases.sheet_desk import begun, offered
from cases.sheet_words import MEETING_ASKED, SHEET_KEPT
from cases.sight import works_on
from cases.states import FeedbackState
from cases.views.instruction import TeamView
from workflow import engine
from workflow.calendar import paris_day
from workflow.refusal import Refused


class FeedbackView(TeamView):
    """Write the sheet and see it as the holder will; the holder reads it once it is delivered."""

    model = Feedback
    template = "cases/feedback.html"
    saved = SHEET_KEPT

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
        if works_on(Feedback, dossier, by=request.user, at=self.at):
            return super().dispatch(request, uuid)
        sheet = read_by_holder(request.user, dossier, self.at)
        meeting = offered_meeting(dossier, sheet, request.user, self.at)
        context = {"dossier": dossier, "sheet": sheet, "meeting": meeting}
        return render(request, "cases/feedback_sheet.html", context)

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        """Saved; or a proposal put into its text, which is kept only once somebody saves it."""
        asked = request.POST.get(INSERT)
        if asked is None:
            return super().post(request, uuid)
        typed = feedback_form(self.dossier, self.subject, request.POST)
        form = self.form()
        form.initial |= {name: typed[name].value() for name in form.fields} | typed.inserting(asked)
        return self.shown(form)

    def form(self, data=None) -> FeedbackForm:
        return feedback_form(self.dossier, self.subject, data)

    def opened(self) -> dict:
        return {"author": self.request.user}

    def more(self, form: FeedbackForm) -> dict:
        moves = engine.available(self.subject, by=self.request.user, at=self.at) if self.subject else {}
        on = paris_day(self.at)
        return {
            "sheet": preview(self.dossier, self.written(form), on=on),
            "moves": offered(moves),
            "writes": self.writes,
            "lost": form.typed_otherwise() if form.is_bound and not self.writes else [],
            "versions": self.versions(on),
        }

    @property
    def writes(self) -> bool:
        """Whether its text may be typed as it stands now."""
        return self.subject is None or self.subject.state == FeedbackState.DRAFT

    def written(self, form: FeedbackForm) -> Feedback | None:
        """What is previewed: what came with the page where something was typed, else what is kept."""
        if self.subject and not self.writes:
            return self.subject
        if self.subject and not form.is_bound and INSERT not in self.request.POST:
            return self.subject
        typed = {name: form[name].value() for name in form.fields}
        again = feedback_form(self.dossier, self.subject, typed)
        return Feedback(dossier=self.dossier, **again.as_typed())

    def versions(self, on) -> list[tuple[FeedbackVersion, Sheet]]:
        """Every version that left, whole: what was corrected is read beside what corrects it."""
        if self.subject is None or not self.subject.number:
            return []
        rows = FeedbackVersion.objects.of_dossier(self.dossier).oldest_first()
        return [(one, as_read(self.dossier, one, on=on, sealed=False)) for one in rows]


def read_by_holder(user, dossier: Dossier, at) -> Sheet:
    """The version that this dossier's own holder may read; a missing page otherwise."""
    get_object_or_404(Feedback.objects.within_reach(user, "see").read_by_holders(), dossier=dossier)
    return delivered(dossier, on=paris_day(at))


@require_POST
def feedback_preview(request: HttpRequest, uuid) -> HttpResponse:
    """The sheet as the holder would read it now, while somebody types: nothing is kept."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
    at = timezone.now()
    if not works_on(Feedback, dossier, by=request.user, at=at):
        raise Http404
    form = feedback_form(dossier, None, request.POST)
    typed = Feedback(dossier=dossier, **form.as_typed())
    context = {"dossier": dossier, "sheet": preview(dossier, typed, on=paris_day(at)), "form": form}
    return render(request, "cases/feedback_preview.html", context)


@require_POST
def ask_meeting(request: HttpRequest, uuid) -> HttpResponse:
    """The holder would like a day with the person whom the sheet names."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
    at = timezone.now()
    sheet = read_by_holder(request.user, dossier, at)
    if works_on(Feedback, dossier, by=request.user, at=at) or sheet.meets is None:
        raise Http404
    try:
        ask(dossier, sheet, at=at)
        messages.success(request, MEETING_ASKED)
    except Refused as refused:
        messages.info(request, str(refused))
    return redirect(f"{reverse('dossier-answer', args=[dossier.uuid])}#rendez-vous")


def feedback_form(dossier: Dossier, sheet: Feedback | None, data=None) -> FeedbackForm:
    """The form of one dossier's sheet, with the reasons of its own rules and its own financiers."""
    return FeedbackForm(
        data,
        dossier=dossier,
        lines=list(FundingLine.objects.on_dossier(dossier)),
        reasons=dossier.rules.reasons.order_by("pk"),
        hosts=hosts_of(dossier.cycle_id),
        sheet=sheet or begun(dossier),
    )
