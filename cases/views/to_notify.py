"""To notify: choose letters, read what each holder will read, send; then answer those who have everything."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from cases import outgoing, words
from cases.forms.notify import AnswerForm, LettersForm
from workflow.roles import Role, roles_of


class ToNotifyView(View):
    """GET shows what waits; POST shows a preview, notifies, or answers, as its button says."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        self.at = timezone.now()
        if Role.COORDINATOR not in roles_of(request.user):
            return render(request, "403.html", status=403)
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        actions = {"preview": self.preview, "notify": self.notify, "answer": self.answer}
        act = actions.get(request.POST.get("action", ""))
        return act() if act else self.shown(form=LettersForm(request.POST), status=422)

    def preview(self) -> HttpResponse:
        """Nothing is written yet: what each holder will read, word for word."""
        form = LettersForm(self.request.POST)
        if not form.is_valid():
            return self.shown(form=form, status=422)
        letters = outgoing.chosen(self.request.user, form.cleaned_data["picked"])
        context = {"letters": letters, "form": form, "versions": form.cleaned_data["picked"]}
        return render(self.request, "cases/to_notify_preview.html", context)

    def notify(self) -> HttpResponse:
        form = LettersForm(self.request.POST)
        if not form.is_valid():
            return self.shown(form=form, status=422)
        typed = form.cleaned_data
        fates = outgoing.notify(
            self.request.user, typed["picked"], typed["notified_on"], typed["letter_reference"], self.at
        )
        return self.told(fates, words.NOTIFIED, form)

    def answer(self) -> HttpResponse:
        form = AnswerForm(self.request.POST)
        if not form.is_valid():
            return self.shown(problem=words.PICK_FIRST, status=422)
        fates = outgoing.answer(self.request.user, form.cleaned_data["picked"], self.at)
        return self.told(fates, words.ANSWERED)

    def told(self, fates: list, thanks: str, form: LettersForm | None = None) -> HttpResponse:
        """One sentence where all went well; else what became of each, and what was typed."""
        if fates and not any(one.refusals for one in fates):
            messages.success(self.request, thanks)
            return redirect(self.request.path)
        return self.shown(form=form, fates=fates, status=422)

    def shown(
        self, *, form: LettersForm | None = None, fates=(), problem: str = "", status: int = 200
    ) -> HttpResponse:
        replies = outgoing.replies(self.request.user, self.at)
        context = {
            "piles": outgoing.piles(self.request.user, replies),
            "ready": [one for one in replies if not one.refusals],
            "waiting": [one for one in replies if one.refusals],
            "form": form or LettersForm(),
            "fates": fates,
            "problem": problem,
        }
        return render(self.request, "cases/to_notify.html", context, status=status)
