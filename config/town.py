"""Whose service this is: a small YAML file that a deployer fills in, every line of it optional.

`fixtures/town.yaml` is the model to copy; what stays blank is said as such on the pages of the law.
"""

from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

LINES = {
    "nom": "name",
    "appel": "call",
    "couleur": "colour",
    "seconde_couleur": "second_colour",
    "téléphone": "phone",
    "logo": "logo",
    "code_source": "source_code",
}
NOTICES = (
    "éditeur",
    "adresse",
    "courriel",
    "directeur",
    "hébergeur",
    "responsable",
    "délégué",
    "conservation",
    "accessibilité",
    "accessibilité_date",
    "accessibilité_contact",
)
"""What the law asks every public service to say of itself."""


@dataclass(frozen=True)
class Town:
    name: str = ""
    call: str = ""
    colour: str = ""
    second_colour: str = ""
    phone: str = ""
    logo: str = ""
    source_code: str = ""
    notices: dict[str, str] = field(default_factory=dict)


def read(path: str) -> Town:
    """The town of a file; a blank path gives a town that says nothing. Raises ValueError with a French sentence."""
    if not path:
        return Town()
    try:
        lines = YAML(typ="safe").load(Path(path).read_text(encoding="utf-8")) or {}
    except (OSError, YAMLError) as wrong:
        raise ValueError(f"JALONS_TOWN_FILE, « {path} » : ce fichier ne se lit pas ({wrong}).") from None
    if not isinstance(lines, dict):
        raise ValueError(f"« {path} » : écrivez une ligne par rubrique, comme « nom: Ville de … ».")
    notices = lines.pop("mentions", None) or {}
    unknown = [key for key in lines if key not in LINES] + [key for key in notices if key not in NOTICES]
    if unknown:
        raise ValueError(f"« {path} » : rubrique inconnue, {', '.join(map(str, unknown))}.")
    known = {LINES[key]: str(value or "") for key, value in lines.items()}
    if known.get("logo"):
        known["logo"] = str(Path(path).parent / known["logo"])
    return Town(**known, notices={key: str(value or "") for key, value in notices.items()})
