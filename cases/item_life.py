"""The life of a point of a committee's agenda: to be treated, then concluded, or postponed to a later committee."""

from collections.abc import Iterator

from django.db import models
from django_fsm import FSMField, transition

from cases import passing as after
from cases.states import ItemState as S
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import Role

COORDINATOR = Role.COORDINATOR
LONGEST = 12 * 60


def item_is_written(item) -> Iterator[Refusal]:
    if not item.title.strip():
        yield Refusal("no_title", "Écrivez de quoi il s’agit.", place="title")
    yield from it_lasts_a_while(item, item.minutes)


def it_lasts_a_while(item, value) -> Iterator[Refusal]:
    if not 0 < value <= LONGEST:
        yield Refusal("duration_off", "Un point dure d’une minute à douze heures.", place="minutes")


def its_dossiers_are_of_the_call(item, dossiers) -> Iterator[Refusal]:
    """`dossiers` are the keys of the call's, among those that the point names."""
    if set(item.dossiers) - dossiers:
        yield Refusal("foreign_dossier", "Ce dossier n’est pas de cet appel.", place="dossiers")


def the_next_is_later(item, facts, later) -> Iterator[Refusal]:
    if facts is not None and facts.get("committee") not in later:
        yield Refusal("no_later_committee", "Aucun comité n’est prévu après celui-ci : ajoutez-en un.")


class ItemLife(models.Model):
    state = FSMField("état", max_length=9, choices=S, default=S.PLANNED, protected=True)
    conclusion = models.TextField("conclusion", blank=True)

    class Meta:
        abstract = True

    @transition(
        "state",
        source=S.PLANNED,
        target=S.DONE,
        custom=rule(by=[COORDINATOR], then=[after.note_proposals]),
    )
    def conclude(self, conclusion: str = ""):
        """What a committee said of the dossiers that it did not decide is kept as its proposal."""
        self.conclusion = conclusion

    @transition(
        "state",
        source=S.DONE,
        target=S.PLANNED,
        custom=rule(by=[COORDINATOR], then=[after.take_back_proposals]),
    )
    def take_up(self):
        """A point concluded too soon is open again."""
        self.conclusion = ""

    @transition(
        "state",
        source=S.PLANNED,
        target=S.POSTPONED,
        custom=rule(by=[COORDINATOR], guards=[the_next_is_later], then=[after.carry_items]),
    )
    def postpone(self, committee: int):
        """The same point stands on the later committee's agenda, with the dossiers that are still to decide."""
