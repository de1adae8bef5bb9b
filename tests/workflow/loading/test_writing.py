"""A cycle's file in the database: all of it or nothing, through the door, and never a published row touched."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from cases import models as cases
from tests import year as play
from tests.cycles import REIMS, VITRY, vitry_with
from tests.year import BEFORE, person
from workflow import engine, journal, loading
from workflow.calendar import Region
from workflow.journal import facts_of
from workflow.models import CityContract, Cycle, CycleVersion, Entry, Milestone, Organisation
from workflow.roles import SYSTEM, Role

pytestmark = pytest.mark.django_db
FINANCIER = """  - code: region
    nom: Région
    organisation: Une autre association
    nature: Association
    {siret}
    enveloppes:
      - code: contrat
        libellé: Contrat

"""


@pytest.fixture
def vitry():
    return loading.load(VITRY, at=BEFORE)


def refused(path, **options):
    with pytest.raises(loading.CycleErrors) as against:
        loading.load(path, at=BEFORE, **options)
    lines = ["", *path.read_text(encoding="utf-8").split("\n")]
    return [(lines[error.line].strip(), error.sentence) for error in against.value.errors]


def test_a_file_becomes_a_published_cycle(vitry):
    assert (vitry.code, vitry.year, vitry.contract.code) == ("vitry_2027", 2027, "CN05103I")
    assert (vitry.current.number, vitry.current.state) == (1, "published")
    assert vitry.current.feedback_on_cut == 30
    closing = vitry.milestones.get(code="cloture")
    assert (closing.ends_on, closing.journal_seq) == (date(2026, 11, 24), 1)
    state = vitry.financiers.get(code="etat")
    assert (state.name, state.levels[0]) == ("État", "service instructeur")
    assert list(state.envelopes.order_by("pk").values_list("code", "ceiling")) == [
        ("bop147", Decimal("148000.00")),
        ("ete", Decimal("18000.00")),
    ]
    assert vitry.committees.get(kind_of="financiers").on == date(2027, 2, 11)
    step = vitry.current.steps.get(code="rendez_vous")
    assert (step.gates, step.last_day) == ("submit", date(2026, 11, 20))
    assert vitry.current.reminders.get(code="depot").milestone == closing


def test_the_chain_of_the_journal_holds_after_a_load(vitry):
    subjects = [cases.Envelope, cases.Committee, Milestone, Cycle, CycleVersion]
    heads = {
        (model._meta.label_lower, one.pk): (one.journal_seq, one.journal_head)
        for model in subjects
        for one in model.objects.order_by("pk")
    }
    assert list(journal.faults(heads)) == []


def test_what_is_read_is_what_stands(vitry):
    assert loading.describe(vitry, vitry.current) == loading.read(VITRY)


def test_the_same_file_again_changes_nothing(vitry):
    entries = Entry.objects.count()
    again = loading.bring_in(VITRY, at=BEFORE)
    assert (again.unchanged, again.version) == (True, None)
    assert (Entry.objects.count(), vitry.versions.count()) == (entries, 1)


def test_a_date_that_moves_is_amended_and_needs_no_new_rules(vitry, tmp_path):
    moved = loading.bring_in(vitry_with(tmp_path, {"du: 2026-11-24": "du: 2026-11-27"}), at=BEFORE)
    assert (moved.amended, moved.version) == (["Date limite de dépôt"], None)
    closing = vitry.milestones.get(code="cloture")
    assert closing.ends_on == date(2026, 11, 27)
    last = Entry.objects.get(subject_label="workflow.milestone", subject_id=closing.pk, seq=2)
    assert journal.facts_of(last) == {
        "starts_on": ["2026-11-24", "2026-11-27"],
        "ends_on": ["2026-11-24", "2026-11-27"],
    }


def test_a_cycle_names_the_region_whose_holidays_it_keeps(vitry, tmp_path):
    assert vitry.region == Region.METROPOLE
    overseas = {"  année: 2027": "  année: 2027\n  jours_fériés: la réunion"}
    cycle = loading.load(vitry_with(tmp_path, overseas), at=BEFORE)
    assert (cycle.pk, cycle.region) == (vitry.pk, Region.REUNION)
    assert "  jours_fériés: La Réunion\n" in loading.export(cycle, cycle.current)
    last = Entry.objects.filter(subject_label="workflow.cycle", subject_id=cycle.pk).order_by("seq").last()
    assert '"reunion"' in last.payload


def test_new_rules_are_a_new_version_and_the_published_one_stays_as_it_was(vitry, tmp_path):
    before = loading.describe(vitry, vitry.current)
    changed = loading.bring_in(vitry_with(tmp_path, {"places: 20": "places: 25"}), at=BEFORE)
    assert (changed.version.number, changed.published, changed.cycle.current.number) == (2, True, 2)
    assert changed.cycle.current.steps.get(code="petit_dejeuner").capacity == 25
    assert loading.describe(vitry, vitry.versions.get(number=1)) == before


def test_a_draft_is_written_anew_until_it_is_published(vitry, tmp_path):
    path = vitry_with(tmp_path, {"places: 20": "places: 25"})
    assert loading.load(path, at=BEFORE, publish=False).current.number == 1
    path = vitry_with(tmp_path, {"places: 20": "places: 30", "part_publique: 80": "part_publique: 70"})
    again = loading.bring_in(path, at=BEFORE, publish=False)
    assert (again.version.number, again.published) == (2, False)
    draft = vitry.versions.get(number=2)
    assert (draft.public_share, draft.steps.get(code="petit_dejeuner").capacity) == (70, 30)
    published = loading.bring_in(path, at=BEFORE)
    assert (published.version.number, published.published, vitry.versions.count()) == (2, True, 2)


def test_an_envelope_is_amended_and_never_below_what_is_decided(vitry, tmp_path):
    loading.load(vitry_with(tmp_path, {"montant: 148 000 €": "montant: 125 000 €"}), at=BEFORE)
    envelope = cases.Envelope.objects.get(code="bop147", financier__cycle=vitry)
    assert (envelope.ceiling, envelope.journal_seq) == (Decimal(125_000), 2)
    cases.Envelope.objects.filter(pk=envelope.pk).update(decided=100_000)
    assert refused(vitry_with(tmp_path, {"montant: 148 000 €": "montant: 90 000 €"})) == [
        ("- code: bop147", "Des montants sont déjà décidés au-delà : notez une réduction.")
    ]
    whole = "statut: Notifiée\n        montant: 148 000 €"
    cut = {whole: "statut: Réduite\n        montant: 125 000 €\n        réduite_à: 90 000 €"}
    loading.load(vitry_with(tmp_path, cut), at=BEFORE)
    assert cases.Envelope.objects.get(pk=envelope.pk).to_arbitrate == Decimal(10_000)


def block(first: str, after: str) -> str:
    """A part of Vitry's file, from one line to another."""
    text = VITRY.read_text(encoding="utf-8")
    return text[text.index(first) : text.index(after)]


def test_a_committee_does_not_disappear(vitry, tmp_path):
    gone = {block("  - libellé: Comité technique", "  - libellé: Comité des financeurs"): ""}
    assert refused(vitry_with(tmp_path, gone)) == [
        ("comités:", "« Comité technique » existe déjà dans ce cycle et ne peut pas en disparaître.")
    ]


@pytest.mark.parametrize(
    "first, after, removed",
    [
        ("  - code: lancement", "  - code: ouverture", "Lancement de l’appel à projets"),
        ("      - code: ete", "  - code: agglo", "Animations de l’été (BOP 147)"),
        ("  - code: caf", "  - code: departement", "CAF"),
    ],
)
def test_what_nothing_hangs_on_goes_and_the_journal_keeps_its_end(
    vitry, tmp_path, capsys, first, after, removed
):
    assert loading.bring_in(vitry_with(tmp_path, {block(first, after): ""}), at=BEFORE).removed == [removed]
    assert Entry.objects.filter(move="remove").exists()
    last = Entry.objects.filter(subject_label="workflow.cycle", subject_id=vitry.pk).order_by("seq").last()
    rows = facts_of(last)["rows"][1]
    told = [pair for section in rows.values() for row in section.values() for pair in row.values()]
    assert {now for _, now in told} == {None}
    call_command("verify")
    assert "Tout se tient" in capsys.readouterr().out


def test_a_financier_whose_people_hold_its_seat_stays(vitry, tmp_path):
    seat = vitry.financiers.get(code="caf").organisation
    agent = person("caf", Role.FINANCIER, vitry, seat)
    gone = vitry_with(tmp_path, {block("  - code: caf", "  - code: departement"): ""})
    assert refused(gone) == [
        ("financeurs:", f"« CAF » sert encore, et reste : rôle « {agent} · Financeur ».")
    ]


def test_an_orientation_goes_only_while_nobody_asked_under_it(vitry, tmp_path):
    gone = vitry_with(tmp_path, {"  - code: sante\n    libellé: Santé et accès aux soins\n": ""})
    holder = Organisation.objects.create(name="Les Tisseurs de liens")
    project = cases.Project.objects.create(organisation=holder, title="Vélo")
    dossier = cases.Dossier(
        cycle=vitry, rules=vitry.current, project=project, organisation=holder, number=1,
        title="Vélo", orientation=vitry.orientations.get(code="sante"),
    )  # fmt: skip
    engine.open_many([dossier], by=SYSTEM, at=BEFORE)
    assert refused(gone) == [
        ("orientations:", "« Santé et accès aux soins » sert encore, et reste : dossier « 001 · Vélo ».")
    ]
    cases.Dossier.objects.filter(pk=dossier.pk).update(orientation=None)
    assert loading.bring_in(gone, at=BEFORE).removed == ["Santé et accès aux soins"]


@pytest.mark.parametrize(
    "changes, line, sentence",
    [
        ({"année: 2027": "année: 2028"}, "année: 2028", "« année » ne change plus une fois le cycle chargé."),
        (
            {"code: CN05103I": "code: CN05104M"},
            "code: CN05104M",
            "un cycle ne change pas de contrat : donnez un autre code au cycle.",
        ),
    ],
)
def test_what_a_cycle_is_does_not_change(vitry, tmp_path, changes, line, sentence):
    assert (line, sentence) in refused(vitry_with(tmp_path, changes))


def test_nothing_is_written_when_one_thing_is_wrong(vitry, tmp_path):
    def everything():
        rows = (Entry, Milestone, cases.Envelope, cases.Orientation, CycleVersion, CityContract, Organisation)
        return [list(model.objects.order_by("pk").values()) for model in rows]

    before = everything()
    path = vitry_with(
        tmp_path,
        {
            "du: 2026-11-24": "du: 2026-11-27",
            "  - code: emploi\n": "  - code: travail\n    libellé: Travail\n  - code: emploi\n",
            "places: 20": "places: 25",
            "année: 2027": "année: 2028",
        },
    )
    assert len(refused(path)) == 1
    assert everything() == before


def test_a_person_loads_by_their_own_rights(vitry, tmp_path):
    moved = vitry_with(tmp_path, {"du: 2026-11-24": "du: 2026-11-27"})
    instructor = person("instruction", Role.INSTRUCTOR, vitry)
    assert refused(moved, by=instructor) == [
        ("- code: cloture", "Votre rôle ne permet pas cette action ici.")
    ]
    coordinator = person("coordination", Role.COORDINATOR, vitry)
    loading.load(moved, at=BEFORE, by=coordinator)
    assert Entry.objects.order_by("-pk").first().actor == coordinator


def test_an_organisation_is_found_again_by_its_siret(tmp_path):
    siret = "    siret: 200 067 213 00018\n    contact: subventions"
    known = Organisation.objects.create(name="Ancien nom", kind="other", siret="20006721300018")
    path = vitry_with(tmp_path, {"    contact: subventions": siret})
    cycle = loading.load(path, at=BEFORE)
    assert cycle.financiers.get(code="agglo").organisation_id == known.pk
    assert loading.bring_in(path, at=BEFORE).unchanged


def test_one_town_does_not_rename_what_asks_for_money_elsewhere(vitry, tmp_path):
    """Only whoever runs the service does: a coordinator attaches an association by its SIRET, under its own name."""
    elsewhere = play.submitted(play.a_year("ailleurs_2027")).organisation
    Organisation.objects.filter(pk=elsewhere.pk).update(siret="20006721300018")
    coordinator = person("coordination", Role.COORDINATOR, vitry)
    region = FINANCIER.format(siret="siret: 200 067 213 00018")
    path = vitry_with(tmp_path, {"comités:": f"{region}comités:"})
    loading.load(path, at=BEFORE, by=coordinator)
    known = vitry.financiers.get(code="region").organisation
    assert (known.pk, known.name) == (elsewhere.pk, elsewhere.name)
    assert [sentence for _, sentence in refused(path, by=coordinator)] == [
        f"« {elsewhere.name} » est connu ailleurs sous ce nom : il ne se change pas ici."
    ]
    loading.load(path, at=BEFORE)
    assert vitry.financiers.get(code="region").organisation.name == "Une autre association"


def test_a_clash_with_what_is_there_is_said_not_raised(vitry, tmp_path):
    Organisation.objects.create(name="Autre", siret="20006721300018")
    siret = "    siret: 200 067 213 00018\n    contact: subventions"
    [(_, sentence)] = refused(vitry_with(tmp_path, {"    contact: subventions": siret}))
    assert sentence.startswith("ce fichier contredit ce qui est déjà enregistré")


def test_two_cycles_share_what_is_the_same(vitry):
    reims = loading.load(REIMS, at=BEFORE)
    assert reims.contract != vitry.contract
    assert Organisation.objects.filter(name="CAF de la Marne").count() == 1
    assert loading.bring_in(VITRY, at=BEFORE).unchanged
