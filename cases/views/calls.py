"""This year's call, open to everybody: nobody signs in to read a date."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import calls
from cases.forms.calls import CheckForm


def _found(code: str) -> calls.Call:
    return calls.call_of(get_object_or_404(calls.published(), code=code), timezone.now())


@login_not_required
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """The calls that are open, or soon will be."""
    return render(request, "cases/calls.html", {"calls": calls.current_calls(timezone.now())})


@login_not_required
@require_safe
def call(request: HttpRequest, code: str) -> HttpResponse:
    """One call: its days, its conditions, what it asks, who helps."""
    found = _found(code)
    context = {"call": found, "cycle": found.cycle, "begins": calls.may_begin(request.user, found)}
    return render(request, "cases/call.html", context)


@login_not_required
@require_safe
def call_check(request: HttpRequest, code: str) -> HttpResponse:
    """« Puis-je demander ? »: four questions at most, answered in the address."""
    found = _found(code)
    form = CheckForm(request.GET or None, checks=found.checks)
    context = {"call": found, "cycle": found.cycle, "form": form, "told": form.is_valid()}
    return render(
        request, "cases/call_check.html", context | {"begins": calls.may_begin(request.user, found)}
    )
