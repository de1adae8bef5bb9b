"""Everybody's first page: what awaits them, by date."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import agenda


@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """What awaits this person today."""
    home = agenda.home(request.user, timezone.now(), request.GET)
    return render(request, "cases/todo.html", {"home": home})
