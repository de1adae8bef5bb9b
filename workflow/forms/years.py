"""What a coordinator says to begin the next year, and the file that may be brought in."""

from django import forms

from workflow.forms.fields import KindField, TickField
from workflow.loading import CycleDocument
from workflow.loading.kinds import Day, Pattern, Whole
from workflow.loading.parsing import MOST_BYTES
from workflow.roles import Role

TEAM = (Role.INSTRUCTOR.value, Role.COORDINATOR.value)
OTHERS = (Role.FINANCIER.value, Role.COMMITTEE.value, Role.ELECTED.value, Role.THIRD_PARTY.value)


class NextYearForm(forms.Form):
    """The next cycle's name and dates, and who goes on working on it."""

    def __init__(self, data=None, *, document: CycleDocument):
        super().__init__(data)
        self.document = document
        row = document["cycle"]
        for name, kind, label, help_text in (
            ("name", None, "Nom de l’appel à projets", ""),
            ("year", Whole(2000, 2100), "Année des actions", ""),
            ("code", Pattern(40), "Code", "Il sert dans les adresses et ne change plus."),
        ):
            options = {"label": label, "help_text": help_text, "initial": row[name]}
            self.fields[name] = (
                KindField(kind, document, blank=None, required=True, **options)
                if kind
                else forms.CharField(max_length=200, **options)
            )
        self.fields["team"] = TickField(
            label="Reprendre l’équipe : coordination et instruction", initial=True
        )
        self.fields["others"] = TickField(
            label="Reprendre les personnes des financeurs et des comités", initial=True
        )
        for code, one in document["jalons"].items():
            self._day(f"{code}.starts_on", "Premier jour", one)
            self._day(f"{code}.ends_on", "Dernier jour", one)

    def _day(self, name: str, label: str, row: dict) -> None:
        self.fields[name] = KindField(
            Day(),
            self.document,
            blank=None,
            required=True,
            label=f"{row['label']} : {label.lower()}",
            initial=row[name.rpartition(".")[2]],
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    @property
    def first(self) -> list:
        return [self[name] for name in ("name", "year", "code", "team", "others")]

    def clean(self):
        typed = self.cleaned_data
        for code in self.document["jalons"]:
            begins, ends = typed.get(f"{code}.starts_on"), typed.get(f"{code}.ends_on")
            if begins and ends and ends < begins:
                self.add_error(f"{code}.ends_on", "la fin vient avant le début.")
        return typed

    @property
    def roles(self) -> list[str]:
        typed = self.cleaned_data
        return [*(TEAM if typed["team"] else ()), *(OTHERS if typed["others"] else ())]

    def result(self) -> CycleDocument:
        """The document of the next cycle, as it was typed."""
        typed = self.cleaned_data
        named = {name: typed[name] for name in ("code", "name", "year")}
        milestones = {
            code: row | {name: typed[f"{code}.{name}"] for name in ("starts_on", "ends_on")}
            for code, row in self.document["jalons"].items()
        }
        rows = self.document.sections | {"cycle": self.document["cycle"] | named, "jalons": milestones}
        return CycleDocument(rows)


class FileForm(forms.Form):
    """A cycle's file, chosen or pasted; its text comes back with what is wrong, so that it is mended on the spot."""

    file = forms.FileField(label="Le fichier du cycle (.yaml)", required=False)
    text = forms.CharField(
        label="Son texte",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "code"}),
        help_text="Le fichier choisi, ou ce que vous collez ici. Vous pouvez le corriger sur place.",
    )

    def clean(self):
        typed = super().clean()
        file = typed.get("file")
        if file is None and not typed.get("text", "").strip():
            self.add_error("file", "choisissez un fichier, ou collez son texte.")
        elif file is not None and file.size > MOST_BYTES:
            self.add_error("file", f"ce fichier dépasse {MOST_BYTES // 1024} Kio : ce n’est pas un cycle.")
        return typed

    def raw(self) -> bytes:
        """The bytes to read, as a file of a disk would hold them."""
        file = self.cleaned_data["file"]
        return file.read() if file else self.cleaned_data["text"].replace("\r\n", "\n").encode()
