"""The text of a cycle's file as a tree of plain nodes that know their line.

Scalars stay the text that was typed and each field reads its own, because YAML's guesses (« non » a boolean, a phone
an octal) surprise people. Aliases, tags and deep nesting are refused while events stream, before anything grows.
"""

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from workflow.loading.errors import CycleErrors, Findings, TooMany

MOST_BYTES = 256 * 1024
MOST_DEPTH = 8

PROBLEMS = {
    "mapping values are not allowed": "un « : » inattendu ; mettez ce texte entre guillemets",
    "cannot start any token": "un caractère interdit en tête (tabulation, %, @…) ; indentez avec des espaces",
    "could not find expected ':'": "il manque « : » après le nom",
    "expected <block end>": "l’indentation ne suit pas les lignes au-dessus",
    "found unexpected end of stream": "des guillemets ouverts ne sont jamais fermés",
    "expected ',' or": "il manque une virgule ou un crochet fermant",
}


@dataclass
class Scalar:
    line: int
    text: str
    plain: bool = True

    @property
    def is_blank(self) -> bool:
        return self.plain and self.text in ("", "~", "null")


@dataclass
class Items:
    line: int
    items: list = field(default_factory=list)


@dataclass
class Block:
    line: int
    entries: dict = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Items | Block


def parse(path: Path, findings: Findings) -> Block:
    """The whole file; raises `CycleErrors` where no tree can be made. A doubled key is noted and reading goes on."""
    text = _text(path, findings)
    try:
        root = _Tree(findings).grow(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _fail(findings, mark.line + 1 if mark else 0, _in_french(str(error.problem or error.context)))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 0
        return _fail(findings, line, "un caractère invisible et interdit se trouve ici.")
    except (YAMLError, ValueError):
        return _fail(findings, 0, "ce fichier n’est pas du YAML lisible.")
    except TooMany:
        raise CycleErrors(findings.errors) from None
    if root is None or (isinstance(root, Scalar) and root.is_blank):
        return _fail(findings, 0, "ce fichier est vide.")
    if not isinstance(root, Block):
        return _fail(
            findings, root.line, "attendu : des rubriques (« cycle: », « jalons: »…), une par ligne."
        )
    return root


def _fail(findings: Findings, line: int, sentence: str) -> Block:
    findings.add(line, sentence)
    raise CycleErrors(findings.errors)


def _text(path: Path, findings: Findings) -> str:
    if not path.is_file():
        return _fail(findings, 0, "ce fichier n’existe pas.")
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError:
        return _fail(findings, 0, "ce fichier ne peut pas être lu.")
    if len(raw) > MOST_BYTES:
        return _fail(findings, 0, f"ce fichier dépasse {MOST_BYTES // 1024} Kio : ce n’est pas un cycle.")
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return _fail(
            findings, line, "ce fichier n’est pas en UTF-8 : enregistrez-le de nouveau dans ce codage."
        )


def _in_french(problem: str) -> str:
    known = (sentence for part, sentence in PROBLEMS.items() if part in problem)
    return next(known, "la mise en forme est incorrecte (indentation, guillemets, tirets ou « : »)") + "."


class _Tree:
    """Grows the nodes from the stream of events, refusing what no cycle needs."""

    def __init__(self, findings: Findings):
        self.findings = findings
        self.root: Node | None = None
        self.open: list[Items | Block] = []
        self.keys: list[Scalar | None] = []

    def grow(self, events) -> Node | None:
        documents = 0
        for event in events:
            line = event.start_mark.line + 1
            documents += isinstance(event, DocumentStartEvent)
            if documents > 1:
                _fail(self.findings, line, "un seul document par fichier : retirez ce « --- ».")
            self._refuse(event, line)
            self._take(event, line)
        return self.root

    def _refuse(self, event, line: int) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            _fail(self.findings, line, "les renvois YAML (« & » et « * ») ne sont pas acceptés : recopiez.")
        if getattr(event, "tag", None):
            _fail(self.findings, line, "les étiquettes YAML (« ! ») ne sont pas acceptées.")
        if len(self.open) > MOST_DEPTH:
            _fail(self.findings, line, f"plus de {MOST_DEPTH} niveaux imbriqués : ce n’est pas un cycle.")

    def _take(self, event, line: int) -> None:
        if isinstance(event, ScalarEvent):
            self._place(Scalar(line, event.value.strip(), event.style is None))
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            node = Block(line) if isinstance(event, MappingStartEvent) else Items(line)
            self._place(node)
            self.open.append(node)
            self.keys.append(None)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self.open.pop()
            self.keys.pop()

    def _place(self, node: Node) -> None:
        if not self.open:
            self.root = node
        elif isinstance(self.open[-1], Items):
            self.open[-1].items.append(node)
        elif self.keys[-1] is None:
            if not isinstance(node, Scalar):
                _fail(self.findings, node.line, "un nom était attendu avant « : ».")
            self.keys[-1] = node
        else:
            self._entry(self.open[-1], self.keys[-1], node)
            self.keys[-1] = None

    def _entry(self, block: Block, key: Scalar, node: Node) -> None:
        if key.text in block.entries:
            self.findings.add(key.line, f"« {key.text} » est déjà écrit à la ligne {block.lines[key.text]}.")
            return
        block.entries[key.text] = node
        block.lines[key.text] = key.line
