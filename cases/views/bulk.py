"""One move on the chosen rows: first what would happen to each, then what happened to each."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases import bulk, words
from cases.forms.bulk import bulk_form_of
from cases.saved_views import EVERYTHING
from cases.tables import ROW
from workflow.roles import TEAM, roles_of


@require_POST
def bulk_move(request: HttpRequest) -> HttpResponse:
    """The bar's button asks; « confirmed » does it. The same page sent twice answers « déjà fait »."""
    if not roles_of(request.user) & set(TEAM):
        raise Http404
    back = f"{reverse('dossier-list')}?{request.POST.get('here', '')[:500] or EVERYTHING}"
    action, rows = bulk.BY_NAME.get(request.POST.get("action", "")), bulk.chosen(request.POST.getlist(ROW))
    if action is None or not rows:
        messages.warning(request, words.TICK_FIRST)
        return redirect(back)
    if "confirmed" in request.POST:
        return _fire(request, action, rows, back)
    batch = bulk.batch_of(action, rows, request.user)
    return _asked(request, batch, bulk_form_of(action.name)(), back)


def _asked(request: HttpRequest, batch: bulk.Batch, form, back: str, status: int = 200) -> HttpResponse:
    fates = batch.forecast(by=request.user, at=timezone.now())
    context = {
        "action": batch.action,
        "form": form,
        "back": back,
        "here": request.POST.get("here", ""),
        "passing": [one for one in fates if one.passes],
        "refused": [one for one in fates if not one.passes],
        "idle": batch.idle,
    }
    return render(request, "cases/bulk_confirm.html", context, status=status)


def _fire(request: HttpRequest, action: bulk.Action, rows: dict, back: str) -> HttpResponse:
    gather = bulk.batch_of_lines if action.of_lines else bulk.batch_of
    batch, form = gather(action, rows, request.user), bulk_form_of(action.name)(request.POST)
    if not form.is_valid():
        return _asked(request, batch, form, back, status=422)
    fates = batch.fire(form.facts, by=request.user, at=timezone.now())
    context = {"action": action, "fates": fates, "back": back, "done": sum(one.passes for one in fates)}
    return render(request, "cases/bulk_result.html", context)
