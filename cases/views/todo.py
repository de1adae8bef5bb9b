"""Everybody's first page: what awaits them, by date; a holder's own requests."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import agenda
from cases.holder_home import holder_home
from workflow.roles import Role, roles_of

HOMES = {
    Role.FINANCIER: "opinions",
    Role.COMMITTEE: "committee-list",
    Role.ELECTED: "pack-list",
    Role.THIRD_PARTY: "dossier-list",
}
"""Where somebody lands whose only role has no tasks of this kind."""


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """What awaits this person today; who holds several roles finds their requests under their tasks."""
    held = roles_of(request.user)
    for role, page in HOMES.items():
        if held == {role}:
            return redirect(page)
    if held == {Role.HOLDER}:
        home = holder_home(request.user, timezone.now())
        return render(request, "cases/holder_home.html", {"home": home})
    home = agenda.home(request.user, timezone.now(), request.GET)
    return render(request, "cases/todo.html", {"home": home})
