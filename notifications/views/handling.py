"""The clicks of the coordinator on messages: on one, on many, and the stop button."""

from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.tables import ROW
from notifications import handling, sending, words
from notifications.forms import DeedForm, MessageFilters, Tab, chosen
from notifications.handling import Deed
from notifications.models import Message
from notifications.outbox import MANY
from notifications.planned import COMING, Planned, planned
from notifications.views.messages import found, shown
from workflow.calendar import paris_day
from workflow.models import Cycle
from workflow.refusal import Refused
from workflow.roles import Role, roles_of


@require_POST
def message_do(request: HttpRequest, uuid) -> HttpResponse:
    """Do it if the page was current, and say what was done."""
    message, form = found(request, uuid, "act"), DeedForm(request.POST)
    if not form.is_valid():
        return shown(request, message, form, status=422)
    if form.cleaned_data["status"] != message.status:
        messages.warning(request, words.CHANGED)
    else:
        _do(request, Deed(form.cleaned_data["deed"]), [message])
    return redirect("message-detail", uuid=message.uuid)


@require_POST
def messages_do(request: HttpRequest) -> HttpResponse:
    """One thing with the chosen messages, or with the whole list; beyond a hundred it is asked once more."""
    if Role.COORDINATOR not in roles_of(request.user):
        raise Http404
    here = request.POST.get("here", "")[:500]
    back = f"{reverse('messages-list')}?{here}"
    deed = next((one for one in Deed if one == request.POST.get("action")), None)
    rows, changed = _rows(request, here)
    if deed is None or not (rows or changed):
        messages.warning(request, words.TICK_FIRST)
        return redirect(back)
    rows = handling.fit_for(deed, rows)
    if deed.sends and len(rows) > MANY and request.POST.get("confirmed") != str(len(rows)):
        context = {"deed": deed, "rows": rows, "here": here, "back": back, "whole": "whole" in request.POST}
        context |= {"people": Counter(one.recipient for one in rows).most_common()}
        return render(request, "notifications/messages_confirm.html", context)
    _do(request, deed, rows)
    if changed:
        messages.warning(request, words.left_out(changed))
    return redirect(back)


@require_POST
def messages_stop(request: HttpRequest, code: str) -> HttpResponse:
    """Stop a cycle's mail, or let it go: the button says which, so that two clicks are one."""
    cycle = get_object_or_404(Cycle.objects.coordinated_by(request.user), code=code)
    if not {"stop", "go"} & set(request.POST):
        messages.warning(request, words.STOP_OR_GO)
    elif "go" in request.POST:
        done = sending.let_go(cycle, by=request.user, at=timezone.now())
        messages.success(request, words.LET_GO if done else words.LET_GO_ALREADY)
    else:
        done = sending.stop(cycle, by=request.user, at=timezone.now())
        messages.success(request, words.STOPPED if done else words.STOPPED_ALREADY)
    return redirect("messages-list")


def _do(request: HttpRequest, deed: Deed, rows: list[Message]) -> None:
    try:
        done = handling.do(deed, rows, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return
    (messages.success if done else messages.warning)(request, words.done(deed, done))


def _rows(request: HttpRequest, here: str) -> tuple[list[Message], int]:
    """What was chosen and is still as it was shown, and how many rows are not."""
    if "whole" in request.POST:
        return _whole(request, here), 0
    ticked = request.POST.getlist(ROW)
    known = chosen(ticked)
    rows = list(Message.objects.visible_to(request.user, "act").named(known))
    same = [one for one in rows if one.status == known[one.uuid]]
    ahead = [row for row in ticked if row.startswith(COMING)]
    still = [one.message for one in _planned(request, here) if one.key in ahead] if ahead else []
    return same + still, len(rows) - len(same) + len(ahead) - len(still)


def _whole(request: HttpRequest, here: str) -> list[Message]:
    """Every message of the list that was before the person's eyes, pages included."""
    now = timezone.now()
    filters = MessageFilters(QueryDict(here), paris_day(now))
    if filters.chosen == Tab.PLANNED:
        return [one.message for one in _planned(request, here)]
    rows = Message.objects.visible_to(request.user, "act").in_status(filters.chosen)
    return list(filters.kept(rows).select_related("recipient").order_by("pk"))


def _planned(request: HttpRequest, here: str) -> list[Planned]:
    now = timezone.now()
    filters = MessageFilters(QueryDict(here), paris_day(now))
    cycles = Cycle.objects.coordinated_by(request.user).order_by("pk")
    return planned(cycles, *filters.period, now, filters.words)
