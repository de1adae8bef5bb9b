"""The parts of a cycle's file that the engine itself needs: contract, cycle, rules, milestones, steps."""

from collections.abc import Iterator, Mapping

from workflow import promises
from workflow.calendar import Precision, shift_year
from workflow.loading.kinds import Choice, MoveName, Pattern, Reference, Whole
from workflow.loading.section import Field, Row, Section
from workflow.models import CityContract, Cycle, CycleVersion, Milestone, Step, StepKind
from workflow.refusal import Refusal
from workflow.wording import date_in_words, window_in_words


def every_milestone_ends_after_it_starts(rows: Mapping[str, Row]) -> Iterator[Refusal]:
    for code, row in rows.items():
        if row["ends_on"] < row["starts_on"]:
            yield Refusal("ends_before_start", "la fin vient avant le début.", f"{code}/au")


def one_window_per_move(rows: Mapping[str, Row]) -> Iterator[Refusal]:
    """A second window on a move would leave open which of the two is the deadline."""
    first: dict[str, str] = {}
    for code, row in rows.items():
        if row["gates"] and not StepKind(row["kind"]).accompanies:
            other = first.setdefault(row["gates"], code)
            if other != code:
                yield Refusal(
                    "two_windows", f"ce passage a déjà sa fenêtre : l’étape « {other} ».", f"{code}/passage"
                )


def dates_said(document, row: Row) -> str:
    said = date_in_words(row["starts_on"], row["ends_on"], row["precision"])
    return said if row["public"] else f"{said} (pas annoncé aux porteurs)"


def window_said(document, row: Row) -> str:
    bounds = promises.days_of(document, row["code"]).bounds
    return f"{StepKind(row['kind']).label} : {window_in_words(*bounds)}"


def next_year(row: Row) -> Row:
    """The same weekday 52 weeks later; a note or a source speaks of last year's date, and is left behind."""
    days = {name: shift_year(row[name]) for name in ("starts_on", "ends_on")}
    return row | days | {"source": "", "note": ""}


SOURCE = Field("source", "source", label="D’où cela vient", help="Un règlement, une lettre, une réunion.")

CONTRACT = Section(
    "contrat",
    CityContract,
    owner="contract",
    single=True,
    order=10,
    title="Contrat de ville",
    fields=(
        Field("code", "code", Pattern(12, r"CN[0-9A-Z]{5,10}", "CN05103I")),
        Field("nom", "name"),
    ),
)

CYCLE = Section(
    "cycle",
    Cycle,
    owner="cycle",
    single=True,
    order=20,
    title="Nom et contact",
    lead="Ce que lisent les porteurs : le nom de l’appel, et qui appeler.",
    fields=(
        Field("code", "code"),
        Field("nom", "name", label="Nom de l’appel à projets"),
        Field("année", "year"),
        Field("service", "team_name", help="Son nom, comme au téléphone."),
        Field("téléphone", "team_phone", help="Il est écrit en tête de chaque page et de chaque message."),
        Field("courriel", "team_email"),
        Field(
            "jours_fériés",
            "region",
            label="Jours fériés de",
            help="L’Alsace, la Moselle et chaque outre-mer ont des jours à eux. Aucun rappel ne part un jour férié.",
        ),
        Field(
            "courriels_max",
            "mail_cap",
            Whole(1, 10_000),
            label="Courriels par dix minutes, au plus",
            help="Au-delà, la suite attend son tour. Vide : sans limite. Votre messagerie en fixe souvent une.",
        ),
        Field("rappels_heures", "reminder_hours", label="Heures où partent les rappels"),
        Field(
            "rappels_jours",
            "reminder_days",
            label="Jours où partent les rappels",
            help="Jamais un dimanche ni un jour férié.",
        ),
        SOURCE,
    ),
)

RULES = Section(
    "règles",
    CycleVersion,
    owner="version",
    single=True,
    order=30,
    title="Règles",
    lead="Comment on dépose, combien d’avis on attend, quand on explique une décision.",
    fields=(
        Field("dépôt", "filing", label="Où les demandes se déposent"),
        Field(
            "quorum",
            "quorum",
            label="Avis qui suffisent pour clore le tour",
            help="Vide : on attend tous les financeurs, ou la date.",
        ),
        Field(
            "jours_avis",
            "review_days",
            label="Durée du tour d’avis, en jours",
            help="Après cette durée, un avis qui manque n’est jamais défavorable.",
        ),
        Field(
            "fiche_si_refus",
            "feedback_on_refusal",
            label="Un refus est toujours expliqué par une fiche de motivation",
        ),
        Field(
            "fiche_si_baisse",
            "feedback_on_cut",
            label="Une baisse est expliquée au-delà de (en %)",
            help="Par exemple 30 : la fiche est due quand on accorde moins de 70 % de la demande. Vide : jamais.",
        ),
        Field("ligne_si_baisse", "line_on_cut", label="Une baisse moindre est expliquée d’une ligne"),
        Field("relecture_fiche", "feedback_check", label="Qui relit la fiche avant son envoi"),
        Field(
            "appel_si_refus",
            "call_on_refusal",
            label="Un refus se dit d’abord par téléphone",
            help="La décision se notifie une fois l’appel noté, ou après trois appels sans réponse.",
        ),
        Field(
            "part_publique",
            "public_share",
            label="Part d’argent public, au plus (en %)",
            help="Au-delà, l’équipe est avertie. Rien n’est bloqué. Vide : pas de plafond.",
        ),
        Field(
            "financeurs_par_action",
            "least_financiers",
            label="Financeurs par action, au moins",
            help="En dessous, la programmation le dit. Rien n’est bloqué. Vide : elle ne dit rien.",
        ),
        Field(
            "acompte",
            "advance_share",
            Whole(1, 99),
            label="Acompte (en %)",
            help="Par exemple 80 : le solde, 20 %, suit le bilan accepté. Vide : un versement unique.",
        ),
        Field(
            "jours_versement",
            "payment_days",
            Whole(1, 365),
            label="Délai d’un versement, en jours",
            help="La loi dit 60 jours après la notification, sauf autre délai écrit dans la convention.",
        ),
        Field(
            "écart_à_expliquer",
            "report_gap",
            Whole(0, 100),
            label="Un écart du bilan s’explique au-delà de (en %)",
            help="Par exemple 10 : un compte prévu à 1 000 € et réalisé à 1 150 € demande une phrase.",
        ),
        Field(
            "au_delà_de_la_demande",
            "above_request",
            label="Une proposition de l’équipe au-dessus de la demande est",
            help="Un avis ou un accord au-dessus de la demande est toujours refusé.",
        ),
        SOURCE,
    ),
)

MILESTONES = Section(
    "jalons",
    Milestone,
    owner="cycle",
    order=40,
    coherent=(every_milestone_ends_after_it_starts,),
    title="Calendrier",
    one="un jalon",
    lead="Une date qui bouge, bouge pour tout le monde. Ce qui en dépend suit.",
    says=dates_said,
    renewed=next_year,
    fields=(
        Field("code", "code"),
        Field("libellé", "label", label="Ce qui se passe"),
        Field("du", "starts_on", label="Premier jour"),
        Field(
            "au",
            "ends_on",
            same_as="starts_on",
            label="Dernier jour",
            help="Il compte en entier, jusqu’à minuit. Vide : le même jour.",
        ),
        Field(
            "précision",
            "precision",
            Choice(tuple(Precision.choices), by_value=True),
            help="« À la quinzaine près » s’écrit « mi-avril ». Ne promettez pas plus que ce qui est sûr.",
        ),
        Field("annoncé", "public", label="Annoncé aux porteurs"),
        SOURCE,
        Field("note", "note", help="Les porteurs la lisent sous la date."),
    ),
)

STEPS = Section(
    "étapes",
    Step,
    owner="version",
    order=50,
    coherent=(one_window_per_move,),
    promises=(
        promises.every_gate_exists,
        promises.no_window_is_empty,
        promises.every_gate_has_a_date,
        promises.a_door_stays_open_after_the_one_before,
        promises.there_is_a_filing_window,
        promises.accompaniment_can_be_had,
        promises.inhabitants_know_what_is_promised,
        promises.every_final_state_is_reachable,
    ),
    title="Étapes",
    one="une étape",
    lead="Ce qui ouvre et ferme une porte, et l’accompagnement proposé en chemin.",
    says=window_said,
    fields=(
        Field("code", "code"),
        Field("libellé", "label", label="Nom de l’étape"),
        Field("nature", "kind"),
        Field(
            "passage",
            "gates",
            MoveName(),
            label="Ce que l’étape ouvre et ferme",
            help="Avant l’ouverture et après la fermeture, ce bouton ne marche pas. Vide : l’étape informe.",
        ),
        Field(
            "exigence",
            "requirement",
            help="Un accompagnement obligatoire doit avoir eu lieu avant de passer.",
        ),
        Field("ouvre", "opens", Reference(), label="Ouvre au premier jour de"),
        Field(
            "ouvre_décalage",
            "opens_offset",
            label="Décalage de l’ouverture, en jours",
            help="3 : trois jours après. −3 : trois jours avant.",
        ),
        Field("ferme", "closes", Reference(), label="Ferme au dernier jour de"),
        Field("ferme_décalage", "closes_offset", label="Décalage de la fermeture, en jours"),
        Field(
            "places",
            "capacity",
            label="Places par séance",
            help="Pour un accompagnement : proposé à chaque nouvelle séance. Vide : rien n’est proposé.",
        ),
        Field(
            "charge",
            "weekly_load",
            label="Heures de l’équipe par semaine, au plus",
            help="La durée des séances d’une semaine s’y compare. Au-delà, l’équipe est avertie. Vide : sans limite.",
        ),
        Field(
            "participation",
            "participation",
            label="Place faite aux habitants",
            help="Pour un avis des habitants : ce qu’on attend d’eux, dit avant qu’ils viennent.",
        ),
        Field(
            "promesse",
            "promise",
            label="Promesse faite aux habitants",
            help="Ce qui sera fait de leur parole, et quand on leur répondra.",
        ),
        Field("responsable", "responsible", label="Qui s’en charge"),
        SOURCE,
    ),
)

SECTIONS = (CONTRACT, CYCLE, RULES, MILESTONES, STEPS)
