"""The living page of components: what designers look at and what axe reads. Everything on it is invented."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.templatetags.jalons import badge
from notifications.month import month_of
from workflow.dated import Dated, DatedKind
from workflow.money import euros

BADGES = (
    (
        "Dossier",
        (
            ("draft", "Brouillon"),
            ("support", "En accompagnement"),
            ("submitted", "Déposé"),
            ("incomplete", "À compléter"),
            ("inadmissible", "Non recevable"),
            ("instruction", "En instruction"),
            ("review", "Avis des financeurs"),
            ("committee", "En comité"),
            ("deferred", "Ajourné"),
            ("decided", "Décidé, réponse en préparation"),
            ("answered", "Répondu"),
            ("reporting", "Bilan attendu"),
            ("closed", "Clos"),
            ("withdrawn", "Retiré"),
            ("dropped", "Classé sans suite"),
        ),
    ),
    (
        "Ligne de financement",
        (
            ("requested", "Sollicité"),
            ("invited", "Avis demandé"),
            ("answered", "Avis rendu"),
            ("silent", "Avis non rendu"),
            ("granted", "Accordé"),
            ("refused", "Refusé"),
            ("undisclosed", "Non communiqué par ce financeur"),
            ("notified", "Notifié"),
            ("accepted", "Accepté"),
            ("adapted", "Adapté"),
            ("renounced", "Abandonné"),
            ("settled", "Soldé"),
            ("to_ask", "À solliciter"),
            ("confirmed", "Confirmé"),
            ("declined", "Décliné"),
        ),
    ),
    (
        "Séance et inscription",
        (
            ("planned", "Prévue"),
            ("held", "A eu lieu"),
            ("booked", "Inscrit"),
            ("waiting", "Sur liste d’attente"),
            ("attended", "Présent"),
            ("absent", "Absent"),
            ("cancelled", "Annulée"),
        ),
    ),
)

ICONS = (
    "alert", "arrow-left", "arrow-right", "calendar", "check", "clock", "cross", "document", "download", "envelope",
    "filter", "flag", "folder", "help", "history", "inbox", "info", "leave", "lock", "mail", "money", "pen", "people",
    "person", "phone", "search",
)  # fmt: skip


class Step(NamedTuple):
    label: str
    status: str
    when: str
    note: str = ""


class Entry(NamedTuple):
    at: datetime
    who: str
    sentence: str


class Refusal(NamedTuple):
    sentence: str


class Row(NamedTuple):
    reference: str
    title: str
    holder: str
    requested: int
    state: str
    label: str
    due: date


PARIS = ZoneInfo("Europe/Paris")

STEPS = (
    Step("Dépôt du dossier", "done", "12 janvier", "Votre dossier est arrivé. Accusé de réception envoyé."),
    Step("Vérification des pièces", "done", "19 janvier", "Toutes les pièces sont là."),
    Step(
        "Instruction par l’équipe de la Ville",
        "current",
        "depuis le 2 février",
        "Une personne lit votre dossier.",
    ),
    Step("Avis des financeurs", "todo", "prévu du 2 au 20 mars"),
    Step("Réponse", "todo", "prévue avant le 30 avril"),
)

ENTRIES = (
    Entry(datetime(2027, 2, 2, 9, 5, tzinfo=PARIS), "Amina Roux", "a déclaré le dossier recevable."),
    Entry(datetime(2027, 1, 12, 14, 32, tzinfo=PARIS), "Les Ateliers du Canal", "a déposé le dossier."),
)

REFUSALS = (
    Refusal("Le dépôt est fermé depuis le dimanche 15 novembre 2026, à minuit."),
    Refusal(f"Le budget n’est pas équilibré : {euros(12000)} de charges, {euros(11500)} de produits."),
)

FACTS = (
    ("Porteur", "Les Ateliers du Canal"),
    ("Quartier", "Les Tilleuls"),
    ("Coût total", euros(21300)),
    ("Demandé", euros(8500)),
)

_HOLDERS = ("Les Ateliers du Canal", "Club des Grands-Champs", "Passerelles Val-Fleuri")
_TITLES = ("Atelier vélo solidaire", "Médiation numérique au pied des immeubles", "Forum santé des habitants")
ROWS = [
    Row(
        f"2027-{n:03}",
        _TITLES[n % 3],
        _HOLDERS[n % 3],
        5300 + 700 * n,
        *BADGES[0][1][n % 15],
        date(2027, 3, 1 + n),
    )
    for n in range(1, 25)
]


TOPICS = (("L’essentiel", "done"), ("Votre action", "here"), ("Le budget", "todo"), ("Les pièces", "todo"))
WINDOWS = (("Dépôt", "du 1er octobre au 24 novembre 2026", 5, 30), ("Comité", "le 11 février 2027", 62, 1))
SHEETS = (
    "request.css", "campaign.css", "opinions.css", "desk.css", "calendar.css", "meetings.css", "chart.css",
    "programming.css", "landscape.css", "sitting.css",
)  # fmt: skip

_NOVEMBER = (
    (DatedKind.HOLIDAY, "Armistice", 11, 11, {}),
    (DatedKind.DEADLINE, "Déposer « Atelier vélo »", 24, 24, {"url": "#mois"}),
    (DatedKind.WINDOW, "Date limite de dépôt", 24, 24, {"url": "#mois", "note": "Ferme : Dépôt."}),
    (DatedKind.COMMITTEE, "Comité technique", 26, 26, {}),
    (DatedKind.MILESTONE, "Lecture des dossiers", 27, 30, {"precision": "decade"}),
)
DATES = (
    *(
        Dated(f"essai-{rank}", kind, label, date(2026, 11, first), date(2026, 11, last), **more)
        for rank, (kind, label, first, last, more) in enumerate(_NOVEMBER)
    ),
    Dated.at_hours(
        datetime(2026, 11, 17, 9, tzinfo=PARIS),
        datetime(2026, 11, 17, 11, 30, tzinfo=PARIS),
        uid="essai-rencontre",
        kind=DatedKind.SESSION,
        label="Petit-déjeuner",
        cancelled=True,
    ),
)


class Dossiers(tables.Table):
    """A list as a page declares it: classes say what a card shows and how."""

    reference = tables.Column(verbose_name="Référence")
    title = tables.Column(verbose_name="Action", attrs={"td": {"class": "title"}})
    holder = tables.Column(verbose_name="Porteur", attrs={"td": {"class": "bare"}})
    requested = tables.Column(verbose_name="Demandé", attrs={"td": {"class": "num euros"}})
    state = tables.Column(verbose_name="État", attrs={"td": {"class": "bare"}})
    due = tables.Column(verbose_name="Échéance", attrs={"td": {"class": "nowrap day"}})

    pick_name = "pick"
    caption = "24 dossiers"

    class Meta:
        order_by = ("reference",)
        empty_text = "Aucun dossier ne répond à ces filtres."

    def pick_value(self, record: Row) -> str:
        return record.reference

    def pick_label(self, record: Row) -> str:
        return f"le dossier {record.reference}"

    def render_state(self, record: Row) -> str:
        return badge(record.state, record.label)


class Filters(forms.Form):
    search = forms.CharField(label="Rechercher", required=False)
    state = forms.ChoiceField(label="État", required=False, choices=(("", "Tous les états"), *BADGES[0][1]))


class Opinion(forms.Form):
    """Shown with its errors, because errors are what needs looking at."""

    opinion = forms.ChoiceField(
        label="Votre avis",
        widget=forms.RadioSelect,
        choices=(("yes", "Favorable"), ("reserve", "Favorable avec réserve"), ("no", "Défavorable")),
        error_messages={"required": "choisissez un avis."},
    )
    amount = forms.DecimalField(
        label="Montant proposé (€)",
        help_text="En euros, sans les centimes.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"required": "écrivez un montant, même zéro."},
    )
    reason = forms.CharField(label="Pourquoi", widget=forms.Textarea, required=False)
    to_discuss = forms.BooleanField(label="À discuter en comité", required=False)


@login_not_required
def composants(request: HttpRequest) -> HttpResponse:
    """Show each component once; whatever is posted here goes nowhere."""
    table = Dossiers(ROWS)
    tables.RequestConfig(request, paginate={"per_page": 6}).configure(table)
    context = {
        "deadline": date(2026, 11, 24),
        "steps": STEPS,
        "badges": BADGES,
        "facts": FACTS,
        "filters": Filters(request.GET),
        "table": table,
        "actions": (("admit", "Déclarer recevables"), ("export", "Exporter")),
        "form": Opinion({}),
        "refusals": REFUSALS,
        "entries": ENTRIES,
        "icons": ICONS,
        "topics": TOPICS,
        "windows": WINDOWS,
        "sheets": SHEETS,
        "month": month_of(date(2026, 11, 1), DATES, date(2026, 11, 12)),
    }
    messages.success(request, "Votre avis est transmis.")
    messages.warning(request, "Il manque une pièce.")
    messages.error(request, "Le dépôt est fermé.")
    return render(request, "composants.html", context)
