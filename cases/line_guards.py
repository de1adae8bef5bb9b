"""What must hold for one financier's line to move: true sentences, as pure functions (see `guards.py`)."""

from collections.abc import Iterator
from decimal import Decimal

from cases.budget import Account, Budget
from cases.states import BEFORE_DECISION, EDITABLE, DossierState, LineState, Verdict
from workflow.calendar import paris_day
from workflow.models.cycle import AboveRequest
from workflow.money import euros
from workflow.refusal import Refusal, no_right, not_editable, stale
from workflow.roles import SYSTEM, TEAM
from workflow.wording import day_in_words

BEING_WRITTEN = (*EDITABLE, DossierState.INCOMPLETE)
DECISION_IS_KNOWN = (DossierState.DECIDED, DossierState.ANSWERED)


def dossier_is_being_written(line, value) -> Iterator[Refusal]:
    """What was filed is what the financiers read: the amount asked changes only while the holder may write."""
    if line.dossier.state not in BEING_WRITTEN:
        yield not_editable("requested")


def proposal_is_an_amount(line, value) -> Iterator[Refusal]:
    """More than was asked is said on the table and refused by nobody; less than nothing, or half a cent, is a slip."""
    if value is not None and not (value >= 0 and _in_cents(value)):
        yield Refusal("amount_off", "Écrivez un montant en euros, zéro ou plus.", place="team_proposal")


def proposal_is_within_policy(line, value, policy) -> Iterator[Refusal]:
    """Above what was asked a call may refuse; asked only where it is."""
    if value is not None and value > line.requested and policy(line) == AboveRequest.REFUSE:
        sentence = f"C’est plus que demandé ({euros(line.requested)}) : les règles de l’appel le refusent."
        yield Refusal("above_request", sentence, place="team_proposal")


def line_is_of_its_dossier(line, at) -> Iterator[Refusal]:
    """Rights are read on the line's own holder and cycle, so that those must be its dossier's."""
    if (line.organisation_id, line.cycle_id) != (line.dossier.organisation_id, line.dossier.cycle_id):
        yield no_right()


def dossier_takes_lines(line, by, holds) -> Iterator[Refusal]:
    """The holder adds a financier while writing; the team until the committee has decided."""
    team = by is SYSTEM or any(holds(role) for role in TEAM)
    if line.dossier.state not in ((*EDITABLE, *BEFORE_DECISION) if team else BEING_WRITTEN):
        yield Refusal("no_more_lines", "Un financeur ne s’ajoute plus à cette étape du dossier.")


def dossier_is_being_read(line, dossier) -> Iterator[Refusal]:
    if dossier.state not in (DossierState.INSTRUCTION, DossierState.REVIEW):
        yield Refusal("not_reading", "Un avis se demande pendant l’instruction ou le tour d’avis.")


def seat_pays_money(line) -> Iterator[Refusal]:
    if line.is_mainstream:
        yield Refusal("mainstream", "Le droit commun ne passe pas par un avis : orientez la ligne.")


def seat_is_mainstream(line) -> Iterator[Refusal]:
    if not line.is_mainstream:
        yield Refusal("not_mainstream", "Cette enveloppe n’est pas du droit commun.")


def round_is_open(line, dossier) -> Iterator[Refusal]:
    if dossier.state != DossierState.REVIEW:
        yield Refusal("round_closed", "Le tour d’avis est clos : appelez l’équipe pour corriger votre avis.")


def somebody_else_is_asked(line, facts, asked) -> Iterator[Refusal]:
    """A round without anybody would close at once, and send the dossier to its committee without one opinion."""
    if facts is not None and asked() <= {line.pk}:
        yield Refusal(
            "nobody_left", "Sollicitez d’abord un autre financeur : ce tour n’aurait plus personne."
        )


def page_is_as_shown(line, facts, shown) -> Iterator[Refusal]:
    """An opinion is about what was read: its form carries a digest of that, and a change since asks again."""
    if facts is not None and facts.get("seen") and facts["seen"] != shown.digest(line):
        yield stale()


def opinion_is_whole(line, facts) -> Iterator[Refusal]:
    if facts is None:
        return
    amount = facts.get("amount")
    if facts.get("verdict") not in Verdict.values:
        yield Refusal("no_verdict", "Choisissez un avis.", place="verdict")
    if amount is not None and not (0 <= amount <= line.requested and _in_cents(amount)):
        yield Refusal(
            "amount_off",
            "Le montant proposé doit être compris entre 0 et le montant demandé.",
            place="amount",
        )
    if facts.get("verdict") == Verdict.UNFAVOURABLE and not str(facts.get("motive", "")).strip():
        yield Refusal("no_motive", "Dites en une phrase ce qui manque à cette action.", place="motive")
    if facts.get("verdict") == Verdict.RESERVED and not any(
        str(facts.get(name, "")).strip() for name in ("conditions", "motive")
    ):
        yield Refusal("no_condition", "Dites en une phrase à quelle condition.", place="conditions")


def _in_cents(amount: Decimal) -> bool:
    """A database rounds what is finer, each row for itself: the envelope's total would no longer be their sum."""
    return amount == round(Decimal(amount), 2)


def source_is_said(line, facts) -> Iterator[Refusal]:
    if facts is not None and not str(facts.get("source", "")).strip():
        yield Refusal(
            "no_source",
            "Dites comment cet avis a été reçu (appel, réunion, courriel) et quel jour.",
            place="source",
        )


def it_was_received_already(line, facts, at) -> Iterator[Refusal]:
    """Where the day of an opinion received otherwise is said, it has passed."""
    if facts is not None and facts.get("received_on") and facts["received_on"] > paris_day(at):
        yield Refusal(
            "date_ahead", "Cette date est à venir : écrivez le jour de l’avis.", place="received_on"
        )


def committee_is_sitting(line, dossier) -> Iterator[Refusal]:
    if dossier.state != DossierState.COMMITTEE:
        yield Refusal("not_in_committee", "Une décision se note quand le dossier est en comité.")


def a_decision_is_awaited(line, dossier) -> Iterator[Refusal]:
    """The committee's, or later the word that a financier had not yet given: it binds only itself."""
    if not (line.state == LineState.UNDISCLOSED and dossier.state in DECISION_IS_KNOWN):
        yield from committee_is_sitting(line, dossier)


def grant_is_within_request(line, facts) -> Iterator[Refusal]:
    if facts is None:
        return
    amount = facts.get("amount") or Decimal(0)
    if not (0 < amount <= line.requested and _in_cents(amount)):
        yield Refusal(
            "amount_off",
            "Le montant accordé doit être positif et ne pas dépasser la demande.",
            place="amount",
        )


def envelope_is_enough(line, facts, envelope) -> Iterator[Refusal]:
    """Counted on the locked envelope, and on the whole it is a part of, with what the same call has already decided."""
    if facts is None or envelope.room is None:
        return
    over = (facts.get("amount") or Decimal(0)) - line.booked - envelope.room
    if over > 0:
        yield Refusal("over_envelope", _over(envelope, over), place="amount")


def _over(envelope, by: Decimal) -> str:
    """Its own amount, what it left to its parts, or what it is itself a part of."""
    if envelope.split:
        return f"Hors sous-enveloppes, l’enveloppe « {envelope} » serait dépassée de {euros(by)}."
    whole = envelope.within
    named = envelope if whole is None or envelope.room == envelope.remaining else whole
    return f"L’enveloppe « {named} » serait dépassée de {euros(by)}."


def agreement_is_named(line, facts) -> Iterator[Refusal]:
    if facts is not None and not str(facts.get("agreement", "")).strip():
        yield Refusal(
            "no_agreement", "Nommez la convention pluriannuelle qui engage ce montant.", place="agreement"
        )


def dossier_is_undecided(line, dossier) -> Iterator[Refusal]:
    if dossier.state not in (*EDITABLE, *BEFORE_DECISION):
        yield Refusal("already_decided", "Un engagement se reprend avant la décision du comité.")


def dossier_is_decided(line, dossier) -> Iterator[Refusal]:
    if dossier.state not in DECISION_IS_KNOWN:
        yield Refusal("not_decided", "La décision du comité n’est pas encore enregistrée.")


def letter_is_dated_since_the_decision(line, facts, passage, at) -> Iterator[Refusal]:
    """A letter tells a decision: it is never older than the committee, whose word may be written down days later.

    A late word has no other limit, because its financier may have written before the team heard of it.
    """
    passed = passage() if facts is not None and facts.get("notified_on") else None
    if passed is None:
        return
    first, today = min(passed.committee.on, paris_day(passed.at)), paris_day(at)
    if facts["notified_on"] > today:
        yield Refusal(
            "letter_ahead", "La date de notification ne peut pas être à venir.", place="notified_on"
        )
    if facts["notified_on"] < first:
        yield Refusal(
            "letter_before_decision",
            f"La date de notification ne peut pas précéder la décision du {day_in_words(first)}.",
            place="notified_on",
        )


def a_call_is_awaited(line, phones) -> Iterator[Refusal]:
    if not line.is_called_first(phones):
        yield Refusal("no_call", "Aucun appel n’est demandé avant cette notification.")


def holder_was_called_first(line, phones) -> Iterator[Refusal]:
    """A refusal learnt alone by mail is a door that shuts; the year, or the team, may ask for a voice first."""
    if line.awaits_call(phones):
        tried = f" ({said_of_tries(line.calls_missed)})" if line.calls_missed else ""
        yield Refusal(
            "call_first",
            f"À appeler d’abord{tried} : notez l’appel, ou choisissez « notifier sans appeler ».",
        )


def said_of_tries(many: int) -> str:
    return f"pas joint, {many} tentative{'s' if many > 1 else ''}"


def envelope_is_as_voted_or_known(line, facts) -> Iterator[Refusal]:
    """Money that was voted may have shrunk since: whoever tells an award then says that they know it.

    `knows` is the version of the purse that was read: a second cut asks again.
    """
    if facts is not None and line.is_cut_since_vote and facts.get("knows") != line.purse_version:
        yield Refusal("envelope_cut", f"{cut_said(line)} Relisez, puis confirmez.", place="knows")


def cut_said(line) -> str:
    """By how much what a line was granted from has shrunk since the vote, in words."""
    envelope = line.shrunk
    voted = line.purse if envelope is line.envelope else None
    was = f" de {euros(voted)}" if voted is not None else ""
    rest = f" Il reste {euros(envelope.to_arbitrate)} à arbitrer." if envelope.to_arbitrate else ""
    return (
        f"L’enveloppe « {envelope} » a été réduite depuis le vote,{was} à {euros(envelope.available)}.{rest}"
    )


def something_was_granted(line) -> Iterator[Refusal]:
    if not line.award:
        yield Refusal("nothing_granted", "Aucun montant n’a été accordé sur cette ligne.")


def what_comes_back_was_granted(line, facts) -> Iterator[Refusal]:
    back = (facts or {}).get("given_back") or Decimal(0)
    if not (0 <= back <= line.award and _in_cents(back)):
        yield Refusal(
            "amount_off",
            f"Le montant rendu doit être compris entre 0 et ce qui est accordé ({euros(line.award)}).",
            place="given_back",
        )


def less_was_granted(line) -> Iterator[Refusal]:
    if line.award and line.award >= line.requested:
        yield Refusal(
            "granted_in_full", "Le montant demandé est accordé en entier : il n’y a rien à adapter."
        )


def revised_budget_is_even(line, facts, awards) -> Iterator[Refusal]:
    """A request that gave its accounts is adapted with new ones; what was granted stands in them by itself."""
    if facts is None:
        return
    accounts = facts.get("budget") or {}
    if not accounts and not Budget.of(line.dossier, ()).is_detailed:
        return
    if any(
        code not in Account.values or not (amount >= 0 and _in_cents(amount))
        for code, amount in accounts.items()
    ):
        yield Refusal("amount_off", "Écrivez des montants en euros, zéro ou plus.", place="budget")
        return
    budget = Budget(dict(accounts), awards())
    for missing, sentence in (
        (
            budget.missing_products,
            "Il manque {} de produits : baissez des charges, ou trouvez d’autres produits.",
        ),
        (budget.missing_charges, "Il manque {} de charges : tout ce qui vous est accordé doit servir."),
        (budget.missing_given, "Aides en nature : il manque {} au compte 87."),
        (budget.missing_used, "Aides en nature : il manque {} au compte 86."),
    ):
        if missing:
            yield Refusal("budget_uneven", sentence.format(euros(missing)), place="budget")


def dossier_may_release(line, dossier, by) -> Iterator[Refusal]:
    """A person takes a decision back in committee only; the dossier's own moves release lines through SYSTEM."""
    if by is not None and by.pk is not None and dossier.state != DossierState.COMMITTEE:
        yield Refusal("not_in_committee", "Une décision se retire quand le dossier est en comité.")
