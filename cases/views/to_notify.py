"""To notify: choose letters, read what each holder will read, send; call first where asked; then answer."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from cases import consultation, outgoing, releasing, to_call, words
from cases.forms.notify import AnswerForm, LettersForm, WantedForm
from cases.telling_words import CALL_WISHED, DONE_ALREADY, NOTED, SPARED
from workflow.roles import Role, roles_of


class ToNotifyView(View):
    """GET shows what waits; POST shows a preview, notifies, notes a call, or answers, as its button says."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        self.at = timezone.now()
        if Role.COORDINATOR not in roles_of(request.user):
            return render(request, "403.html", status=403)
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        actions = {
            "preview": self.preview,
            "notify": self.notify,
            "answer": self.answer,
            "called": lambda: self.called(reached=True),
            "missed": lambda: self.called(reached=False),
            "call-first": lambda: self.call_first(wished=True),
            "spare": lambda: self.call_first(wished=False),
        }
        act = actions.get(request.POST.get("action", "").partition(":")[0])
        return act() if act else self.shown(form=self.letters_form(request.POST), status=422)

    def preview(self) -> HttpResponse:
        """Nothing is written yet: what each holder will read, word for word, and by mail."""
        form = self.letters_form(self.chosen())
        if not form.is_valid():
            return self.shown(form=form, status=422)
        picked = form.cleaned_data["picked"]
        release = releasing.release(self.request.user, picked, form.facts, form.letters, self.at)
        context = {"release": release, "form": form}
        return render(self.request, "cases/to_notify_preview.html", context)

    def letters_form(self, data: QueryDict) -> LettersForm:
        return LettersForm(data, enclosed=partial(releasing.enclosed, self.request.user))

    def chosen(self) -> QueryDict:
        """What was ticked; or one financier's whole pile, where its own button was clicked."""
        pile = self.request.POST["action"].partition(":")[2]
        if not pile:
            return self.request.POST
        whole = self.request.POST.copy()
        whole.setlist("picked", outgoing.whole(self.request.user, pile, self.at))
        return whole

    def notify(self) -> HttpResponse:
        form = self.letters_form(self.request.POST)
        if not form.is_valid():
            return self.shown(form=form, status=422)
        typed = form.cleaned_data
        read = releasing.WasRead(typed["picked"], typed["knows"], typed["seen"])
        fates = releasing.notify(self.request.user, read, form.facts, form.letters, self.at)
        return self.told(fates, words.NOTIFIED, form)

    def answer(self) -> HttpResponse:
        form = AnswerForm(self.request.POST)
        if not form.is_valid():
            return self.shown(problem=words.PICK_FIRST, status=422)
        fates = releasing.answer(self.request.user, form.cleaned_data["picked"], self.at)
        return self.told(fates, words.ANSWERED)

    def called(self, *, reached: bool) -> HttpResponse:
        form = AnswerForm(self.request.POST)
        if not form.is_valid():
            return self.shown(problem=words.PICK_FIRST, status=422)
        fates = releasing.call(self.request.user, form.cleaned_data["picked"], reached, self.at)
        return self.told(fates, NOTED[reached])

    def call_first(self, *, wished: bool) -> HttpResponse:
        form = AnswerForm(self.request.POST)
        if not form.is_valid():
            return self.shown(problem=words.PICK_FIRST, status=422)
        fates = releasing.call_first(self.request.user, form.cleaned_data["picked"], wished, self.at)
        return self.told(fates, CALL_WISHED if wished else SPARED)

    def told(self, fates: list, thanks: str, form: LettersForm | None = None) -> HttpResponse:
        """One sentence where all went well; else what became of each, and what was typed."""
        if fates and not any(one.refusals for one in fates):
            done = all(one.repeated for one in fates)
            messages.success(self.request, DONE_ALREADY if done else thanks)
            return redirect(self.request.get_full_path())
        return self.shown(form=form, fates=fates, status=422)

    def shown(
        self, *, form: LettersForm | None = None, fates=(), problem: str = "", status: int = 200
    ) -> HttpResponse:
        user = self.request.user
        replies = outgoing.replies(user, self.at)
        letters = outgoing.letters(user, replies, self.at)
        wanted = WantedForm(self.request.GET, letters=letters)
        calls, unread = to_call.around(letters, consultation.unread(outgoing.told_lately(user)))
        context = {
            "wanted": wanted,
            "letters": letters,
            "piles": outgoing.piles(letters, wanted.wanted),
            "calls": calls,
            "unread": unread,
            "unsigned": outgoing.unsigned(user),
            "ready": [one for one in replies if not one.refusals],
            "waiting": [one for one in replies if one.refusals],
            "form": form or LettersForm(),
            "fates": fates,
            "problem": problem,
        }
        return render(self.request, "cases/to_notify.html", context, status=status)
