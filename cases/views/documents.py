"""The documents of a request, each with a form of its own: a mistake on one never loses another."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cases import documents
from cases.forms.files import JoinedFileField
from cases.models import Document, LetterScan
from cases.sight import is_writer
from cases.topics import Part
from cases.views.moves import status_of
from cases.views.topics import TopicView
from cases.words import joined, removed
from workflow.refusal import Refused


class PaperForm(forms.Form):
    """One file for one question of the call; `lend` takes the earlier year's instead."""

    lend = forms.BooleanField(required=False)
    file = JoinedFileField(label="Fichier")


class PaperView(TopicView):
    """Join one document: a new file, or the one of an earlier year in one tap."""

    http_method_names = ("post",)

    def dispatch(self, request: HttpRequest, uuid, code: str) -> HttpResponse:
        self.kwargs["topic"] = Part.PAPERS.value
        return super().dispatch(request, uuid, Part.PAPERS.value)

    def read(self, uuid) -> None:
        super().read(uuid)
        asked = (one for one in self.topic.questions if one.code == self.kwargs["code"])
        self.question = next(asked, None)
        if self.question is None:
            raise Http404

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.refuse_readers()
        form = PaperForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.faulty(" ".join(form.errors["file"]))
        try:
            document = self.join(form.cleaned_data)
        except Refused as refused:
            return self.faulty(" ".join(map(str, refused.refusals)), status_of(refused.codes))
        if document is None:
            return self.faulty(JoinedFileField().error_messages["required"])
        messages.success(request, joined(document.name))
        return redirect(f"{self.url_of(self.topic)}#piece-{self.question.code}")

    def join(self, typed: dict) -> Document | None:
        if typed["file"]:
            return documents.join(self.dossier, self.question.code, typed["file"], by=self.by, at=self.at)
        return (
            documents.lend(self.dossier, self.question.code, by=self.by, at=self.at)
            if typed["lend"]
            else None
        )

    def faulty(self, fault: str, status: int = 422) -> HttpResponse:
        return self.shown(self.form(), paper=self.question, fault=fault, status=status)


@require_POST
def document_remove(request: HttpRequest, uuid) -> HttpResponse:
    """Take one document out of a request that is still being written."""
    seen = Document.objects.visible_to(request.user).select_related("dossier__rules", "dossier__cycle")
    one, at = get_object_or_404(seen, uuid=uuid), timezone.now()
    if not is_writer(one.dossier, by=request.user, at=at):
        raise PermissionDenied
    back = reverse("dossier-topic", args=[one.dossier.uuid, Part.PAPERS.value])
    try:
        documents.remove(one, by=request.user, at=at)
    except Refused as refused:
        messages.error(request, " ".join(map(str, refused.refusals)))
    else:
        messages.success(request, removed(one.name))
    return redirect(f"{back}#piece-{one.code}")


@require_safe
def document(request: HttpRequest, uuid) -> FileResponse:
    """One joined file, always as an attachment: a browser never shows what somebody sent."""
    one = get_object_or_404(Document.kept.visible_to(request.user), uuid=uuid)
    return attached(one)


def attached(one: Document | LetterScan) -> FileResponse:
    """What somebody joined, never shown by a browser."""
    kind = "application/octet-stream"
    try:
        content = one.file.open()
    except (ValueError, FileNotFoundError):  # because a restored database may come without its files
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=one.name, content_type=kind)
