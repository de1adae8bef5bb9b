"""A cycle as plain data: what a file says, or what the database holds; equal when they say the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workflow import registry
from workflow.loading.errors import CycleError, CycleErrors, Findings, TooMany, suggestion
from workflow.loading.kinds import NONE, Unreadable, fold
from workflow.loading.parsing import Block, Items, Node, Scalar, parse
from workflow.loading.section import Bound, Row, Section, row_of, rows_of
from workflow.refusal import Refusal


@dataclass
class CycleDocument:
    """`sections[name]` is one row where the section is single, else {code: row}. Amounts are euros."""

    sections: dict[str, dict]
    path: str = field(default="", compare=False)
    lines: dict[str, int] = field(default_factory=dict, compare=False)

    def __getitem__(self, name: str) -> dict:
        return self.sections.get(name, {})

    def line(self, place: str) -> int:
        """The line of « jalons/cloture/du », or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place.rpartition("/")[0]
        return self.lines.get(place, 0)

    def error(self, place: str, sentence: str) -> CycleError:
        return CycleError(self.path, self.line(place), sentence)

    def rules(self) -> dict[str, list]:
        """What a version freezes, in order: two documents with equal rules need no new version."""
        return {one.name: list(self[one.name].items()) for one in sections() if one.owner == "version"}


def sections() -> list[Section]:
    """Every registered section in the order of the file."""
    return sorted(registry.sections(), key=lambda section: section.order)


def refusals(document: CycleDocument) -> Iterator[Refusal]:
    """What every section of the document finds against publishing it."""
    for section in sections():
        if not section.single:
            yield from _incoherent(section, document[section.name], section.name)
        for promise in section.promises:
            yield from promise(document)


def describe(cycle, version) -> CycleDocument:
    """The cycle as it stands in the database, under the rules of one of its versions; None: under none."""
    owners = {"contract": cycle.contract, "cycle": cycle, "version": version}
    known = [one for one in sections() if owners[one.owner] is not None]
    return CycleDocument(
        {
            one.name: row_of(one, owners[one.owner]) if one.single else rows_of(one, owners[one.owner])
            for one in known
        }
    )


def read(path: Path | str) -> CycleDocument:
    """Read a cycle's file. Raises `CycleErrors` with every error and its line; asks nothing of the database."""
    findings = Findings(str(path))
    reading = _Reading(findings)
    root = parse(Path(path), findings)
    try:
        reading.root(root)
    except TooMany:
        raise CycleErrors(findings.errors) from None
    findings.raise_any()
    return CycleDocument(reading.sections, str(path), reading.lines)


def incoherences(section: Section, rows: dict[str, Row]) -> list[Refusal]:
    """What the rows of one section say against one another, whether anybody publishes them or not."""
    return [] if section.single else list(_incoherent(section, rows, section.name))


def check(path: Path | str) -> list[CycleError]:
    """Everything against this file, publishing checks included; empty when it may be published."""
    try:
        document = read(path)
    except CycleErrors as refused:
        return list(refused.errors)
    return sorted({document.error(one.place, one.sentence) for one in refusals(document)})


def _incoherent(section: Section, rows: dict[str, Row], place: str) -> Iterator[Refusal]:
    for coherent in section.coherent:
        for one in coherent(rows):
            yield Refusal(one.code, one.sentence, f"{place}/{one.place}")
    for field_ in section.nested:
        for code, row in rows.items():
            yield from _incoherent(field_.rows, row[field_.attr], f"{place}/{code}/{field_.key}")


class _Reading:
    """Reads every section into rows, noting each error with its line."""

    def __init__(self, findings: Findings):
        self.findings = findings
        self.sections: dict[str, dict] = {}
        self.lines: dict[str, int] = {}
        self.references: list[tuple[int, str, str]] = []
        self.at = 0

    # What kinds may ask

    def rows(self, section: str) -> dict[str, Row]:
        return self.sections.get(section, {})

    def refer(self, section: str, code: str) -> None:
        self.references.append((self.at, section, code))

    # The file

    def root(self, root: Block) -> None:
        known = sections()
        self._unknown(root, [section.name for section in known], "rubrique")
        for section in known:
            self.lines[section.name] = root.lines.get(section.name, 0)
            self.sections[section.name] = self._section(section, root.entries.get(section.name))
        for line, section, code in self.references:
            if code not in self.sections[section]:
                near = suggestion(code, self.sections[section])
                self.findings.add(line, f"« {code} » n’existe pas dans « {section} ».{near}")

    def _section(self, section: Section, node: Node | None) -> dict:
        if section.single:
            if node is None and any(field.required for field in section.bound):
                self.findings.add(0, f"la rubrique « {section.name} » manque.")
                return {}
            return self._row(section, node or Block(0), section.name)
        return self._rows(section, node, section.name)

    def _rows(self, section: Section, node: Node | None, place: str) -> dict[str, Row]:
        rows: dict[str, Row] = {}
        if node is None or (isinstance(node, Scalar) and node.is_blank):
            return rows
        if not isinstance(node, Items):
            self.findings.add(
                node.line, f"« {place.rsplit('/', maxsplit=1)[-1]} » attend une liste (« - … »)."
            )
            return rows
        before = len(self.findings.errors)
        for item in node.items:
            self._item(section, item, place, rows)
        if len(self.findings.errors) == before:
            self._coherence(section, rows, place)
        return rows

    def _item(self, section: Section, item: Node, place: str, rows: dict[str, Row]) -> None:
        key = section.key_of(section.identity)
        named = item.entries.get(key) if isinstance(item, Block) else None
        name = section.named(named.text) if isinstance(named, Scalar) and named.text else f"?{len(rows)}"
        if name in rows:
            first = self.lines[f"{place}/{name}"]
            self.findings.add(item.line, f"le {key} « {name} » est déjà pris à la ligne {first}.")
            return
        rows[name] = self._row(section, item, f"{place}/{name}")

    def _coherence(self, section: Section, rows: dict[str, Row], place: str) -> None:
        for coherent in section.coherent:
            for found in coherent(rows):
                where = CycleDocument({}, lines=self.lines).line(f"{place}/{found.place}")
                self.findings.add(where, found.sentence)

    def _row(self, section: Section, node: Node, place: str) -> Row:
        self.lines[place] = node.line
        if not isinstance(node, Block):
            self.findings.add(
                node.line, f"attendu : « {section.keys[0]}: … » et les autres clés, une par ligne."
            )
            return {}
        self._unknown(node, section.keys, "clé")
        row: Row = {}
        for field_ in section.bound:
            self._value(section, field_, node, place, row)
        for field_ in section.nested:
            inside = f"{place}/{field_.key}"
            self.lines[inside] = node.lines.get(field_.key, node.line)
            row[field_.attr] = self._rows(field_.rows, node.entries.get(field_.key), inside)
        return row

    def _value(self, section: Section, bound: Bound, block: Block, place: str, row: Row) -> None:
        node = block.entries.get(bound.key)
        self.at = self.lines[f"{place}/{bound.key}"] = block.lines.get(bound.key, block.line)
        if node is None or (isinstance(node, Scalar) and (node.is_blank or not node.text)):
            if bound.required or (node is not None and bound.default not in (None, "")):
                said = "n’a pas de valeur" if node else "manque"
                self.findings.add(self.at, f"« {bound.key} » {said}.")
            elif not bound.same_as or bound.same_as in row:
                row[bound.attr] = row[bound.same_as] if bound.same_as else bound.default
            return
        try:
            row[bound.attr] = None if _is_none(bound, node) else bound.kind.read(node, self)
        except Unreadable as error:
            self.findings.add(node.line, f"« {bound.key} » : {error}")

    def _unknown(self, block: Block, known, what: str) -> None:
        for key in block.entries:
            if key not in known:
                said = suggestion(key, known) or f" Possibles : {', '.join(known)}."
                self.findings.add(block.lines[key], f"{what} inconnue « {key} ».{said}")


def _is_none(bound: Bound, node: Any) -> bool:
    return bound.nullable and isinstance(node, Scalar) and fold(node.text) in NONE
