"""A holder's notebook of ideas: a page to note them, a page to write one again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from cases import calls, drafts, ideas
from cases import meeting_words as words
from cases.chronicle import changes_since
from cases.forms.ideas import IdeaForm, NoteForm
from cases.models import Idea
from cases.views.moves import status_of
from cases.views.sessions import may_book
from workflow import engine
from workflow.refusal import Refused
from workflow.words import SAVED


class NotebookView(View):
    """GET shows the ideas of one's associations, and a form per call that is open; POST notes one."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        if not may_book(request.user):
            raise Http404
        self.at = timezone.now()
        open_ = [one.cycle for one in calls.current_calls(self.at) if one.takes_requests]
        asked = request.POST.get("call") or request.GET.get("call")
        self.cycles = [one for one in open_ if drafts.organisations_of(request.user, one).exists()]
        self.cycle = next((one for one in self.cycles if one.code == asked), next(iter(self.cycles), None))
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if form is None or not form.is_valid():
            return self.shown(form, status=422)
        try:
            ideas.note(self.cycle, form.cleaned_data, by=request.user, at=self.at)
        except Refused as refused:
            if refused.codes != ["already"]:
                form.refuse(refused.refusals)
                return self.shown(form, status=status_of(refused.codes))
        messages.success(request, words.IDEA_NOTED)
        return redirect(request.path)

    def form(self, data=None) -> NoteForm | None:
        if self.cycle is None:
            return None
        return NoteForm(self.cycle, drafts.organisations_of(self.request.user, self.cycle), data)

    def shown(self, form, status: int = 200) -> HttpResponse:
        noted = list(Idea.objects.of_holder(self.request.user).for_pages().order_by("-noted_at", "-pk"))
        context = {"form": form, "cycle": self.cycle, "cycles": self.cycles, "ideas": noted}
        return render(self.request, "cases/ideas.html", context, status=status)


class IdeaView(View):
    """One idea, written again."""

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.at = timezone.now()
        mine = Idea.objects.of_holder(request.user).open().for_pages()
        self.idea = get_object_or_404(mine, uuid=uuid)
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(IdeaForm(self.idea))

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        form = IdeaForm(self.idea, request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        version = form.cleaned_data["version"]
        try:
            engine.amend(self.idea, form.changes, by=request.user, at=self.at, version=version)
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(request, SAVED)
        return redirect("ideas")

    def refused(self, form: IdeaForm, refused: Refused) -> HttpResponse:
        changed = []
        if "stale" in refused.codes:
            changed = changes_since(self.idea, form.cleaned_data["version"], self.request.user)
            form.renew(self.idea.version)
        form.refuse(refused.refusals)
        return self.shown(form, changed=changed, status=status_of(refused.codes))

    def shown(self, form: IdeaForm, *, changed=(), status: int = 200) -> HttpResponse:
        context = {"idea": self.idea, "form": form, "changed": changed}
        return render(self.request, "cases/idea.html", context, status=status)
