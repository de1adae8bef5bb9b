"""The sixteen columns of the national schema, as an independent reading of it accepts them."""

import pytest

from cases import scdl
from tests import scdl as schema

SOUND = (
    "Ville fictive", "11000201100044", "2027-04-28", "", "Les Tisseurs", "77561279900228", "", "Vélo", "500.00",
    "aide en numéraire", "unique", "2027-05-30", "", "non", "1.00", "",
)  # fmt: skip


def test_the_columns_are_the_schema_s_in_its_order():
    assert list(schema.RULES) == list(scdl.COLUMNS)


def test_a_sound_row_is_accepted():
    assert schema.faults(scdl.write([SOUND])) == []


@pytest.mark.parametrize(
    "name, value",
    [
        ("nomAttribuant", ""),
        ("idAttribuant", "11000201100045"),
        ("idBeneficiaire", "775 612 799 00228"),
        ("dateConvention", "28/04/2027"),
        ("dateConvention", "2027-02-30"),
        ("rnaBeneficiaire", "W12"),
        ("montant", "500,00"),
        ("nature", "subvention"),
        ("datesPeriodeVersement", "2027-05-30_2027-06-30"),
        ("datesPeriodeVersement", "2027-13-30"),
        ("idRAE", "123456"),
        ("notificationUE", "false"),
        ("pourcentageSubvention", "100"),
    ],
)
def test_the_independent_reading_refuses_what_the_schema_refuses(name, value):
    """So that its silence means something."""
    row = [value if column == name else one for column, one in zip(scdl.COLUMNS, SOUND, strict=True)]
    assert schema.faults(scdl.write([row])) != []
