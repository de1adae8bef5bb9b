"""The pages of the demonstration's letter box: everything that would have left, as whoever gets it reads it.

Open to all without signing in, because nobody in the demonstration is real; elsewhere these pages do not exist.
"""

import re
from functools import wraps

from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.tables import Pages
from config import letterbox

PER_PAGE = 50
FOREIGN = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
    # its own origin; scripts are refused above, and only a checker of accessibility brings one from outside
    "sandbox": ["allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox"],
}
"""What a mail may do in a browser: show itself, and be left by its links."""


class LetterFilters(forms.Form):
    to = forms.CharField(label="Destinataire", required=False, max_length=100)


def in_demo(view):
    """A page of the demonstration alone, for anybody."""

    @require_safe
    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, **given) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **given)

    return guarded


@in_demo
def letter_list(request: HttpRequest) -> HttpResponse:
    """The letters, newest first; the files of one page are read, no more."""
    filters = LetterFilters(request.GET)
    to = filters.cleaned_data["to"].strip() if filters.is_valid() else ""
    page = Pages(letterbox.letters(to), PER_PAGE).get_page(request.GET.get("page"))
    letters = [letterbox.read(name) for name in page]
    return render(request, "letters.html", {"page": page, "letters": letters, "filters": filters})


@in_demo
def letter_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One letter as text, its links clickable."""
    letter = _letter(name)
    return render(request, "letter.html", {"letter": letter, "pieces": linked(letter.text)})


@in_demo
@csp(FOREIGN)
def letter_html(request: HttpRequest, name: str) -> HttpResponse:
    """One letter as a mail reader shows it: a document of its own that can run nothing and fetch nothing."""
    letter = _letter(name)
    if not letter.html:
        raise Http404
    return HttpResponse(letter.html)


def linked(text: str) -> list[tuple[str, str]]:
    """(words, address) pieces of a text: the address is blank where the words are no link."""
    pieces = []
    for rank, words in enumerate(_ADDRESS.split(text)):
        if words:
            pieces.append((words, words if rank % 2 else ""))
    return pieces


_ADDRESS = re.compile(r"(https?://[^\s<>«»]+[^\s<>«».,;:!?)])")


def _letter(name: str) -> letterbox.Letter:
    try:
        return letterbox.read(name)
    except KeyError:
        raise Http404 from None
