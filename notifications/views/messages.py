"""What the service says to people, for the coordinator: what will leave, what left, what could not."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from cases.tables import Pages
from notifications import outbox, upcoming, words
from notifications.forms import MessageFilters, SeenForm, Tab
from notifications.heartbeat import health
from notifications.models import Message
from notifications.preview import preview
from notifications.tables import MessageTable, PlannedTable
from workflow.calendar import paris_day
from workflow.roles import Role, roles_of

PER_PAGE = 50
AHEAD = timedelta(days=30)


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """One tab of the messages of the cycles this person coordinates."""
    if Role.COORDINATOR not in roles_of(request.user):
        raise Http404
    filters, now = MessageFilters(request.GET), timezone.now()
    visible = Message.objects.visible_to(request.user)
    if filters.chosen == Tab.PLANNED:
        today = paris_day(now)  # what is due today stands in the outbox already
        first, last = today + timedelta(days=1), today + AHEAD
        table = PlannedTable(upcoming.upcoming_for(request.user, first, last, filters.words))
    else:
        rows = filters.kept(visible.in_status(filters.chosen)).for_list()
        table = MessageTable(rows, status=filters.chosen)
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(Pages, per_page=PER_PAGE, page=request.GET.get("page"))
    counts = visible.counts()
    tabs = [(tab.value, tab.label, counts.get(tab.value)) for tab in Tab]
    found = {"table": table, "filters": filters, "tabs": tabs, "health": health(now)}
    return render(request, "notifications/messages.html", found)


@require_safe
def message_detail(request: HttpRequest, uuid) -> HttpResponse:
    """One message: its exact words, or those it would have now."""
    return _shown(request, _found(request, uuid))


@require_POST
def message_resend(request: HttpRequest, uuid) -> HttpResponse:
    """Send the same words once more to the same person."""
    return _clicked(request, _found(request, uuid, "act"), _resend)


@require_POST
def message_retry(request: HttpRequest, uuid) -> HttpResponse:
    """Give a message that failed its tries again."""
    return _clicked(request, _found(request, uuid, "act"), _retry)


def _resend(message: Message, at) -> str:
    if not message.may_be_resent:
        return words.NOT_RESENT
    return words.RESENT if outbox.resend(message, at) else words.RESENT_ALREADY


def _retry(message: Message, at) -> str:
    return words.RETRIED if outbox.retry(message, at) else words.NOT_RETRIED


def _found(request: HttpRequest, uuid, verb: str = "see") -> Message:
    rows = Message.objects.visible_to(request.user, verb).select_related(
        "recipient", "dossier__cycle", "cycle", "carried_by"
    )
    return get_object_or_404(rows, uuid=uuid)


def _shown(
    request: HttpRequest, message: Message, form: SeenForm | None = None, status: int = 200
) -> HttpResponse:
    found = {"message": message, "name": words.name_of(message), "form": form, "seen": message.status}
    found |= {"told": preview(message), "carried": message.mail.carried.count()}
    return render(request, "notifications/message.html", found, status=status)


def _clicked(request: HttpRequest, message: Message, act: Callable) -> HttpResponse:
    """Do it if the page was current, and say what was done."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _shown(request, message, form, status=422)
    if form.cleaned_data["status"] != message.status:
        messages.warning(request, words.CHANGED)
    else:
        messages.success(request, act(message, timezone.now()))
    return redirect("message-detail", uuid=message.uuid)
