"""What the service says to people, for the coordinator: who will receive what, what left, what could not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from cases.tables import Pages
from notifications import words
from notifications.acts import acts
from notifications.forms import MessageFilters, Tab
from notifications.handling import Deed, deeds_of
from notifications.heartbeat import health
from notifications.models import Message
from notifications.planned import planned
from notifications.preview import preview
from notifications.tables import MessageTable, PlannedTable
from workflow.calendar import paris_day
from workflow.models import Cycle
from workflow.roles import Role, roles_of

PER_PAGE = 50


@require_safe
def message_list(request: HttpRequest) -> HttpResponse:
    """One tab of the messages of the cycles this person coordinates."""
    if Role.COORDINATOR not in roles_of(request.user):
        raise Http404
    now = timezone.now()
    filters = MessageFilters(request.GET, paris_day(now))
    cycles = list(Cycle.objects.coordinated_by(request.user).order_by("pk"))
    table = table_of(request.user, filters, cycles, now)
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(Pages, per_page=PER_PAGE, page=request.GET.get("page"))
    counts = Message.objects.visible_to(request.user).counts()
    found = {
        "table": table,
        "filters": filters,
        "tabs": [(tab.value, tab.label, counts.get(tab.value)) for tab in Tab],
        "held": counts.get(Tab.HELD.value, 0),
        "actions": [(one.value, one.label) for one in offered(filters.chosen)],
        "health": health(now),
        "cycles": cycles,
        "acts": acts(cycles, request.user),
        "here": request.GET.urlencode(),
    }
    return render(request, "notifications/messages.html", found)


def table_of(user, filters: MessageFilters, cycles: list[Cycle], now) -> PlannedTable | MessageTable:
    """The rows of the tab that is open."""
    if filters.chosen == Tab.PLANNED:
        return PlannedTable(planned(cycles, *filters.period, now, filters.words))
    rows = Message.objects.visible_to(user).in_status(filters.chosen)
    return MessageTable(filters.kept(rows).for_list(), status=filters.chosen)


def offered(tab: Tab) -> list[Deed]:
    """What the buttons under a tab's list do."""
    return [Deed.HOLD, Deed.RELEASE, Deed.SEND_NOW] if tab == Tab.PLANNED else deeds_of(tab)


@require_safe
def message_detail(request: HttpRequest, uuid) -> HttpResponse:
    """One message: its exact words, or those it would have now."""
    return shown(request, found(request, uuid))


def found(request: HttpRequest, uuid, verb: str = "see") -> Message:
    rows = Message.objects.visible_to(request.user, verb).select_related(
        "recipient", "dossier__cycle", "cycle", "carried_by"
    )
    return get_object_or_404(rows, uuid=uuid)


def shown(request: HttpRequest, message: Message, form=None, status: int = 200) -> HttpResponse:
    context = {"message": message, "name": words.name_of(message), "why": words.why(message), "form": form}
    context |= {
        "told": preview(message),
        "carried": message.mail.carried.count(),
        "deeds": _possible(message),
    }
    return render(request, "notifications/message.html", context, status=status)


def _possible(message: Message) -> list[Deed]:
    """An address that was refused is confirmed before anything is tried again; words unknown are not sent anew."""
    deeds = deeds_of(message.status)
    if message.recipient.address_is_refused and Deed.RETRY in deeds:
        deeds = [Deed.CONFIRM, *(one for one in deeds if one is not Deed.RETRY)]
    return deeds if message.may_be_resent else [one for one in deeds if one is not Deed.RESEND]
