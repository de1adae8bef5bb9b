"""The page that keeps the AGPL's promise where the deployer gave no address of a repository."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def source_code(request: HttpRequest) -> HttpResponse:
    """Say in a plain sentence where the code is, or who must give it."""
    return render(request, "source_code.html")
