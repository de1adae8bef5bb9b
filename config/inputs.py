"""The controls of every form, written without a template apiece: a page of filters has a dozen of them.

Same words as Django's own templates, which still draw what is not named here.
"""

from django.forms.renderers import DjangoTemplates
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

ALIKE = frozenset(
    f"django/forms/widgets/{kind}.html"
    for kind in ("checkbox", "date", "email", "hidden", "number", "password", "search", "tel", "text", "url")
)
"""Django's templates that are one `<input>` and nothing else."""


class QuickInputs(DjangoTemplates):
    """Django's renderer, which knows by heart what an `<input>` looks like."""

    def render(self, template_name, context, request=None):
        if template_name in ALIKE:
            return written(context["widget"])
        return super().render(template_name, context, request=request)


def written(widget: dict) -> SafeString:
    """One `<input>`: its kind, its name, its value where there is one, its attributes."""
    told = {"type": widget["type"], "name": widget["name"]}
    if widget["value"] is not None:
        told["value"] = str(widget["value"])
    pairs = (*told.items(), *widget["attrs"].items())
    return mark_safe(f"<input{''.join(attribute(name, value) for name, value in pairs)}>")  # noqa: S308 - every part is escaped


def attribute(name: str, value: object) -> str:
    """An attribute as Django writes it: True has no value, False no attribute."""
    if value is False:
        return ""
    return f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
