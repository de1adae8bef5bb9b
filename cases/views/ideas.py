"""A holder's notebook of ideas: a page to note them, a page to write one again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases import calls, drafts, ideas
from cases import meeting_words as words
from cases.forms.ideas import IdeaForm, NoteForm
from cases.models import Idea
from cases.views.editing import FormPage, VersionedPage
from cases.views.sessions import may_book
from workflow import engine


class NotebookView(FormPage):
    """GET shows the ideas of one's associations, and a form per call that is open; POST notes one."""

    template, saved, once = "cases/ideas.html", words.IDEA_NOTED, True

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        if not may_book(request.user):
            raise Http404
        open_ = [one.cycle for one in calls.current_calls(self.at) if one.takes_requests]
        asked = request.POST.get("call") or request.GET.get("call")
        self.cycles = [one for one in open_ if drafts.organisations_of(request.user, one).exists()]
        self.cycle = next((one for one in self.cycles if one.code == asked), next(iter(self.cycles), None))
        return super().dispatch(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        return super().post(request) if self.cycle else self.shown(None, status=422)

    def form(self, data=None) -> NoteForm | None:
        if self.cycle is None:
            return None
        return NoteForm(self.cycle, drafts.organisations_of(self.request.user, self.cycle), data)

    def save(self, form: NoteForm) -> None:
        ideas.note(self.cycle, form.cleaned_data, by=self.request.user, at=self.at)

    def beside(self, form: NoteForm | None) -> dict[str, Any]:
        noted = Idea.objects.of_holder(self.request.user).for_pages().order_by("-noted_at", "-pk")
        return {"cycle": self.cycle, "cycles": self.cycles, "ideas": list(noted)}


class IdeaView(VersionedPage):
    """One idea, written again."""

    template = "cases/idea.html"

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        mine = Idea.objects.of_holder(request.user).open().for_pages()
        self.subject = get_object_or_404(mine, uuid=uuid)
        return super().dispatch(request, uuid)

    def form(self, data=None) -> IdeaForm:
        return IdeaForm(self.subject, data)

    def save(self, form: IdeaForm) -> None:
        version = form.cleaned_data["version"]
        engine.amend(self.subject, form.changes, by=self.request.user, at=self.at, version=version)

    def beside(self, form: IdeaForm) -> dict[str, Any]:
        return {"idea": self.subject}

    def onward(self) -> str:
        return reverse("ideas")
