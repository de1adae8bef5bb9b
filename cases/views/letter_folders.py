"""Signature folders: choose what leaves after a committee, follow how far it is, take it away."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from cases import folders
from cases import letter_words as words
from cases.forms.letters import FolderForm
from cases.models import LetterBatch
from cases.views.moves import status_of
from cases.views.printed import pdf
from workflow.calendar import paris_day
from workflow.refusal import Refused

ARCHIVE = "application/zip"


class FoldersView(View):
    """GET shows what waits and the folders begun; POST begins one."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, code: str) -> HttpResponse:
        self.cycle = get_object_or_404(folders.cycles_of(request.user), code=code)
        return super().dispatch(request, code)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.shown(folders.pending(self.cycle))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        pending = folders.pending(self.cycle)
        begun = folders.begun(request.POST.get("key", ""), request.user)
        if begun is not None:
            return redirect("letter-folder", begun.uuid)
        form = FolderForm(request.POST, offered=[one.value for one in pending])
        if not form.is_valid():
            return self.shown(pending, form, 422)
        try:
            batch = self.begin(form.cleaned_data)
        except Refused as refused:
            form.refuse(refused.refusals)
            return self.shown(pending, form, status_of(refused.codes))
        messages.success(request, words.FOLDER_BEGUN)
        return redirect("letter-folder", batch.uuid)

    def begin(self, typed: dict) -> LetterBatch:
        return folders.begin(
            self.cycle, typed["picked"], typed["key"], by=self.request.user, at=self.at, on=typed["dated_on"]
        )

    def shown(self, pending, form: FolderForm | None = None, status: int = 200) -> HttpResponse:
        begun = LetterBatch.objects.visible_to(self.request.user).of_cycle(self.cycle)
        start = {"dated_on": paris_day(self.at), "key": uuid4()}
        context = {
            "cycle": self.cycle,
            "piles": folders.piles(pending),
            "form": form or FolderForm(initial=start),
            "begun": begun,
        }
        return render(self.request, "cases/letter_folders.html", context, status=status)


class FolderView(View):
    """GET says how far it is; POST goes on with it for a while, whoever began."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(_folder(request, uuid))

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        folders.advance(_folder(request, uuid), timezone.now, self.at + folders.A_WHILE)
        batch = _folder(request, uuid)
        messages.success(request, words.FOLDER_DONE if not batch.left else words.left(batch.left))
        return redirect(request.path)

    def shown(self, batch: LetterBatch) -> HttpResponse:
        context = {"batch": batch, "orders": batch.orders.for_pages()}
        return render(self.request, "cases/letter_folder.html", context)


def _folder(request: HttpRequest, uuid) -> LetterBatch:
    return get_object_or_404(LetterBatch.objects.visible_to(request.user).for_pages(), uuid=uuid)


@require_safe
def folder_pdf(request: HttpRequest, uuid) -> HttpResponse:
    """All its letters as one document to print and sign."""
    batch = _folder(request, uuid)
    return pdf(folders.folder(batch, timezone.now()), words.folder_name(batch.dated_on, "pdf"))


@require_safe
def folder_zip(request: HttpRequest, uuid) -> HttpResponse:
    """Each letter's own bytes, for a signing service."""
    batch = _folder(request, uuid)
    answer = HttpResponse(folders.files(batch), content_type=ARCHIVE)
    answer["Content-Disposition"] = f'attachment; filename="{words.folder_name(batch.dated_on, "zip")}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
