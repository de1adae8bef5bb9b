"""The record of a committee: read on a page, as a PDF ready to sign, and frozen once it is signed off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases import committee_words as words
from cases import minutes
from cases.models import Minutes
from cases.views.committee_pages import CommitteePage
from cases.views.moves import status_of
from cases.views.printed import pdf
from workflow.refusal import Refused


class MinutesView(CommitteePage):
    """GET shows the record as it stands, and its signed versions; POST signs it off."""

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        seen = request.POST.get("seen", "")
        if not seen:
            return self.shown(problem=words.INCOMPLETE, status=422)
        try:
            signed = minutes.sign_off(self.committee, seen, by=request.user, at=self.at)
        except Refused as refused:
            return self.shown(problem=str(refused), status=status_of(refused.codes))
        messages.success(request, words.signed(signed.number))
        return redirect(request.path)

    def shown(self, *, problem: str = "", status: int = 200) -> HttpResponse:
        content = minutes.content_of(self.committee)
        context = self.shared | {
            "content": content,
            "seen": minutes.digest_of(content),
            "missing": minutes.missing(content),
            "versions": minutes.frozen(self.committee),
            "problem": problem,
        }
        return render(self.request, "cases/committee_minutes.html", context, status=status)


class DraftView(CommitteePage):
    """The record as it stands, as a PDF marked as a draft."""

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return pdf(minutes.draft(self.committee, timezone.now()), words.file_name(self.committee, 0))


class SignedView(CommitteePage):
    """A signed version: the very bytes that were signed off."""

    def get(self, request: HttpRequest, uuid, number: int) -> HttpResponse:
        known = Minutes.objects.visible_to(request.user).filter(committee=self.committee)
        found = get_object_or_404(known, number=number)
        return pdf(bytes(found.pdf), words.file_name(self.committee, number))
