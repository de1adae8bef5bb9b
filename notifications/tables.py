"""The tables of messages; `components/table.html` draws them."""

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django_tables2.utils import A

from cases.tables import ROW
from notifications.handling import deeds_of
from notifications.models import Message, MessageStatus
from notifications.planned import Planned, status_in_words
from notifications.words import name_of
from workflow.wording import MONTHS, day_in_words


class Counted(tables.Table):
    """A list that says how long it is."""

    @property
    def caption(self) -> str:
        count = self.paginator.count
        return f"{count} messages" if count > 1 else f"{count} message"


class MessageTable(Counted):
    """One row per message of one status: when, what, to whom, about what, and why it stands still."""

    when = tables.Column(
        verbose_name="Quand", accessor="due_at", order_by="due_at", attrs={"td": {"class": "nowrap"}}
    )
    name = tables.Column(
        verbose_name="Message",
        accessor="event",
        orderable=False,
        attrs={"td": {"class": "title"}},
        linkify=("message-detail", {"uuid": A("uuid")}),
    )
    recipient = tables.Column(
        verbose_name="À qui", order_by="recipient__email", attrs={"td": {"class": "bare"}}
    )
    dossier = tables.Column(verbose_name="Dossier", order_by="dossier__number", default="")
    error = tables.Column(verbose_name="Pourquoi", orderable=False, default="")

    class Meta:
        empty_text = "Aucun message."

    def __init__(self, *args, status: str, **options):
        super().__init__(*args, **options)
        if status == MessageStatus.SENT:
            self.columns.hide("error")
        self.pick_name = ROW if deeds_of(status) else ""

    def pick_value(self, record: Message) -> str:
        """The message and the status that was read: what changed since is left as it is."""
        return f"{record.uuid}:{record.status}"

    def pick_label(self, record: Message) -> str:
        return f"{name_of(record)}, à {record.recipient}"

    def render_when(self, record: Message) -> str:
        return moment(record.sent_at or record.due_at)

    def render_name(self, record: Message) -> str:
        return name_of(record)


class PlannedTable(Counted):
    """One row per message before it leaves: when, what, to whom, why, and whether it is held."""

    on = tables.Column(verbose_name="Jour prévu", orderable=False, attrs={"td": {"class": "nowrap"}})
    what = tables.Column(verbose_name="Message", orderable=False, attrs={"td": {"class": "title"}})
    recipient = tables.Column(verbose_name="À qui", orderable=False, attrs={"td": {"class": "bare"}})
    why = tables.Column(verbose_name="Pourquoi", orderable=False)
    dossier = tables.Column(verbose_name="Dossier", orderable=False, default="")
    status = tables.Column(verbose_name="État", orderable=False)
    pick_name = ROW

    class Meta:
        empty_text = "Aucun message n’est prévu sur cette période."

    def pick_value(self, record: Planned) -> str:
        return record.key

    def pick_label(self, record: Planned) -> str:
        return f"{record.what}, à {record.recipient}"

    def render_on(self, value) -> str:
        return day_in_words(value)

    def render_what(self, record: Planned) -> str:
        if record.message.pk is None:
            return record.what
        url = reverse("message-detail", args=[record.message.uuid])
        return format_html('<a href="{}">{}</a>', url, record.what)

    def render_status(self, value) -> str:
        return status_in_words(value)


def moment(at) -> str:
    """« 3 novembre 2026, 14 h 32 »."""
    local = timezone.localtime(at)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}, {local.hour}\u00a0h\u00a0{local.minute:02}"
