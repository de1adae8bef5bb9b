"""The words that a coordinator writes in a mail: plain text with named fields, never a template and never code.

« {titre} » is replaced by the title, and by nothing else: a name that is not in the list is refused as it is saved.
Whatever is written can make neither a link, nor a button, nor a heading, nor a header of the mail.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from notifications.addresses import Sure
from notifications.choices import Writable
from notifications.models import MailText, Message
from notifications.seal import typed
from workflow import named_fields
from workflow.calendar import paris_day
from workflow.wording import day_in_words

_SIGNS = ("# ", "→ ", "↪ ")
_JOINER = "\u2060"

COMMON: dict[str, Callable] = {
    "personne": lambda names: names["person"],
    "campagne": lambda names: names["cycle"]["name"],
    "contrat": lambda names: names["cycle"]["contract"],
    "equipe": lambda names: names["team"]["name"],
    "telephone": lambda names: names["team"]["phone"],
    "courriel": lambda names: names["team"]["email"],
    "jour": lambda names: day_in_words(paris_day(names["at"])),
}
OF_DOSSIER: dict[str, Callable] = {
    "titre": lambda names: names["dossier"]["title"],
    "numero": lambda names: names["dossier"]["number"],
    "porteur": lambda names: names["dossier"]["holder"],
}
OF_DATE: dict[str, Callable] = {"echeance": lambda names: day_in_words(names["due"]())}
OF_COMMITTEE: dict[str, Callable] = {
    "comite": lambda names: names["sitting"]()["label"],
    "seance": lambda names: day_in_words(names["sitting"]()["on"]),
}
DATED = (Writable.NOT_FILED, Writable.OFFER_HELP, Writable.REPORT)


def fields_of(template: str) -> dict[str, Callable]:
    """The names that one mail knows, each with where its value is."""
    if template == Writable.CALL_OPEN:
        return COMMON
    if template == Writable.GOALS:
        return COMMON | OF_COMMITTEE
    return COMMON | OF_DOSSIER | (OF_DATE if template in DATED else {})


def against(template: str, text: str) -> Iterator[str]:
    """What is wrong with a text, in sentences."""
    return named_fields.against(fields_of(template), "message", text)


def of(message: Message) -> MailText | None:
    """The words written for this mail by its cycle, if any."""
    if message.template not in Writable.values or message.cycle_id is None:
        return None
    return MailText.objects.filter(cycle=message.cycle_id, template=message.template).first()


def subject_of(text: MailText | None, names: Mapping[str, Any]) -> SafeString | str:
    return _line(text.subject, text.template, names) if text else ""


def body_of(text: MailText | None, names: Mapping[str, Any]) -> SafeString | str:
    """Paragraphs and lists, as the markup of mails reads them; every sign that would be more than words is disarmed."""
    if text is None or not text.body.strip():
        return ""
    return mark_safe("\n".join(_line(one, text.template, names) for one in text.body.splitlines()))  # noqa: S308 because each line is escaped


def _line(line: str, template: str, names: Mapping[str, Any]) -> SafeString:
    """One line with its values; those that are ours (a telephone) stay as they are, people's words are sealed."""
    known = fields_of(template)
    values = {name: known[name](names) for name in named_fields.named_in(line) if name in known}
    own = {name: value for name, value in values.items() if isinstance(value, Sure)}
    told = named_fields.filled(line, lambda name: f"{{{name}}}" if name in own else f"{values.get(name, '')}")
    words = named_fields.filled(typed(told), lambda name: str(own.get(name, f"{{{name}}}")))
    listed = line.startswith("- ")
    if words.startswith(_SIGNS) or (words.startswith("- ") and not listed):
        words = f"{_JOINER}{words}"
    return escape(words)
