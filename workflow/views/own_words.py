"""A coordinator's own words in the place of ours: every kind of what is written, and one of them with how it reads."""

from typing import ClassVar

from django.contrib import messages
from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from workflow import words
from workflow.campaign import change, digest, part_of, with_part
from workflow.forms.own_words import OwnWordsForm
from workflow.loading.section import Section
from workflow.refusal import Refused
from workflow.views.campaign import CampaignView

BLANK = {"subject": "", "body": ""}


class AllWordsView(CampaignView):
    """Every kind that may be written, with what is written already."""

    section: ClassVar[Section]
    kinds: ClassVar[type[TextChoices]]
    one: ClassVar[str]
    """The route of one kind."""
    lead: ClassVar[str]

    def get(self, request: HttpRequest) -> HttpResponse:
        written = self.campaign.document[self.section.name]
        rows = [
            (one.label, one.value in written, reverse(self.one, args=[self.cycle.code, one.value]))
            for one in self.kinds
        ]
        return self.page("workflow/all_words.html", rows=rows, title=self.section.title, lead=self.lead)


class OwnWordsView(CampaignView):
    """One kind: the original, the coordinator's words, and how they read on a real dossier."""

    section: ClassVar[Section]
    kinds: ClassVar[type[TextChoices]]
    form: ClassVar[type[OwnWordsForm]]
    template: ClassVar[str]
    every: ClassVar[str]
    one: ClassVar[str]
    """The routes of all kinds and of one."""
    saved: ClassVar[str] = words.SAVED
    restored: ClassVar[str] = words.RESTORED

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.kind = kwargs["kind"]
        if self.kind not in self.kinds.values:
            raise Http404

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        return self.shown(self.form(kind, initial=self.there))

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        """Save, try, or come back to the original: the button says which."""
        form = self.form(kind, request.POST)
        if "restore" in request.POST:
            return self.kept(form, None, self.restored)
        if not form.is_valid():
            return self.shown(form, status=422)
        if "try" in request.POST:
            return self.shown(form, form.cleaned_data)
        return self.kept(form, form.typed(), self.saved)

    @property
    def there(self) -> dict:
        """What is kept; blank for a kind that nobody worded."""
        return part_of(self.campaign.document, self.section, self.kind) or BLANK

    def kept(self, form: OwnWordsForm, typed: dict | None, thanks: str) -> HttpResponse:
        row = typed and {self.section.identity: self.kind, **typed}
        try:
            done = change(
                self.cycle,
                lambda document: with_part(document, self.section, self.kind, row),
                by=self.request.user,
                at=self.at,
                shown=lambda document: part_of(document, self.section, self.kind),
                seen=self.request.POST.get("seen", ""),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.shown(form, status=409)
        messages.success(self.request, thanks if done else words.NOTHING_NEW)
        return redirect(self.one, self.cycle.code, self.kind)

    def shown(self, form: OwnWordsForm, tried: dict | None = None, status: int = 200) -> HttpResponse:
        spoken = tried or self.there
        row = self.section.model(
            **{self.section.identity: self.kind} | {name: spoken[name] for name in BLANK}
        )
        return self.page(
            self.template,
            status,
            form=form,
            label=self.kinds(self.kind).label,
            title=self.section.title,
            list_url=reverse(self.every, args=[self.cycle.code]),
            seen=digest(part_of(self.campaign.document, self.section, self.kind)),
            written=any(self.there[name] for name in BLANK),
            tried=tried is not None,
            **self.example(row),
        )

    def example(self, row) -> dict:
        """`fields`: [(name, what it says)]; `shows`: whether a dossier tries these words; what it shows."""
        raise NotImplementedError
