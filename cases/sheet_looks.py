"""What the guards of a feedback sheet look at: its dossier's lines and reasons, and whom it never names."""

from cases import models
from cases.others_named import Names


def of_dossiers(look):
    """What is looked at on a dossier, for what hangs on it."""

    def hung(rows) -> dict:
        dossiers = {row.dossier_id: row.dossier for row in rows}
        found = look(list(dossiers.values()))
        return {row.pk: found.get(row.dossier_id) for row in rows}

    return hung


def names(sheets) -> dict[int, Names]:
    """Whose names each sheet leaves out: every other holder of its call, but whoever pays there."""
    cycles = {sheet.dossier.cycle_id for sheet in sheets}
    asking = models.Dossier.objects.filter(cycle__in=cycles).order_by("organisation__name", "organisation")
    asking = list(asking.values_list("cycle", "organisation", "organisation__name").distinct())
    paying = models.Financier.objects.filter(cycle__in=cycles).order_by("pk")
    paying = list(paying.values_list("cycle", "organisation", "name", "organisation__name"))
    return {sheet.pk: _names(sheet.dossier, asking, paying) for sheet in sheets}


def _names(dossier, asking: list[tuple], paying: list[tuple]) -> Names:
    seats = {key for cycle, key, _, _ in paying if cycle == dossier.cycle_id}
    known = seats | {dossier.organisation_id}
    others = [name for cycle, key, name in asking if cycle == dossier.cycle_id and key not in known]
    own = [
        name for cycle, key, name in asking if cycle == dossier.cycle_id and key == dossier.organisation_id
    ]
    short = [name for cycle, _, *both in paying if cycle == dossier.cycle_id for name in both if name]
    return Names(tuple(others), (*own, *short))
