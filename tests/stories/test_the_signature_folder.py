"""After the committee the town writes, signs and sends its own letters; the other financiers write theirs."""

from uuid import uuid4

import pytest

from cases import folders
from cases.models import Letter, LetterScan
from notifications import tasks
from tests import correspondence as write
from tests import year as play
from tests.cases import reached
from tests.cases.test_typesetting import text_of
from workflow import engine

pytestmark = pytest.mark.django_db
TODAY = play.ANSWERING


def test_a_folder_is_composed_made_by_itself_signed_and_read_by_its_holders():
    # GIVEN a town that runs the service, beside a financier that writes for itself
    year = play.a_year()
    write.writes(year, "etat", signatory="Awa Diallo", signatory_quality="Maire")
    awarded, refused = play.decided(year, title="Vélo"), play.decided(year, amount=0, title="Jardin")

    # WHEN its coordinator puts what the committee decided in a signature folder, and the machine works at it
    chosen = [one.value for one in folders.pending(year.cycle)]
    batch = folders.begin(year.cycle, chosen, uuid4(), by=year.coordinator, at=TODAY, on=TODAY.date())
    assert tasks.go_on(lambda: TODAY) is False

    # THEN there is one letter for each of the town's own decisions, numbered, and none in another's name
    letters = list(Letter.objects.by_number())
    assert [(one.reference, one.dossier, one.kind_of) for one in letters] == [
        ("2027-0001", awarded, "partial"),
        ("2027-0002", refused, "refusal"),
    ]
    assert "2027-0002" in text_of(folders.folder(batch, TODAY))
    assert set(Letter.objects.visible_to(year.holder)) == set()

    # WHEN they come back signed, the other financier's letter is recorded too, and the decisions are notified
    scans = [write.signed(year, one) for one in letters]
    others = [write.signed_by_another(year, reached.line_of(one, 1)) for one in (awarded, refused)]
    for dossier in (awarded, refused):
        facts = {"notified_on": TODAY.date(), "letter_reference": "2027"}
        engine.fire_many(dossier.lines.order_by("pk"), "notify", by=year.coordinator, at=TODAY, facts=facts)

    # THEN the holder reads its letters and what was signed
    assert list(Letter.objects.visible_to(year.holder).by_number()) == letters
    assert set(LetterScan.objects.visible_to(year.holder)) == {*scans, *others}
