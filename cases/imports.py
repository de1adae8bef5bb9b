"""From the rows of a *tableau de programmation* to dossiers, through the door: all of it or nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from cases.models import Dossier, Envelope, FundingLine, Neighbourhood, Orientation, Project
from cases.workbook.columns import key
from cases.workbook.errors import Findings
from cases.workbook.programming import Programming, ProgrammingRow
from workflow import engine
from workflow.models import Cycle, Organisation


def import_programming(programming: Programming, cycle: Cycle, *, by, at: datetime) -> list[Dossier]:
    """Open one draft per row with a line per amount asked; WorkbookErrors names every cell that the cycle knows not.

    A holder is found by its SIRET, else by its name; a renewal goes on with the lasting project of that title.
    A financier's column is its short name, its organisation or its code, alone or followed by « – » and an envelope.
    """
    with transaction.atomic():
        names = _Names(programming, cycle)
        names.check()
        holders = _holders(programming.rows)
        dossiers = [
            names.dossier(row, holder, project)
            for row, holder, project in _with_projects(programming.rows, holders)
        ]
        engine.open_many(dossiers, by=by, at=at)
        engine.open_many(names.lines(dossiers), by=by, at=at)
        names.place(dossiers)
    return dossiers


class _Names:
    """What the words of the table mean in this cycle."""

    def __init__(self, programming: Programming, cycle: Cycle):
        self.programming, self.cycle = programming, cycle
        self.findings = Findings()
        self.envelopes = _envelopes(cycle)
        self.orientations = _by_word(Orientation.objects.filter(cycle=cycle).order_by("pk"), "code", "label")
        quarters = Neighbourhood.objects.filter(contract=cycle.contract_id).order_by("pk")
        self.neighbourhoods = _by_word(quarters, "code", "name")
        taken = Dossier.objects.filter(cycle=cycle).order_by("number")
        self.taken = set(taken.values_list("number", flat=True))
        self.numbers = _numbers(programming.rows, self.taken)

    def check(self) -> None:
        """Everything unknown at once, in reading order."""
        self._check_columns()
        for row in self.programming.rows:
            self._check_row(row)
        self.findings.raise_any()

    def _check_columns(self) -> None:
        known: dict[int, str] = {}
        for name in self.programming.financiers:
            envelope = self.envelopes.get(key(name))
            if envelope is None:
                self._complain_of_column(name, f"le financeur « {name} » n’est pas dans ce cycle.")
            elif known.setdefault(envelope.pk, name) != name:
                sentence = f"« {name} » et « {known[envelope.pk]} » désignent la même enveloppe."
                self._complain_of_column(name, sentence)

    def _check_row(self, row: ProgrammingRow) -> None:
        if row.number.isdigit() and int(row.number) in self.taken:
            self._complain(row, "number", f"le dossier n° {row.number} existe déjà dans ce cycle.")
        if row.orientation and key(row.orientation) not in self.orientations:
            sentence = f"l’orientation « {row.orientation} » n’est pas dans ce cycle."
            self._complain(row, "orientation", sentence)
        for word in row.neighbourhoods:
            if key(word) not in self.neighbourhoods:
                self._complain(row, "neighbourhoods", f"le quartier « {word} » n’est pas dans ce contrat.")

    def _complain(self, row: ProgrammingRow, name: str, sentence: str) -> None:
        sheet, _, cell = row.place.rpartition("!")
        index = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        self.findings.add(sheet, f"{self.programming.columns.get(name, '')}{index}", sentence)

    def _complain_of_column(self, name: str, sentence: str) -> None:
        sheet = self.programming.rows[0].place.rpartition("!")[0]
        column = self.programming.columns.get(name)
        self.findings.add(sheet, f"{column}:{column}" if column else "", sentence)

    def dossier(self, row: ProgrammingRow, holder: Organisation, project: Project) -> Dossier:
        return Dossier(
            cycle=self.cycle,
            rules=self.cycle.current,
            project=project,
            organisation=holder,
            number=self.numbers[row.place],
            title=row.title,
            renewal=row.renewal,
            orientation=self.orientations[key(row.orientation)] if row.orientation else None,
            public=row.public,
            public_count=row.public_count,
            total_cost=row.total_cost,
            dauphin_reference=row.reference,
        )

    def lines(self, dossiers: list[Dossier]) -> Iterator[FundingLine]:
        """A line where money is asked; what was given last year alone asks nothing."""
        for row, dossier in zip(self.programming.rows, dossiers, strict=True):
            for line in row.asked:
                envelope = self.envelopes[key(line.financier)]
                yield FundingLine(
                    dossier=dossier,
                    envelope=envelope,
                    cycle=self.cycle,
                    organisation=dossier.organisation,
                    seat=envelope.financier.organisation,
                    previous=line.previous,
                    requested=line.requested or Decimal(0),
                )

    def place(self, dossiers: list[Dossier]) -> None:
        """Say in which neighbourhoods each action takes place."""
        through = Dossier.neighbourhoods.through
        through.objects.bulk_create(
            through(dossier=dossier, neighbourhood=quarter)
            for row, dossier in zip(self.programming.rows, dossiers, strict=True)
            for quarter in dict.fromkeys(self.neighbourhoods[key(word)] for word in row.neighbourhoods)
        )


def _by_word(rows: Iterable, *fields: str) -> dict:
    """{word without accent or capital: row}, by each of the fields."""
    return {key(getattr(row, name)): row for name in reversed(fields) for row in rows}


def _envelopes(cycle: Cycle) -> dict[str, Envelope]:
    """{what a column may be called: envelope}; a financier's name alone means its first envelope."""
    named: dict[str, Envelope] = {}
    rows = Envelope.objects.filter(financier__cycle=cycle).select_related("financier__organisation")
    for envelope in rows.order_by("financier", "pk"):
        giver = envelope.financier
        for name in filter(None, (giver.name, giver.organisation.name, giver.code)):
            named.setdefault(key(name), envelope)
            for part in (envelope.label, envelope.code):
                named.setdefault(key(f"{name} – {part}"), envelope)
    return named


def _numbers(rows: Iterable[ProgrammingRow], taken: set[int]) -> dict[str, int]:
    """{place of the row: its number}; a row without a number of its own gets the next free one."""
    own = {row.place: int(row.number) for row in rows if row.number.isdigit()}
    last = max([0, *taken, *own.values()])
    for row in rows:
        if row.place not in own:
            last += 1
            own[row.place] = last
    return own


def _holders(rows: Iterable[ProgrammingRow]) -> list[Organisation]:
    """The organisation of each row, opened where it is not known yet."""
    known = Organisation.objects.order_by("-pk")
    by_siret = {one.siret: one for one in known if one.siret}
    by_name = {key(one.name): one for one in known}
    found, new = [], []
    for row in rows:
        holder = by_siret.get(row.siret) if row.siret else by_name.get(key(row.holder))
        if holder is None:
            holder = Organisation(name=row.holder[:200], siret=row.siret)
            new.append(holder)
            by_name.setdefault(key(row.holder), holder)
            by_siret[row.siret] = holder
        found.append(holder)
    Organisation.objects.bulk_create(new)
    return found


def _with_projects(
    rows: Iterable[ProgrammingRow], holders: list[Organisation]
) -> list[tuple[ProgrammingRow, Organisation, Project]]:
    """A renewal goes on with its holder's project of that title; everything else begins one."""
    known = Project.objects.filter(organisation__in={holder.pk for holder in holders}).order_by("-pk")
    by_title = {(one.organisation_id, key(one.title)): one for one in known}
    matched, new = [], []
    for row, holder in zip(rows, holders, strict=True):
        project = by_title.get((holder.pk, key(row.title))) if row.renewal else None
        if project is None:
            project = Project(organisation=holder, title=row.title)
            new.append(project)
        matched.append((row, holder, project))
    Project.objects.bulk_create(new)
    return matched
