"""A cycle written out as a file that people read and edit, and that loads back to the same cycle."""

from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq

from workflow.loading.document import CycleDocument, describe, sections
from workflow.loading.kinds import NONE
from workflow.loading.section import Row, Section
from workflow.models import Cycle, CycleVersion

HEADER = """\
# Un cycle d’appel à projets. On le relit, on le modifie, puis :
#   python manage.py cycle check FICHIER    dit toutes les erreurs, avec leur ligne, sans rien écrire
#   python manage.py cycle load FICHIER     charge et publie ; le même fichier deux fois ne change rien
# Dates : 2026-11-15 ou 15/11/2026. Montants : 82 000 €. Réponses : oui ou non. Rien de connu : aucun.
# Un code (minuscules, chiffres, tirets) ne change plus : les dossiers, les réponses et le journal s’y tiennent.
# Ce qui n’est pas écrit garde sa valeur habituelle.
"""


def export(cycle: Cycle, version: CycleVersion | None = None) -> str:
    """The cycle under its current rules (else the newest draft), as YAML; `read` gives the same document back."""
    rules = version or cycle.current or cycle.versions.order_by("number").last()
    return write(describe(cycle, rules))


def write(document: CycleDocument) -> str:
    """A document as YAML, one blank line between sections."""
    parts = [HEADER]
    for section in sections():
        shown = _shown(section, document[section.name])
        if shown:
            parts.append(_dumped({section.name: shown}))
    return "\n".join(parts)


def _shown(section: Section, value: dict):
    return _row(section, value) if section.single else [_row(section, row) for row in value.values()]


def _row(section: Section, row: Row) -> dict:
    """Only what differs from the usual value, because a short file is read."""
    shown = {}
    for field in section.bound:
        value = row[field.attr]
        usual = row[field.same_as] if field.same_as else field.default
        if not field.required and value == usual:
            continue
        shown[field.key] = NONE[0] if value is None else _plain(field.kind.show(value))
    return shown | {field.key: _shown(field.rows, row[field.attr]) for field in section.nested}


def _plain(value):
    if not isinstance(value, list):
        return str(value) if isinstance(value, str) else value
    flow = CommentedSeq(value)
    flow.fa.set_flow_style()
    return flow


def _dumped(data: dict) -> str:
    yaml, out = YAML(), StringIO()
    yaml.allow_unicode, yaml.width = True, 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(data, out)
    return out.getvalue()
