"""The words of mails: which of them a coordinator may write, and one of them with its preview on a real dossier."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from notifications import texts, words
from notifications.choices import Writable
from notifications.forms import MailTextForm
from notifications.models import MailText
from notifications.preview import preview_of
from notifications.sections import TEXTS
from workflow.campaign import change, digest, part_of, with_part
from workflow.refusal import Refused
from workflow.views.campaign import CampaignView


class TextsView(CampaignView):
    """Every mail that may be written, with what is written already."""

    def get(self, request: HttpRequest) -> HttpResponse:
        written = self.campaign.document[TEXTS.name]
        rows = [(one, one.value in written) for one in Writable]
        return self.page("notifications/texts.html", rows=rows)


class TextView(CampaignView):
    """One mail: its own words, the coordinator's, and how it reads."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.template = kwargs["template"]

    def get(self, request: HttpRequest, template: str) -> HttpResponse:
        return self.shown(MailTextForm(template, initial=self.there()))

    def post(self, request: HttpRequest, template: str) -> HttpResponse:
        """Save, try, or come back to the original: the button says which."""
        if "restore" in request.POST:
            return self.saved(None, words.RESTORED_TEXT)
        form = MailTextForm(template, request.POST)
        self.there()
        if not form.is_valid():
            return self.shown(form, status=422)
        if "try" in request.POST:
            return self.shown(form, form.cleaned_data)
        return self.saved(form, words.SAVED_TEXT)

    def there(self) -> dict:
        """What is kept; nothing for a mail of the closed list that nobody wrote, 404 for any other."""
        if self.template not in Writable.values:
            raise Http404
        return part_of(self.campaign.document, TEXTS, self.template) or {"subject": "", "body": ""}

    def saved(self, form: MailTextForm | None, thanks: str) -> HttpResponse:
        self.there()
        row = form and form.row()
        try:
            done = change(
                self.cycle,
                lambda document: with_part(document, TEXTS, self.template, row),
                by=self.request.user,
                at=self.at,
                shown=lambda document: part_of(document, TEXTS, self.template),
                seen=self.request.POST.get("seen", ""),
            )
        except Refused as refused:
            form = form or MailTextForm(self.template, self.request.POST)
            form.add_error(None, str(refused))
            return self.shown(form, status=409)
        messages.success(self.request, thanks if done else words.NOTHING_NEW)
        return redirect("mail-text", self.cycle.code, self.template)

    def shown(self, form: MailTextForm, tried: dict | None = None, status: int = 200) -> HttpResponse:
        there = self.there()
        text = MailText(
            template=self.template, **{name: (tried or there)[name] for name in ("subject", "body")}
        )
        return self.page(
            "notifications/text.html",
            status,
            form=form,
            label=Writable(self.template).label,
            fields=[f"{{{name}}}" for name in texts.fields_of(self.template)],
            seen=digest(part_of(self.campaign.document, TEXTS, self.template)),
            told=preview_of(self.cycle, self.template, text, self.at),
            original=preview_of(self.cycle, self.template, MailText(template=self.template), self.at),
            written=bool(there["subject"] or there["body"]),
            tried=tried is not None,
        )
