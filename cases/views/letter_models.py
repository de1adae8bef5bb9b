"""The words of letters: every kind, and one of them with how it reads on a real dossier."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from cases import correspondence, letter_making
from cases import letter_words as words
from cases.forms.letters import ModelForm
from cases.letter_fields import fields_of
from cases.letter_kinds import LetterKind
from cases.letter_sections import LETTERS
from cases.letter_texts import USUAL
from cases.models import LetterModel
from workflow.campaign import change, digest, part_of, with_part
from workflow.refusal import Refused
from workflow.views.campaign import CampaignView


class ModelsView(CampaignView):
    """Every kind of letter, with what is written already."""

    def get(self, request: HttpRequest) -> HttpResponse:
        written = self.campaign.document[LETTERS.name]
        return self.page("cases/letter_models.html", rows=[(one, one.value in written) for one in LetterKind])


class ModelView(CampaignView):
    """One kind: its own words, the coordinator's, and how it reads."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        return self.shown(ModelForm(kind, initial=self.there()))

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Save, try, or come back to the original: the button says which."""
        self.there()
        if "restore" in request.POST:
            return self.saved(None, words.MODEL_RESTORED)
        form = ModelForm(kind, request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        if "try" in request.POST:
            return self.shown(form, form.cleaned_data)
        return self.saved(form, words.MODEL_SAVED)

    def there(self) -> dict:
        """What is kept; nothing for a kind that nobody worded, 404 for what is no kind."""
        if self.kind not in LetterKind.values:
            raise Http404
        return part_of(self.campaign.document, LETTERS, self.kind) or {"subject": "", "body": ""}

    def saved(self, form: ModelForm | None, thanks: str) -> HttpResponse:
        row = form and form.row()
        try:
            done = change(
                self.cycle,
                lambda document: with_part(document, LETTERS, self.kind, row),
                by=self.request.user,
                at=self.at,
                shown=lambda document: part_of(document, LETTERS, self.kind),
                seen=self.request.POST.get("seen", ""),
            )
        except Refused as refused:
            form = form or ModelForm(self.kind, self.request.POST)
            form.add_error(None, str(refused))
            return self.shown(form, status=409)
        messages.success(self.request, thanks if done else words.NOTHING_NEW)
        return redirect("letter-model", self.cycle.code, self.kind)

    def shown(self, form: ModelForm, tried: dict | None = None, status: int = 200) -> HttpResponse:
        there = self.there()
        model = LetterModel(**{name: (tried or there)[name] for name in ("subject", "body")})
        matter = correspondence.example_of(self.cycle, self.kind)
        return self.page(
            "cases/letter_model.html",
            status,
            form=form,
            label=LetterKind(self.kind).label,
            usual=USUAL[self.kind],
            fields=fields_of(self.kind).items(),
            seen=digest(part_of(self.campaign.document, LETTERS, self.kind)),
            matter=matter,
            draft=letter_making.draft_of(matter, model) if matter else None,
            written=bool(there["subject"] or there["body"]),
            tried=tried is not None,
        )
