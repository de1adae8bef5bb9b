"""One part of a year at a time: what is stale is refused, what is done is done, what is incoherent is said."""

from datetime import date

import pytest

from tests import year as play
from workflow import campaign, loading
from workflow.campaign import Campaign, change, digest, part_of, with_part, with_rows
from workflow.loading.differences import differences
from workflow.models import Cycle, Entry
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


def section(name: str):
    return next(one for one in loading.sections() if one.name == name)


@pytest.fixture
def year():
    return play.a_year()


def edit(year, name: str, code: str, **values):
    """(the edit, what it shows, the digest of what is there now)."""
    part = section(name)

    def write(document):
        return with_part(document, part, code, part_of(document, part, code) | values)

    def shown(document):
        return part_of(document, part, code)

    return write, shown, digest(shown(Campaign.of(play.fresh(year.cycle)).document))


def fire(year, write, shown, seen, by=None) -> bool:
    return change(year.cycle, write, by=by or year.coordinator, at=play.WRITING, shown=shown, seen=seen)


def test_a_form_that_read_something_else_is_refused_and_writes_nothing(year):
    write, shown, seen = edit(year, "jalons", "cloture", note="à minuit")
    fire(year, *edit(year, "jalons", "cloture", note="à midi"))
    with pytest.raises(Refused) as refused:
        fire(year, write, shown, seen)
    assert refused.value.codes == ["stale"]
    assert year.cycle.milestones.get(code="cloture").note == "à midi"


def test_a_form_is_not_stale_because_something_else_changed(year):
    write, shown, seen = edit(year, "jalons", "cloture", note="à minuit")
    fire(year, *edit(year, "jalons", "ouverture", note="à neuf heures"))
    assert fire(year, write, shown, seen) is True


def test_the_same_click_twice_is_done_once(year):
    same = edit(year, "règles", "", quorum=2)
    assert [fire(year, *same), fire(year, *same)] == [True, False]
    assert year.cycle.versions.count() == 2


def test_the_first_change_of_a_rule_opens_a_draft_and_the_next_ones_stay_in_it(year):
    fire(year, *edit(year, "règles", "", quorum=2))
    fire(year, *edit(year, "critères", "qpv", label="Public des trois quartiers"))
    now = Campaign.of(play.fresh(year.cycle))
    assert (now.current, now.draft.number, now.cycle.versions.count()) == (year.rules, 2, 2)
    assert [(one.section.name, one.code) for one in now.changes] == [("règles", ""), ("critères", "qpv")]
    assert year.rules.criteria.get(code="qpv").label == "Public des quartiers"


def test_the_journal_of_the_draft_keeps_what_a_row_was_and_became(year):
    fire(year, *edit(year, "règles", "", quorum=2))
    fire(year, *edit(year, "étapes", "depot", closes_offset=3))
    entry = Entry.objects.filter(subject_label="workflow.cycleversion").order_by("-pk")[0]
    assert (entry.move, entry.actor) == ("amend", year.coordinator)
    assert '"étapes":{"depot":{"ferme_décalage":[0,3]}}' in entry.payload


def test_rows_without_a_journal_of_their_own_are_told_in_the_cycle_s(year):
    def add(document):
        row = {"code": "ete", "label": "L’été", "source": ""}
        return with_part(document, section("orientations"), "ete", row)

    change(year.cycle, add, by=year.coordinator, at=play.WRITING)
    entry = Entry.objects.filter(subject_label="workflow.cycle").order_by("-pk")[0]
    assert '"orientations":{"ete":{"code":[null,"ete"]' in entry.payload
    assert [one.text for one in entry.prose.order_by("pk")] == ["L’été"]


def test_another_order_of_rows_is_a_change_too(year):
    part = section("critères")

    def turn(document):
        return with_rows(document, part, dict(reversed(document[part.name].items())))

    assert change(year.cycle, turn, by=year.coordinator, at=play.WRITING) is True
    assert list(Campaign.of(play.fresh(year.cycle)).document["critères"]) == ["presence", "qpv"]


def test_an_end_before_its_start_is_refused_at_its_own_place(year):
    with pytest.raises(Refused) as refused:
        fire(year, *edit(year, "jalons", "cloture", ends_on=date(2026, 1, 1)))
    assert [(one.code, one.place) for one in refused.value.refusals] == [
        ("ends_before_start", "jalons/cloture/au")
    ]


def test_what_dossiers_name_cannot_be_taken_out(year):
    orientation = year.cycle.orientations.create(code="emploi", label="Emploi")
    dossier = play.a_draft(year)
    type(dossier).objects.filter(pk=dossier.pk).update(orientation=orientation)
    with pytest.raises(Refused) as refused:
        change(
            year.cycle,
            lambda document: with_part(document, section("orientations"), "emploi", None),
            by=year.coordinator,
            at=play.WRITING,
        )
    assert refused.value.codes == ["cycle"]
    assert year.cycle.orientations.filter(code="emploi").exists()


def test_who_does_not_coordinate_the_cycle_changes_nothing_of_it(year):
    for name, code, values in (("jalons", "cloture", {"note": "x"}), ("règles", "", {"quorum": 2})):
        with pytest.raises(Refused) as refused:
            fire(year, *edit(year, name, code, **values), by=year.instructor)
        assert refused.value.refusals[0].sentence == "Votre rôle ne permet pas cette action ici."
    assert year.cycle.versions.count() == 1


def test_two_documents_of_one_year_differ_in_nothing(year):
    document = Campaign.of(year.cycle).document
    assert differences(document, loading.describe(Cycle.objects.get(pk=year.cycle.pk), year.rules)) == []
    assert campaign.digest(document["jalons"]) == digest(dict(document["jalons"]))
