"""What a coordinator does on the campaign's pages, for the tests: a form as the browser would send it back."""

from django.forms import BooleanField


def as_shown(answer, **changes) -> dict:
    """Every field of the page's form with the value it shows, then what somebody types over it."""
    form = answer.context["form"]
    shown = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, BooleanField):
            shown |= {bound.html_name: "on"} if value else {}
        else:
            value = bound.field.prepare_value(value)
            shown[bound.html_name] = "" if value is None else value
    return {name: value for name, value in (shown | changes).items() if value is not None}


def typed(client, path: str, confirmed: bool = True, **changes):
    """Open a form, type over it, send it; a page « Voici ce qui bouge » is confirmed as it stands."""
    sent = as_shown(client.get(path), **changes)
    answer = client.post(path, sent)
    if confirmed and "moves" in (answer.context or {}):
        along = [one.key for one in answer.context["companions"]]
        answer = client.post(path, sent | {"confirmed": "oui", "along": along})
    return answer


def refusals(answer) -> list[str]:
    """Every sentence that the form says."""
    return [sentence for sentences in answer.context["form"].errors.values() for sentence in sentences]
