"""How a view is kept, opened first, shared and forgotten: each in one transaction, at most one opens first."""

from django.db import transaction
from django.urls import reverse

from cases.models import SavedView

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
    view = SavedView.objects.create(owner=user, **facts)
    if opens_first:
        open_first(view)
    return view


@transaction.atomic
def open_first(view: SavedView) -> None:
    """This one and no other; asked again, none."""
    chosen = not view.opens_first
    SavedView.objects.filter(owner=view.owner_id, opens_first=True).update(opens_first=False)
    SavedView.objects.filter(pk=view.pk).update(opens_first=chosen)


def stop_sharing(view: SavedView) -> None:
    SavedView.objects.filter(pk=view.pk).update(cycle=None)


def forget(view: SavedView) -> None:
    view.delete()
