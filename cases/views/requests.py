"""Begin a request; read it over and file it. Its topics are written in `topics.py`."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from cases import drafts
from cases.budget import Budget
from cases.chronicle import changes_since
from cases.forms.request import FilingForm
from cases.forms.sheets import BeginForm
from cases.states import EDITABLE, DossierMove
from cases.topics import Part
from cases.views.moves import status_of
from cases.views.topics import OneRequest
from cases.words import already, filed
from workflow.models import Filing
from workflow.refusal import Refused


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
        return redirect("dossier-topic", dossier.uuid, Part.ESSENTIALS.value)

    def shown(self, form, status: int = 200) -> HttpResponse:
        return render(self.request, "cases/begin.html", {"form": form, "cycle": self.cycle}, status=status)


class RequestView(OneRequest):
    """The whole request as it will be read: its writers mend and file it here, everybody else reads it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(self.filing())

    def post(self, request: HttpRequest) -> HttpResponse:
        self.refuse_readers()
        form = self.filing(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        if self.dossier.state not in EDITABLE and self.dossier.submitted_at:
            messages.info(request, already(DossierMove.SUBMIT.label))
            return redirect(self.receipt())
        version = form.cleaned_data["version"]
        try:
            drafts.file(self.dossier, form.facts(self.at), by=self.by, at=self.at, version=version)
        except Refused as refused:
            return self.refused(form, refused, version)
        messages.success(request, filed(self.dossier.title))
        return redirect(self.receipt())

    def filing(self, data=None) -> FilingForm:
        return FilingForm(data, dossier=self.dossier, here=self.dossier.rules.filing == Filing.HERE)

    def refused(self, form: FilingForm, refused: Refused, version: int) -> HttpResponse:
        """What forbids it stands in the list of what is missing; an older page shows what changed since."""
        changed = changes_since(self.dossier, version, self.by) if "stale" in refused.codes else []
        self.read(self.dossier.uuid)
        form.renew(self.dossier.version)
        listed = self.missing()
        form.refuse(one for one in refused.refusals if one.place in form.fields or one not in listed)
        return self.shown(form, changed=changed, asked=True, status=status_of(refused.codes))

    def receipt(self) -> str:
        return reverse("dossier-receipt", args=[self.dossier.uuid])

    def shown(self, form: FilingForm, *, changed=(), asked: bool = False, status: int = 200) -> HttpResponse:
        writes, lines, self.joined = self.writes, self.lines(), self.documents()
        budget = Budget.of(self.dossier, lines)
        missing = self.missing() if writes else []
        context = {
            "dossier": self.dossier,
            "form": form,
            "asked": asked,
            "changed": changed,
            "writes": writes,
            "completes": self.completes,
            "parts": self.parts(missing),
            "elsewhere": [one for one in missing if not any(topic.holds(one.place) for topic in self.topics)],
            "steps": self.steps(None, missing),
            "unread": sum(self.unread(one) for one in self.topics),
            "missing": missing,
            "carried": self.carried,
            "ready": {one.place for one in missing} <= set(form.fields),
            "budget": budget,
            "share": budget.share(self.dossier.total_cost) if writes else None,
            "lines": [line for line in lines if line.requested or line.in_kind],
        }
        return render(self.request, "cases/request.html", context, status=status)

    def parts(self, missing) -> list[dict]:
        """Each topic as it will be read, with what it still lacks and where to write it."""
        return [self.part(topic, [one for one in missing if topic.holds(one.place)]) for topic in self.topics]

    def part(self, topic, missing: list) -> dict:
        form, url = self.form_of(topic), self.url_of(topic)
        lacking = [(f"{url}#{_anchor(topic, form, one.place)}", one.sentence) for one in missing]
        return {
            "topic": topic,
            "url": url,
            "answers": form.read(),
            "again": form.to_read_again,
            "missing": lacking,
            "papers": self.papers(topic),
        }

    def papers(self, topic) -> list[tuple]:
        """(what the call asks for, what is joined), once each; a theme of questions has none."""
        asked = topic.questions if topic.slug == Part.PAPERS else ()
        return [(one.label, [file for file in self.joined if file.code == one.code]) for one in asked]


def _anchor(topic, form, place: str) -> str:
    return f"piece-{place}" if topic.slug == Part.PAPERS else form.target_of(place)
