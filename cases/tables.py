"""The tables of the pages; `components/table.html` draws them."""

from functools import cache

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.utils.html import format_html
from django_tables2.utils import A

from cases.models import Dossier
from cases.states import DossierState
from cases.words import Audience, said

ROW = "row"
"""What a chosen row is called in a form."""


class Pages(Paginator):
    """A page beyond the last shows the last, and the address never says how long a page is."""

    def validate_number(self, number) -> int:
        try:
            return super().validate_number(number)
        except PageNotAnInteger:
            return 1
        except EmptyPage:
            return self.num_pages


class DossierTable(tables.Table):
    """One row per dossier; amounts are those this reader may know. Each order ends with the number: none is mixed."""

    number = tables.Column(verbose_name="N°", accessor="reference", order_by=("-cycle_id", "number"))
    title = tables.Column(
        verbose_name="Action",
        order_by=("title", "-cycle_id", "number"),
        attrs={"td": {"class": "title"}},
        linkify=("dossier-detail", {"uuid": A("uuid")}),
    )
    organisation = tables.Column(
        verbose_name="Porteur",
        accessor="organisation__name",
        order_by=("organisation__name", "-cycle_id", "number"),
        attrs={"td": {"class": "bare"}},
    )
    state = tables.Column(
        verbose_name="État", order_by=("state", "-cycle_id", "number"), attrs={"td": {"class": "bare"}}
    )
    total_cost = tables.Column(
        verbose_name="Coût total",
        order_by=("total_cost", "-cycle_id", "number"),
        attrs={"td": {"class": "num euros wide-only"}},
    )
    requested = tables.Column(
        verbose_name="Demandé",
        order_by=("requested", "-cycle_id", "number"),
        attrs={"td": {"class": "num euros"}},
    )
    decided = tables.Column(
        verbose_name="Accordé",
        order_by=("decided", "-cycle_id", "number"),
        attrs={"td": {"class": "num euros"}},
    )

    class Meta:
        model = Dossier
        fields = ("number", "title", "organisation", "state", "total_cost", "requested", "decided")
        order_by = ("number",)
        empty_text = "Aucun dossier ne répond à ces filtres."

    def __init__(self, *args, audience: Audience, **options):
        super().__init__(*args, **options)
        self.audience = audience
        self.pick_name = ROW if audience == Audience.TEAM else ""

    def pick_value(self, record: Dossier) -> str:
        """The dossier and the version that was read: a move on a row that changed since is refused."""
        return f"{record.uuid}:{record.version}"

    def pick_label(self, record: Dossier) -> str:
        return f"le dossier {record.reference}, {record.title}"

    @property
    def caption(self) -> str:
        """How many there are in all."""
        count = self.paginator.count if hasattr(self, "paginator") else len(self.rows)
        return f"{count} dossiers" if count > 1 else f"{count} dossier"

    def render_state(self, record: Dossier) -> str:
        return badge(record.state, self.audience)


@cache
def badge(state: str, audience: Audience) -> str:
    """A state as these readers see it, written once: a page shows the same few."""
    label = said(state, DossierState(state).label, audience)
    return format_html('<span class="badge" data-state="{}">{}</span>', state, label)
