"""What is asked of the parts of a cycle's file that dossiers need: of their rows, then before publishing."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from cases.models.criterion import CriterionKind, ReasonKind
from cases.models.envelope import EnvelopeStatus
from workflow.loading.section import Row
from workflow.models import Filing, StepKind
from workflow.money import euros
from workflow.refusal import Refusal

# What rows say of one another --------------------------------------------------------------------------------------


def every_status_has_its_amount(rows: Mapping[str, Row]) -> Iterator[Refusal]:
    """A notified envelope names its sum, a cut one what is left: the committee decides against these figures."""
    for code, row in rows.items():
        if row["status"] in (EnvelopeStatus.NOTIFIED, EnvelopeStatus.CUT) and row["ceiling"] is None:
            yield Refusal(
                "no_ceiling", "une enveloppe notifiée ou réduite dit son montant.", f"{code}/montant"
            )
        if (row["status"] == EnvelopeStatus.CUT) != (row["cut_to"] is not None):
            yield Refusal(
                "cut_unsaid",
                "« réduite_à » va avec le statut « Réduite », et seulement lui.",
                f"{code}/statut",
            )


def every_part_stands_in_its_whole(rows: Mapping[str, Row]) -> Iterator[Refusal]:
    """Written before it, of its nature, and never a part itself: what is decided on one counts once in the other."""
    seen: dict[str, Row] = {}
    for code, row in rows.items():
        whole = seen.get(row["within"])
        if row["within"] is not None and whole is None:
            said = f"l’enveloppe « {row['within']} » n’est pas écrite avant celle-ci chez ce financeur."
            yield Refusal("no_whole", said, f"{code}/dans")
        elif whole is not None and whole["within"] is not None:
            yield Refusal("part_of_part", "une sous-enveloppe n’en contient pas d’autre.", f"{code}/dans")
        elif whole is not None and whole["nature"] != row["nature"]:
            yield Refusal("other_nature", "une sous-enveloppe a la nature de la sienne.", f"{code}/nature")
        seen[code] = row


def parts_fit_their_whole(rows: Mapping[str, Row]) -> Iterator[Refusal]:
    """Those that are known; a cut of the whole is said beside its amount, and leaves its parts to arbitrate."""
    for code, row in rows.items():
        parts = [amount_of(one) for one in rows.values() if one["within"] == code]
        total = sum((one for one in parts if one is not None), Decimal(0))
        if row["ceiling"] is not None and total > row["ceiling"]:
            said = f"ses sous-enveloppes font {euros(total)}, plus que ses {euros(row['ceiling'])}."
            yield Refusal("oversplit", said, f"{code}/montant")


def amount_of(row: Row) -> Decimal | None:
    """What an envelope may decide in all, in euros; None while nobody knows."""
    return min((one for one in (row["ceiling"], row["cut_to"]) if one is not None), default=None)


def place_is_made_first(was: Mapping[str, Row], now: Mapping[str, Row]) -> list[str]:
    """Parts that are lowered, then wholes, then parts that grow: each step fits where all together do."""

    def rank(code: str) -> int:
        before, after = (amount_of(rows[code]) if code in rows else None for rows in (was, now))
        if now[code]["within"] is None:
            return 1
        return 0 if after is None or (before is not None and after <= before) else 2

    return sorted(now, key=rank)


def every_seat_is_taken_once(rows: Mapping[str, Row]) -> Iterator[Refusal]:
    """Two financiers of one organisation would answer twice for the same money, and share one SIRET."""
    for attr, key in (
        ("organisation.name", "organisation"),
        ("organisation.siret", "siret"),
        ("name", "nom"),
    ):
        first: dict[str, str] = {}
        for code, row in rows.items():
            other = first.setdefault(row[attr].casefold(), code) if row[attr] else code
            if other != code:
                yield Refusal("seat_twice", f"déjà pris par le financeur « {other} ».", f"{code}/{key}")


def who_writes_has_a_signatory(rows: Mapping[str, Row]) -> Iterator[Refusal]:
    """A letter names who signs it, and in which quality: without both it could never be made."""
    for code, row in rows.items():
        for attr, key in (("signatory", "signataire"), ("signatory_quality", "qualité")):
            if row["writes_letters"] and not row[attr].strip():
                yield Refusal("no_signatory", "dites qui signe les courriers.", f"{code}/{key}")


# What publishing asks ----------------------------------------------------------------------------------------------


def somebody_gives_money(document) -> Iterator[Refusal]:
    if not document["financeurs"]:
        yield Refusal("no_financier", "Il manque les financeurs.", "financeurs")
    for code, row in document["financeurs"].items():
        if not row["envelopes"]:
            yield Refusal(
                "no_envelope",
                f"Le financeur « {row['name'] or row['organisation.name']} » n’a pas d’enveloppe.",
                f"financeurs/{code}",
            )


def dossiers_can_be_checked(document) -> Iterator[Refusal]:
    """A grid is the team's own choice; without a rule of admissibility nothing could be checked at all."""
    kinds = {row["kind"] for row in document["critères"].values()}
    if CriterionKind.ADMISSIBILITY not in kinds:
        yield Refusal("no_criterion", "Il manque au moins un critère de recevabilité.", "critères")


def every_reason_rests_on_a_rule(document) -> Iterator[Refusal]:
    """A stated motive must be true and of general interest: it is tied to what was published."""
    for code, row in document["motifs"].items():
        if not row["rule"].strip():
            yield Refusal(
                "no_rule", f"Le motif « {row['label']} » ne dit pas sa règle.", f"motifs/{code}/règle"
            )


def a_refusal_can_be_explained(document) -> Iterator[Refusal]:
    """Without a published motive, no dossier could be declared inadmissible nor any refusal explained."""
    kinds = {row["kind"] for row in document["motifs"].values()}
    if ReasonKind.INADMISSIBLE not in kinds:
        yield Refusal("no_reason", "Il manque au moins un motif de non-recevabilité.", "motifs")
    if not kinds - {ReasonKind.INADMISSIBLE}:
        yield Refusal("no_reason", "Il manque au moins un motif de refus sur le fond.", "motifs")


MOST_ASKED = 4
"""The survey takes two minutes, or nobody answers it."""


def the_survey_is_short_and_has_dates(document) -> Iterator[Refusal]:
    """Questions without days are never asked; days without questions ask nothing."""
    asked = document["enquête"]
    steps = {code: row for code, row in document["étapes"].items() if row["kind"] == StepKind.SURVEY}
    if len(asked) > MOST_ASKED:
        yield Refusal("too_many", f"L’enquête pose {MOST_ASKED} questions au plus.", "enquête")
    if asked and not steps:
        yield Refusal("no_window", "L’enquête n’a pas d’étape : dites quand elle est ouverte.", "enquête")
    for code, row in steps.items():
        if not asked:
            yield Refusal("no_question", f"« {row['label']} » ne pose aucune question.", f"étapes/{code}")
        if row["opens"] is None or row["closes"] is None:
            yield Refusal(
                "endless_window",
                f"« {row['label']} » ne dit pas quand elle s’ouvre et se ferme.",
                f"étapes/{code}",
            )
    if len(steps) > 1:
        yield Refusal("two_windows", "L’enquête a déjà son étape.", f"étapes/{list(steps)[1]}/nature")


def the_request_asks_something(document) -> Iterator[Refusal]:
    """Where requests are filed in Dauphin, nothing that it holds is asked twice."""
    if document["règles"]["filing"] != Filing.DAUPHIN and not document["questions"]:
        yield Refusal("no_question", "La demande ne pose aucune question.", "questions")
