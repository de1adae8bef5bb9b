"""The parts of a cycle's file that the engine itself needs: contract, cycle, rules, milestones, steps."""

from collections.abc import Iterator, Mapping

from workflow import promises
from workflow.calendar import Precision
from workflow.loading.kinds import Choice, MoveName, Pattern, Reference
from workflow.loading.section import Field, Row, Section
from workflow.models import CityContract, Cycle, CycleVersion, Milestone, Step, StepKind
from workflow.refusal import Refusal


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


CONTRACT = Section(
    "contrat",
    CityContract,
    owner="contract",
    single=True,
    order=10,
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
    fields=(
        Field("code", "code"),
        Field("nom", "name"),
        Field("année", "year"),
        Field("service", "team_name"),
        Field("téléphone", "team_phone"),
        Field("courriel", "team_email"),
        Field("source", "source"),
    ),
)

RULES = Section(
    "règles",
    CycleVersion,
    owner="version",
    single=True,
    order=30,
    fields=(
        Field("dépôt", "filing"),
        Field("quorum", "quorum"),
        Field("jours_avis", "review_days"),
        Field("fiche_si_refus", "feedback_on_refusal"),
        Field("fiche_si_baisse", "feedback_on_cut"),
        Field("relecture_fiche", "feedback_check"),
        Field("part_publique", "public_share"),
        Field("source", "source"),
    ),
)

MILESTONES = Section(
    "jalons",
    Milestone,
    owner="cycle",
    order=40,
    coherent=(every_milestone_ends_after_it_starts,),
    fields=(
        Field("code", "code"),
        Field("libellé", "label"),
        Field("du", "starts_on"),
        Field("au", "ends_on", same_as="starts_on"),
        Field("précision", "precision", Choice(tuple(Precision.choices), by_value=True)),
        Field("annoncé", "public"),
        Field("source", "source"),
        Field("note", "note"),
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
        promises.there_is_a_filing_window,
        promises.accompaniment_can_be_had,
        promises.every_final_state_is_reachable,
    ),
    fields=(
        Field("code", "code"),
        Field("libellé", "label"),
        Field("nature", "kind"),
        Field("passage", "gates", MoveName()),
        Field("exigence", "requirement"),
        Field("ouvre", "opens", Reference()),
        Field("ouvre_décalage", "opens_offset"),
        Field("ferme", "closes", Reference()),
        Field("ferme_décalage", "closes_offset"),
        Field("places", "capacity"),
        Field("responsable", "responsible"),
        Field("source", "source"),
    ),
)

SECTIONS = (CONTRACT, CYCLE, RULES, MILESTONES, STEPS)
