"""What somebody was writing when the session ended or the page grew old: kept in the page, sent again by one click.

It is held by the person's own browser, signed by us, so that nothing rests here and nobody can slip another
address in. Files cannot be kept so, and the page says which ones to choose again.
"""

from typing import NamedTuple

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure

SALT = "config.held"
HOURS = 24
LEFT_OUT = ("csrfmiddlewaretoken", "held")


class Held(NamedTuple):
    """A POST that could not be done: where it went, its fields in their order, the names of its files."""

    path: str
    fields: list[tuple[str, str]]
    files: list[str]


def of(request: HttpRequest) -> Held:
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    files = [file.name for _, several in request.FILES.lists() for file in several]
    return Held(request.get_full_path(), [one for one in fields if one[0] not in LEFT_OUT], files)


def closed(kept: Held) -> str:
    """As a hidden field carries it."""
    return signing.dumps(kept, salt=SALT, compress=True)


def opened(text: str) -> Held | None:
    """What a hidden field carried; None where it is absent, older than a day or not ours."""
    try:
        path, fields, files = signing.loads(text, salt=SALT, max_age=HOURS * 3600)
    except (signing.BadSignature, ValueError):
        return None
    return Held(path, [(name, value) for name, value in fields], files)


def offered(request: HttpRequest, kept: Held, *, because: str) -> HttpResponse:
    """The page that sends again what was held; nothing leaves before somebody clicks."""
    return render(request, "held.html", {"kept": kept, "because": because})


class KeepsWhatWasTyped(LoginRequiredMiddleware):
    """A session that ends while one writes leads to the door with what was written, never away from it."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        if getattr(request, "htmx", False) or request.headers.get("HX-Request"):
            return HttpResponse(status=401)  # because a fragment must not be replaced by the door's page
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        from config.signin import SignInForm  # because signing in knows what is held

        context = {"form": SignInForm(request), "next": "", "held": closed(of(request))}
        return render(request, "registration/login.html", context, status=401)


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form older than the last sign-in, from one of our own pages: sent again with a fresh token by one click."""
    host = f"{request.scheme}://{request.get_host()}"
    ours = request.headers.get("Origin") == host and request.user.is_authenticated
    if ours and url_has_allowed_host_and_scheme(request.get_full_path(), None):
        answer = offered(request, of(request), because="grown_old")
        answer.status_code = 403
        return answer
    return csrf_failure(request, reason)
