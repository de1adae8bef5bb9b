"""The same desk without a password: what a seat's link opens, and nothing else. No session is opened."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views import View

from cases import seat_links, words
from cases.desk import Desk
from cases.forms.opinions import RenewalForm
from cases.models import FundingLine
from cases.views.opinions import BatchView, InquiryView, OpinionsView, OpinionView, PackView


def lapsed(request: HttpRequest, form: RenewalForm | None = None, *, sent: bool = False, status: int = 404):
    """One page for a link that expired, was revoked or never was: it tells nothing of which."""
    context = {"form": form or RenewalForm(), "sent": sent, **nobody()}
    return discreet(render(request, "cases/link_lapsed.html", context, status=status))


def barred(request: HttpRequest, link) -> HttpResponse:
    """Somebody who lost this seat holds a colleague's link: said, and nothing done in that colleague's name."""
    return discreet(render(request, "cases/link_barred.html", {"seat": link.seat}, status=403))


def nobody() -> dict[str, Any]:
    """Pages of a link show no menu and no name, whoever else is signed in on this screen."""
    return {"user": AnonymousUser(), "menu": ()}


def discreet(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, found by no engine; its address leaves this service with no request.

    « same-origin », because with « no-referrer » a browser posts « Origin: null », which the CSRF check refuses.
    """
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


class ByLink(View):
    """Before a page of the desk: the link's person acts, for this request alone, on the link's seat alone."""

    by_link = True

    @method_decorator(login_not_required)
    def dispatch(self, request: HttpRequest, token: str, **kwargs) -> HttpResponse:
        self.link, self.token = seat_links.opened(token, timezone.now()), token
        if self.link is None:
            return lapsed(request)
        if seat_links.is_barred(request.user, self.link):
            return barred(request, self.link)
        request.user = self.link.user
        return discreet(super().dispatch(request, **kwargs))

    @property
    def own_desk(self) -> Desk:
        return Desk(self.link.user, self.link, self.token)

    def around(self) -> dict[str, Any]:
        return nobody()


class LinkListView(ByLink, OpinionsView):
    pass


class SheetByLink(OpinionView):
    """What a mail of the past speaks of may be over: its link then leads to what is still awaited."""

    def dispatch(self, request: HttpRequest, uuid, move: str) -> HttpResponse:
        self.line = self.own_desk.lines().filter(uuid=uuid).first()
        if self.line is None:
            messages.info(request, words.ROUND_OVER)
            return redirect(self.own_desk.url("list"))
        return super().dispatch(request, uuid, move)

    def asked(self, uuid, move: str) -> FundingLine:
        return self.line


class LinkOpinionView(ByLink, SheetByLink):
    def back(self, line: FundingLine) -> str:
        return self.own_desk.url("list")


class LinkBatchView(ByLink, BatchView):
    pass


class LinkPackView(ByLink, PackView):
    pass


class LinkInquiryView(ByLink, InquiryView):
    pass


class LinkRevokeView(ByLink):
    """The person gives the link up: nobody answers by it any more."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("confirm") != "yes":
            return self.shown(422)
        seat_links.revoke(self.link, timezone.now())
        return lapsed(request, status=200)

    def shown(self, status: int = 200) -> HttpResponse:
        context = {"list_url": self.own_desk.url("list"), **self.around()}
        return render(self.request, "cases/link_revoke.html", context, status=status)


class LinksView(View):
    """The living links that a person may see: their own, and those of the cycles they coordinate."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = request.POST.get("link", "")
        if not (chosen.isdecimal() and len(chosen) < 19):
            return self.shown(422)
        link = get_object_or_404(seat_links.visible_to(request.user), pk=chosen)
        seat_links.revoke(link, timezone.now())
        messages.success(request, words.LINK_REVOKED)
        return redirect("seat-links")

    def shown(self, status: int = 200) -> HttpResponse:
        links = seat_links.visible_to(self.request.user)
        return render(self.request, "cases/links.html", {"links": links}, status=status)
