"""What a public service says of itself: help, accessibility, legal notices, data. Blanks are the deployer’s."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import drafts


def _notice(template: str):
    """A page that anybody may read, with the deployer's own lines."""

    @require_safe
    @login_not_required
    def page(request: HttpRequest) -> HttpResponse:
        return render(request, template, {"notices": settings.TOWN.notices})

    return page


accessibility = _notice("notices/accessibility.html")
legal = _notice("notices/legal.html")
privacy = _notice("notices/privacy.html")


@require_safe
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    """Who to call first, then what people ask most."""
    return render(request, "notices/help.html", {"calls": drafts.open_calls(timezone.now())})
