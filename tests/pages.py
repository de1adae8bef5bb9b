"""The forms of a page as a browser would send them: names, what stands in them, and where they go."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

UNSENT = ("submit", "button", "image", "reset", "file")
TICKED = ("checkbox", "radio")


@dataclass
class Form:
    """One form. `fields` is what a browser sends before anybody types; `choices` what a box or a list offers."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    needed: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def put(self, name: str, value: str, *, sent: bool = True) -> None:
        self.fields.setdefault(name, [])
        if sent:
            self.fields[name].append(value)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self.by_key: dict[str, Form] = {}
        self.open: Form | None = None
        self.area = self.list = ""

    def handle_starttag(self, tag, attrs):
        one = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = Form(one.get("action", ""), one.get("method", "get").lower())
            self.forms.append(self.open)
            self.by_key[one.get("id", "")] = self.open
        form = self.by_key.get(one.get("form", "-")) or self.open
        if form is not None and tag in ("input", "textarea", "select", "button", "option"):
            getattr(self, f"_{tag}")(form, one)
            form.needed |= {one["name"]} if "required" in one and one.get("name") else set()

    def _input(self, form: Form, one: dict) -> None:
        kind, name = one.get("type", "text"), one.get("name")
        if kind in ("submit", "button"):
            self._button(form, one)
        elif name and kind in TICKED:
            form.choices.setdefault(name, []).append(one.get("value", "on"))
            form.put(name, one.get("value", "on"), sent="checked" in one)
        elif name and kind not in UNSENT:
            form.put(name, one.get("value", ""))
            if kind != "hidden":
                form.texts.append(name)

    def _button(self, form: Form, one: dict) -> None:
        form.buttons.append((one.get("name", ""), one.get("value", "")))

    def _textarea(self, form: Form, one: dict) -> None:
        self.area = one.get("name", "")
        form.put(self.area, "")
        form.areas.append(self.area)
        form.texts.append(self.area)

    def _select(self, form: Form, one: dict) -> None:
        self.list = one.get("name", "")
        form.put(self.list, "", sent=False)

    def _option(self, form: Form, one: dict) -> None:
        form.choices.setdefault(self.list, []).append(one.get("value", ""))
        if "selected" in one or not form.fields.get(self.list):
            form.fields[self.list] = [one.get("value", "")]

    def handle_data(self, data):
        if self.area and self.open is not None:
            self.open.fields[self.area][-1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.area = ""


def forms_of(response, method: str = "post") -> list[Form]:
    """The forms of an answer that send by this method."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return [one for one in reader.forms if one.method == method]


def form_with(response, *names: str) -> Form:
    """The first form of a page that holds all these fields."""
    return next(one for one in forms_of(response) if all(name in one.fields for name in names))
