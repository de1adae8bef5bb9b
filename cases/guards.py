"""What must hold for a dossier to move: true sentences, as pure functions.

A guard's first parameter is the dossier; the others name what it looks at (`looks.py`), and the door loads just those.
It yields one refusal per reason, so that a person sees them all at once. `facts` is what was typed, None before that.
"""

from collections.abc import Iterator
from decimal import Decimal

from cases.budget import Budget
from cases.explaining import feedback_is_due, sheet_is_whole
from cases.states import DECIDED_LINE, DossierState, LineState, SupportState
from workflow.calendar import paris_day
from workflow.models import Filing
from workflow.money import euros
from workflow.refusal import Refusal
from workflow.roles import SYSTEM

SETTLED_FOR_ANSWER = (
    LineState.UNDISCLOSED,
    LineState.NOTIFIED,
    LineState.ACCEPTED,
    LineState.ADAPTED,
    LineState.RENOUNCED,
    LineState.SETTLED,
)


# Before the deadline -------------------------------------------------------------------------------------------------


def step_is_offered(dossier, facts, steps, dated_step, at) -> Iterator[Refusal]:
    offered = {step.code for step in steps}
    if not offered:
        yield Refusal("no_step", "Aucun accompagnement n’est proposé cette année.")
    elif facts is not None and facts.get("step") not in offered:
        yield Refusal("unknown_step", "Cet accompagnement n’est pas proposé cette année.", place="step")
    elif facts is not None and not dated_step(facts["step"]).may_be_asked(paris_day(at)):
        yield Refusal(
            "step_over", "La date de cet accompagnement est passée : appelez l’équipe.", place="step"
        )


def meeting_is_recorded(dossier, facts, by) -> Iterator[Refusal]:
    """A re-reading that its reader finished has said its say, remark by remark."""
    if by is not SYSTEM and facts and facts.get("held") and not str(facts.get("record", "")).strip():
        yield Refusal("no_record", "Écrivez ce qui a été convenu pendant la rencontre.", place="record")


def answers_are_complete(dossier, rules, questions) -> Iterator[Refusal]:
    """What Dauphin holds is not asked twice: there the dossier carries its reference instead."""
    if rules.filing != Filing.HERE and not dossier.dauphin_reference:
        yield Refusal(
            "no_reference", "Notez le numéro de la demande dans Dauphin.", place="dauphin_reference"
        )
    for question in questions if rules.filing != Filing.DAUPHIN else ():
        if (
            question.required
            and question.kind != "document"
            and not _answered(dossier.answers.get(question.code))
        ):
            yield Refusal("unanswered", f"Il manque une réponse : « {question.label} ».", place=question.code)


def _answered(value) -> bool:
    return value is not None and str(value).strip() != ""


def documents_are_joined(dossier, rules, questions, documents) -> Iterator[Refusal]:
    for question in questions if rules.filing == Filing.HERE else ():
        if question.required and question.kind == "document" and question.code not in documents:
            yield Refusal("no_document", f"Il manque une pièce : « {question.label} ».", place=question.code)


def money_is_asked(dossier, lines) -> Iterator[Refusal]:
    if not any(line.requested > 0 or line.in_kind for line in lines):
        yield Refusal("no_request", "Indiquez au moins un financeur et le montant demandé.", place="lines")


def cost_covers_requests(dossier, lines) -> Iterator[Refusal]:
    asked = sum((line.requested for line in lines if not line.in_kind), Decimal(0))
    if asked > dossier.total_cost:
        yield Refusal(
            "over_cost", "Les montants demandés dépassent le coût total de l’action.", place="total_cost"
        )


def budget_is_balanced(dossier, lines) -> Iterator[Refusal]:
    """Charges equal products, and help in kind its use; a request that gives its total alone has nothing to balance."""
    budget = Budget.of(dossier, lines)
    gaps = {"produits": budget.missing_products, "charges": budget.missing_charges}
    for side, gap in gaps.items() if budget.is_detailed else ():
        if gap:
            yield Refusal(
                "unbalanced",
                f"Le budget n’est pas équilibré : il manque {euros(gap)} de {side}.",
                place="budget",
            )
    for account, gap in ((87, budget.missing_given), (86, budget.missing_used)):
        if gap:
            sentence = (
                f"Les aides en nature ne sont pas équilibrées : il manque {euros(gap)} au compte {account}."
            )
            yield Refusal("unbalanced_kind", sentence, place="budget")


def required_steps_are_done(dossier, steps, supports) -> Iterator[Refusal]:
    done = {one.step.code for one in supports if one.state in (SupportState.HELD, SupportState.WAIVED)}
    for step in steps:
        if step.requirement == "required" and step.code not in done:
            yield Refusal(
                "step_missing",
                f"Une étape est obligatoire avant le dépôt : « {step.label} ».",
                place=step.code,
            )


def commitment_is_confirmed(dossier, rules) -> Iterator[Refusal]:
    if rules.filing == Filing.HERE and dossier.commitment_at is None:
        yield Refusal(
            "no_commitment", "Le représentant légal doit confirmer l’engagement.", place="commitment_by"
        )


def check_has_not_begun(dossier, instruction) -> Iterator[Refusal]:
    if instruction is not None and instruction.checks:
        yield Refusal(
            "check_begun", "L’équipe a commencé la vérification : appelez-la pour modifier le dossier."
        )


# Admissibility -------------------------------------------------------------------------------------------------------


def due_date_is_ahead(dossier, facts, at) -> Iterator[Refusal]:
    if facts is not None and facts.get("due_on") and facts["due_on"] <= paris_day(at):
        yield Refusal("date_past", "La date de réponse doit être à venir.", place="due_on")


def every_item_is_answered(dossier, completion) -> Iterator[Refusal]:
    for item in completion.unanswered if completion else ():
        yield Refusal("item_unanswered", f"Il reste à compléter : « {item} ».", place="replies")


def motive_is_published_and_has_a_fact(dossier, facts, reasons) -> Iterator[Refusal]:
    if facts is None:
        return
    reason = reasons.get(str(facts.get("reason")))
    if reason is None or reason.kind != "inadmissible":
        yield Refusal(
            "no_motive", "Choisissez un motif de non-recevabilité publié dans le règlement.", place="reason"
        )
    if not str(facts.get("fact", "")).strip():
        asked = f" {reason.asks}" if reason is not None and reason.asks else ""
        yield Refusal("no_fact", f"Dites quel fait du dossier fonde ce motif.{asked}", place="fact")


def checklist_is_complete(dossier, criteria, instruction) -> Iterator[Refusal]:
    checks = instruction.checks if instruction else {}
    for criterion in criteria:
        if criterion.kind == "admissibility" and checks.get(criterion.code) is not True:
            yield Refusal(
                "not_checked", f"Recevabilité à vérifier : « {criterion.label} ».", place=criterion.code
            )


# The financiers' round -----------------------------------------------------------------------------------------------


def grid_is_filled(dossier, criteria, instruction) -> Iterator[Refusal]:
    marks = instruction.marks if instruction else {}
    for criterion in criteria:
        if criterion.kind == "grid" and marks.get(criterion.code) not in (0, 1, 2, 3, 4):
            yield Refusal("not_marked", f"Grille à remplir : « {criterion.label} ».", place=criterion.code)


def somebody_is_invited(dossier, lines) -> Iterator[Refusal]:
    if not any(line.state == LineState.INVITED for line in lines):
        yield Refusal("nobody_invited", "Demandez d’abord l’avis d’au moins un financeur.", place="lines")


def deadline_is_ahead(dossier, facts, at) -> Iterator[Refusal]:
    if facts is not None and facts.get("deadline") and facts["deadline"] <= paris_day(at):
        yield Refusal("date_past", "La date limite des avis doit être à venir.", place="deadline")


def quorum_or_date(dossier, by, at, lines, review) -> Iterator[Refusal]:
    """The coordinator may close at any time, knowingly; the system only when the round is full or its day is over."""
    if by is not SYSTEM or review is None or paris_day(at) > review.deadline:
        return
    answered = sum(line.state == LineState.ANSWERED for line in lines)
    awaited = sum(line.state == LineState.INVITED for line in lines)
    if awaited and not (review.quorum and answered >= review.quorum):
        yield Refusal("round_open", "Le tour d’avis est encore ouvert.")


def no_line_is_decided(dossier, lines) -> Iterator[Refusal]:
    if any(line.state in DECIDED_LINE for line in lines):
        yield Refusal(
            "already_decided", "Retirez d’abord les décisions déjà notées sur ce dossier.", place="lines"
        )


def somebody_was_silent(dossier, lines) -> Iterator[Refusal]:
    if not any(line.state == LineState.SILENT for line in lines):
        yield Refusal("nobody_silent", "Tous les financeurs sollicités ont donné leur avis.", place="lines")


# The committee -------------------------------------------------------------------------------------------------------


def next_committee_is_ahead(dossier, facts, at) -> Iterator[Refusal]:
    if facts is not None and facts.get("next_committee_on") and facts["next_committee_on"] <= paris_day(at):
        yield Refusal("date_past", "Le prochain comité doit être à venir.", place="next_committee_on")


def committee_is_of_this_cycle(dossier, facts, committees) -> Iterator[Refusal]:
    if facts is not None and facts.get("committee") not in committees:
        yield Refusal("no_committee", "Nommez le comité qui a décidé.", place="committee")


def every_line_is_decided(dossier, lines) -> Iterator[Refusal]:
    for line in lines:
        if line.state not in (*DECIDED_LINE, LineState.SETTLED) and not line.is_mainstream:
            yield Refusal("line_undecided", f"Décision à noter pour {line.seat}.", place=f"line-{line.pk}")


def envelopes_hold(dossier, lines) -> Iterator[Refusal]:
    granted = [line.envelope for line in lines if line.state == LineState.GRANTED]
    both = [one for own in granted for one in (own, own.within) if one]
    yield from dict.fromkeys(
        Refusal("to_arbitrate", f"Enveloppe « {one} » : {euros(one.to_arbitrate)} à arbitrer.")
        for one in both
        if one.to_arbitrate
    )


# The answer and the end ----------------------------------------------------------------------------------------------


def every_decision_is_notified(dossier, lines) -> Iterator[Refusal]:
    if dossier.state == DossierState.INADMISSIBLE:
        return
    for line in lines:
        if line.state not in SETTLED_FOR_ANSWER and not line.is_mainstream:
            yield _not_notified(line)


def no_late_word_is_untold(dossier, lines) -> Iterator[Refusal]:
    """Once the holder is answered, a line stands decided only until its financier's late word is notified."""
    for line in lines:
        if line.state in (LineState.GRANTED, LineState.REFUSED) and not line.is_mainstream:
            yield _not_notified(line)


def _not_notified(line) -> Refusal:
    return Refusal(
        "not_notified", f"{line.seat} n’a pas encore notifié sa décision.", place=f"line-{line.pk}"
    )


def feedback_is_delivered(dossier, lines, rules, feedback, reasons) -> Iterator[Refusal]:
    """Where the cycle's policy asks for a sheet, and as the lines are now: a late word may need a corrected one."""
    if not feedback_is_due(dossier, lines, rules):
        return
    if feedback is None or feedback.state != "delivered":
        yield Refusal("no_feedback", "La fiche de motivation n’a pas encore été transmise.", place="feedback")
    elif lacking := list(sheet_is_whole(feedback, dossier, lines, rules, reasons)):
        sentence = "La fiche transmise n’explique pas toute la réponse : corrigez-la."
        yield Refusal("short_feedback", f"{sentence} {lacking[0].sentence}", place="feedback")


def withdrawal_of_award_is_confirmed(dossier, facts, lines) -> Iterator[Refusal]:
    notified = [line for line in lines if line.notified_on and line.award]
    if notified and facts is not None and not facts.get("withdraws_award"):
        sentence = "Une attribution a été notifiée : confirmez que la rouvrir retire cette décision."
        yield Refusal("withdraws_award", sentence, place="withdraws_award")
