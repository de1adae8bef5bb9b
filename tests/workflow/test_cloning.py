"""The next year as data: same weekdays, money unknown, and the texts that still speak of a year gone by."""

from tests.cycles import VITRY, vitry_with
from workflow import loading
from workflow.cloning import dated_texts, renewed


def test_every_milestone_and_committee_keeps_its_weekday_52_weeks_later():
    was, now = loading.read(VITRY), renewed(loading.read(VITRY))
    for code, row in was["jalons"].items():
        for name in ("starts_on", "ends_on"):
            assert (now["jalons"][code][name] - row[name]).days == 364
    assert {(now["comités"][code]["on"] - row["on"]).days for code, row in was["comités"].items()} == {364}


def test_rules_are_copied_as_they_are():
    was, now = loading.read(VITRY), renewed(loading.read(VITRY))
    assert now.rules() == was.rules()


def test_the_year_follows_in_the_code_and_in_the_name():
    cycle = renewed(loading.read(VITRY))["cycle"]
    assert (cycle["code"], cycle["year"]) == ("vitry_2028", 2028)
    assert cycle["name"] == "Appel à projets 2028 du contrat de ville de Vitry-le-François"


def test_a_code_without_its_year_gains_the_next_one(tmp_path):
    document = loading.read(vitry_with(tmp_path, {"code: vitry_2027": "code: vitry"}))
    assert renewed(document)["cycle"]["code"] == "vitry_2028"


def test_every_envelope_is_unknown_again():
    now = renewed(loading.read(VITRY))
    envelopes = [row for one in now["financeurs"].values() for row in one["envelopes"].values()]
    assert {(row["status"], row["ceiling"], row["cut_to"]) for row in envelopes} == {("unknown", None, None)}


def test_a_rule_that_names_last_year_s_date_is_to_be_read_again():
    # 2027's rules name 24 November 2026, the autumn before: right in 2027, wrong in 2028
    was = loading.read(VITRY)
    assert list(dated_texts(was)) == []
    assert {(one.section.name, one.code) for one in dated_texts(renewed(was))} == {("motifs", "hors_delai")}
