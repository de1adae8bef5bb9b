"""The very mails that a move would send now, before anybody fires it: same audience, same words, nothing is written."""

from collections.abc import Iterable
from datetime import datetime

from notifications import rendering
from notifications.audience import told
from notifications.catalogue import Telling, tellings_of
from notifications.context import related_to
from notifications.models import Message
from notifications.outbox import MANY
from notifications.preview import without_secrets
from workflow.calendar import paris_day
from workflow.models import User
from workflow.registry import Mail


def foretell(subjects: Iterable, move: str, *, by, at: datetime) -> list[Mail]:
    """In the order of the subjects, in a constant number of queries; what makes one mail is said once."""
    asked = list(dict.fromkeys(one.pk for one in subjects))
    if not asked:
        return []
    model = type(next(iter(subjects)))
    messages = [
        message
        for telling in tellings_of(model._meta.label_lower, move)
        for message in _messages(telling, asked, by, at)
    ]
    held = len(messages) > MANY
    return [_mail(group, held) for group in rendering.grouped(messages)]


def _messages(telling: Telling, keys: list[int], by, at: datetime) -> list[Message]:
    pairs = told(telling.audience, telling.model).filter(telling.when, pk__in=keys)
    if not telling.audience.hears_itself:
        pairs = pairs.exclude(told=by.pk)
    heard = sorted(set(pairs.order_by("pk", "told").values_list("pk", "told")))
    rows = telling.model._base_manager.filter(pk__in=keys).select_related(*related_to(telling.model))
    found = {row.pk: row for row in rows.order_by("pk")}
    people = User.objects.in_bulk({person for _, person in heard})
    ranks = {key: rank for rank, key in enumerate(keys)}
    heard.sort(key=lambda pair: (ranks[pair[0]], pair[1]))
    return [_message(telling, found[key], people[person], at) for key, person in heard]


def _message(telling: Telling, row, person: User, at: datetime) -> Message:
    dossier = getattr(row, "dossier", row)
    message = Message(
        event=telling.event,
        audience=telling.audience,
        template=telling.template,
        recipient=person,
        cycle=dossier.cycle,
        dossier=dossier,
        subject_label=telling.model._meta.label_lower,
        subject_id=row.pk,
        planned_on=paris_day(at),
        created_at=at,
    )
    message.about = row
    return message


def _mail(messages: list[Message], held: bool) -> Mail:
    words, person = rendering.rendered_together(messages), messages[0].recipient
    return Mail(
        to=str(person),
        address="" if person.address_is_refused else person.email,
        subject=words.subject,
        text=without_secrets(words.text),
        about=tuple(one.subject_id for one in messages),
        held=held,
    )
