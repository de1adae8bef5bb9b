"""The letters of one dossier: read, previewed, made one by one; and the signed ones that come back."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from cases import correspondence, letter_making, scans
from cases import letter_words as words
from cases.forms.letters import LetterForm, OtherSignedForm, SignedForm
from cases.letter_desk import desk_of, letters_of_seats
from cases.models import Dossier, FundingLine, Letter, LetterScan
from cases.sight import audience_of
from cases.views.documents import attached
from cases.views.moves import status_of
from cases.views.printed import pdf
from cases.words import Audience
from workflow import roles
from workflow.calendar import paris_day
from workflow.refusal import Refused
from workflow.roles import TEAM, Role
from workflow.situation import Situation


class DossierLettersView(View):
    """GET shows what was written and what may be; POST makes one letter, as it was shown."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        seen = Dossier.objects.visible_to(request.user).for_pages()
        self.dossier = get_object_or_404(seen, uuid=uuid)
        situation = Situation([self.dossier], request.user, self.at, held_by=roles.seen_by)
        self.audience = audience_of(situation, self.dossier)
        if self.audience not in (Audience.TEAM, Audience.HOLDER):
            raise Http404
        self.writes = situation.allows(self.dossier, [Role.COORDINATOR])
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        if not self.writes:
            return render(request, "403.html", status=403)
        form = LetterForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            letter = self.make(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.refusals)
            return self.shown(form, status=status_of(refused.codes))
        messages.success(request, words.made(letter))
        return redirect(request.path)

    def make(self, typed: dict) -> Letter:
        return letter_making.make(
            self.dossier,
            typed["about"],
            by=self.request.user,
            at=self.at,
            on=typed["dated_on"],
            still=lambda draft: draft.said == typed["seen"],
        )

    def shown(self, form: LetterForm | None = None, status: int = 200) -> HttpResponse:
        of_team = self.audience == Audience.TEAM
        context = {
            "dossier": self.dossier,
            "desk": desk_of(self.dossier, self.request.user, of_team=of_team),
            "of_team": of_team,
            "writes": self.writes,
            "form": form or LetterForm(initial={"dated_on": paris_day(self.at)}),
        }
        return render(self.request, "cases/letters.html", context, status=status)


@require_safe
def letter_preview(request: HttpRequest, uuid, about: str) -> HttpResponse:
    """As it would leave, marked as a draft; nothing is kept."""
    at = timezone.now()
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
    if not Situation([dossier], request.user, at, held_by=roles.seen_by).allows(dossier, TEAM):
        raise Http404
    matter = correspondence.named(dossier, about)
    if matter is None:
        raise Http404
    made = letter_making.preview(letter_making.draft_of(matter), paris_day(at), at)
    return pdf(made, words.file_name("projet"))


@require_safe
def letter_pdf(request: HttpRequest, uuid) -> HttpResponse:
    """The very bytes that were made."""
    seen = Letter.objects.visible_to(request.user).select_related("printed")
    letter = get_object_or_404(seen, uuid=uuid)
    return pdf(bytes(letter.printed.pdf), words.file_name(letter.reference))


@require_safe
def letter_scan(request: HttpRequest, uuid) -> FileResponse:
    """A signed letter, always as an attachment."""
    one = get_object_or_404(LetterScan.objects.visible_to(request.user), uuid=uuid)
    return attached(one)


class SignedView(View):
    """Join the signed scan of a letter that was made here."""

    form = SignedForm

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.subject = self.found(uuid)
        if not scans.may_join(self.subject, request.user, self.at):
            return render(request, "403.html", status=403)
        return super().dispatch(request, uuid)

    def found(self, uuid) -> Letter:
        seen = Letter.objects.visible_to(self.request.user)
        return get_object_or_404(seen.select_related("dossier__organisation", "line"), uuid=uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.shown(form, 422)
        try:
            self.keep(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.refusals)
            return self.shown(form, status_of(refused.codes))
        messages.success(request, words.SCAN_JOINED)
        return redirect(self.back)

    def keep(self, typed: dict) -> LetterScan:
        return scans.of_letter(self.subject, typed["file"], by=self.request.user, at=self.at)

    @property
    def back(self) -> str:
        return reverse("dossier-letters", args=[self.subject.dossier.uuid])

    def shown(self, form: SignedForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "subject": self.subject, "dossier": self.subject.dossier, "back": self.back}
        return render(self.request, "cases/letter_signed.html", context, status=status)


class OtherSignedView(SignedView):
    """Record another authority's letter, by its date and its scan; that authority does so from its own list."""

    form = OtherSignedForm

    def found(self, uuid) -> FundingLine:
        return get_object_or_404(FundingLine.objects.visible_to(self.request.user).for_pages(), uuid=uuid)

    def keep(self, typed: dict) -> LetterScan:
        return scans.of_line(self.subject, typed["file"], typed["dated_on"], by=self.request.user, at=self.at)

    @property
    def back(self) -> str:
        of_team = Situation([self.subject], self.request.user, self.at).allows(self.subject, TEAM)
        return super().back if of_team else reverse("seat-letters")


@require_safe
def seat_letters(request: HttpRequest) -> HttpResponse:
    """What a financier that writes its own letters has decided: the letters that it joined, and those to join."""
    context = {"others": letters_of_seats(request.user)}
    return render(request, "cases/seat_letters.html", context)
