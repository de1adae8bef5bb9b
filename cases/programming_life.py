"""The life of a call's programming: prepared, signed off once the committee has voted, opened again with a reason."""

from collections.abc import Iterator

from django.db import models
from django_fsm import FSMField, transition

from cases import signing as after
from cases.programming_states import ProgrammingState as S
from workflow.charts import rule
from workflow.refusal import Refusal, stale
from workflow.roles import Role
from workflow.wording import listed

COORDINATOR = Role.COORDINATOR
NAMED = 8
"""How many dossiers a refusal names before it only counts."""


def the_committee_is_one_of_its_call(programming, facts, ballot) -> Iterator[Refusal]:
    if facts and facts.get("committee") not in ballot.committees:
        yield Refusal("no_committee", "Choisissez le comité qui a voté.", place="committee")


def something_is_decided(programming, ballot) -> Iterator[Refusal]:
    if not ballot.decided:
        yield Refusal("nothing_decided", "Aucun dossier n’est encore décidé : il n’y a rien à arrêter.")


def no_dossier_awaits_the_vote(programming, ballot) -> Iterator[Refusal]:
    """What is deferred or still read waits for a later committee; what is on the table does not."""
    waiting = ballot.waiting
    if waiting:
        named = listed(waiting[:NAMED])
        more = f" et {len(waiting) - NAMED} de plus" if len(waiting) > NAMED else ""
        yield Refusal("still_on_the_table", f"Le comité n’a pas encore décidé : {named}{more}.")


def table_is_as_shown(programming, facts, table) -> Iterator[Refusal]:
    """Whoever signs has read the very table that is kept."""
    if facts and facts.get("seen") and facts["seen"] != table().digest:
        yield stale()


class ProgrammingLife(models.Model):
    state = FSMField("état", max_length=6, choices=S, default=S.OPEN, protected=True)

    class Meta:
        abstract = True

    @transition(
        "state",
        source=S.OPEN,
        target=S.SIGNED,
        custom=rule(
            by=[COORDINATOR],
            guards=[
                the_committee_is_one_of_its_call,
                something_is_decided,
                no_dossier_awaits_the_vote,
                table_is_as_shown,
            ],
            then=[after.keep_the_table],
        ),
    )
    def sign_off(self, committee: int, seen: str):
        """The table is kept as it is, and the team's proposals rest."""

    @transition("state", source=S.SIGNED, target=S.OPEN, custom=rule(by=[COORDINATOR]))
    def reopen(self, reason: str):
        """A second programming, a complementary list, a mistake: what was signed stays as it was signed."""
