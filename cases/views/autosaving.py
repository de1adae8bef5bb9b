"""What the pages that save as one types share: a request's topics, and a report's."""

from django.http import HttpRequest, HttpResponse
from django.views import View

from cases.forms.topics import TopicForm
from cases.views.moves import status_of
from workflow.refusal import Refused

PAGES_REMEMBERED, TRIES = 6, 3


class Autosaved(View):
    """A subclass says who may write, its form, how it is kept, and both ways of answering."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.refuse_readers()
        form, refused = self.saved(request.POST)
        if refused is None and "seen" not in form.errors:
            self.remember(form)
        answer = self.partly if request.htmx else self.onward
        return answer(form, _status(form, refused))

    def saved(self, data) -> tuple[TopicForm, Refused | None]:
        """Save what may be saved: a field that is wrong or busy keeps none of the others back."""
        refused = None
        for _ in range(TRIES):
            form = self.form(data)
            form.is_valid()
            try:
                self.save(form)
            except Refused as found:
                refused = found
                if found.codes != ["stale"]:
                    break
                self.reread()  # because somebody saved between our reading and our lock
            else:
                return form, None
        form.refuse(refused.refusals)
        return form, refused

    # What this very page wrote, because an answer that was lost on its way must not look like somebody else's words

    def remembered(self, data) -> dict:
        page = (data or {}).get("page", "")
        return self.request.session.get("wrote", {}).get(page, {})

    def remember(self, form: TopicForm) -> None:
        page = form.cleaned_data.get("page")
        if not page or not form.mine:
            return
        pages = self.request.session.get("wrote", {})
        own = pages.pop(page, {}) | dict(one.partition(":")[::2] for one in form.marks(form.mine).split())
        kept = list(pages.items())[1 - PAGES_REMEMBERED :]
        self.request.session["wrote"] = dict([*kept, (page, own)])

    # What a subclass says

    def refuse_readers(self) -> None:
        raise NotImplementedError

    def reread(self) -> None:
        """What is written, as it stands now."""
        raise NotImplementedError

    def form(self, data=None, **options) -> TopicForm:
        raise NotImplementedError

    def save(self, form: TopicForm) -> None:
        raise NotImplementedError

    def partly(self, form: TopicForm, status: int) -> HttpResponse:
        raise NotImplementedError

    def onward(self, form: TopicForm, status: int) -> HttpResponse:
        raise NotImplementedError


def _status(form: TopicForm, refused: Refused | None) -> int:
    if refused is not None:
        return status_of(refused.codes)
    if form.busy:
        return 409
    return 422 if form.errors else 200
