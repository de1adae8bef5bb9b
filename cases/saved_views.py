"""How a view is kept, opened first, shared and forgotten: each in one transaction, at most one opens first."""

from django.db import transaction
from django.urls import reverse

from cases.models import SavedView
from workflow.models import User

LIMIT = 40
"""More names than this are a list to search, no longer a help."""


EVERYTHING = "tout=1"
"""What the address says when somebody asks for the whole list, past the view that opens first."""


def views_of(user) -> list[SavedView]:
    """One's own and the team's, by name."""
    return list(
        SavedView.objects.visible_to(user).select_related("owner", "cycle").order_by("name", "pk")[:LIMIT]
    )


def first_of(views: list[SavedView], user) -> SavedView | None:
    """The view that this person wants to see first."""
    return next((one for one in views if one.opens_first and one.owner_id == user.pk and one.query), None)


def address_of(view: SavedView) -> str:
    return f"{reverse('dossier-list')}?{view.query or EVERYTHING}"


@transaction.atomic
def keep(user, facts: dict, *, opens_first: bool) -> SavedView:
    """The same click twice keeps one view: a name serves once."""
    _alone(user.pk)
    view, _ = SavedView.objects.get_or_create(owner=user, name=facts["name"], defaults=facts)
    if opens_first:
        open_first(view)
    return view


@transaction.atomic
def open_first(view: SavedView) -> None:
    """This one and no other."""
    _alone(view.owner_id)
    SavedView.objects.filter(owner=view.owner_id, opens_first=True).update(opens_first=False)
    SavedView.objects.filter(pk=view.pk).update(opens_first=True)


def open_last(view: SavedView) -> None:
    """Asked twice it says the same: a button that turned back and forth would undo a double click."""
    SavedView.objects.filter(pk=view.pk).update(opens_first=False)


def _alone(owner: int) -> None:
    """One change of a person's views at a time, because a constraint would answer a second one with a fault."""
    User.objects.select_for_update(no_key=True).get(pk=owner)


def stop_sharing(view: SavedView) -> None:
    SavedView.objects.filter(pk=view.pk).update(cycle=None)


def forget(view: SavedView) -> None:
    view.delete()
