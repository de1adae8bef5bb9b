"""The tables of the pages; `components/table.html` draws them."""

import django_tables2 as tables
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.utils.html import format_html
from django_tables2.utils import A

from cases.models import Dossier
from cases.words import Audience, said


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
    """One row per dossier; amounts are those this reader may know."""

    number = tables.Column(verbose_name="N°", accessor="reference", order_by="number")
    title = tables.Column(
        verbose_name="Action",
        attrs={"td": {"class": "title"}},
        linkify=("dossier-detail", {"uuid": A("uuid")}),
    )
    organisation = tables.Column(
        verbose_name="Porteur", accessor="organisation__name", attrs={"td": {"class": "bare"}}
    )
    state = tables.Column(verbose_name="État", attrs={"td": {"class": "bare"}})
    total_cost = tables.Column(verbose_name="Coût total", attrs={"td": {"class": "num euros wide-only"}})
    requested = tables.Column(verbose_name="Demandé", attrs={"td": {"class": "num euros"}})
    decided = tables.Column(verbose_name="Accordé", attrs={"td": {"class": "num euros"}})

    class Meta:
        model = Dossier
        fields = ("number", "title", "organisation", "state", "total_cost", "requested", "decided")
        order_by = ("number",)
        empty_text = "Aucun dossier ne répond à ces filtres."

    def __init__(self, *args, audience: Audience, **options):
        super().__init__(*args, **options)
        self.audience = audience

    @property
    def caption(self) -> str:
        """How many there are in all."""
        count = self.paginator.count if hasattr(self, "paginator") else len(self.rows)
        return f"{count} dossiers" if count > 1 else f"{count} dossier"

    def render_state(self, record: Dossier) -> str:
        label = said(record.state, record.get_state_display(), self.audience)
        return format_html('<span class="badge" data-state="{}">{}</span>', record.state, label)
