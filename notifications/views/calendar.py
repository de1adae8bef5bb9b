"""The calendar: a page for whoever signed in, a file for one date, and a secret address for machines that read it."""

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from notifications import agenda, subscriptions, words
from notifications.calendars import written
from notifications.forms import AddressForm
from workflow.calendar import paris_day
from workflow.dated import Dated, DatedKind, seen_by

BEHIND, AHEAD = timedelta(days=366), timedelta(days=731)
"""How far a subscribed calendar reaches."""


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One month as a grid, or six as a list."""
    found = agenda.page(request.user, request.GET, timezone.now())
    return render(request, "notifications/calendar.html", {"page": found})


@require_safe
def calendar_event(request: HttpRequest, uid: str) -> HttpResponse:
    """One dated thing as a file that a telephone opens; 404 for what this person does not see."""
    now = timezone.now()
    for one in seen_by(request.user, *_reach(paris_day(now)), now):
        if one.uid == uid:
            return _file(written([one], one.label, now), f"{uid}.ics")
    raise Http404


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What the address of one person shows to a machine: their own calendar, and nobody else's."""
    user, now = subscriptions.reader(token), timezone.now()
    if user is None:
        raise Http404
    things = [one for one in seen_by(user, *_reach(paris_day(now)), now) if _is_taken(one)]
    answer = _file(written(things, words.CALENDAR_NAME, now), "calendrier.ics")
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _is_taken(one: Dated) -> bool:
    """Public holidays stand in every calendar already."""
    return one.own and one.kind != DatedKind.HOLIDAY


def _reach(today: date) -> tuple[date, date]:
    return today - BEHIND, today + AHEAD


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private"
    return answer


class CalendarAddressView(View):
    """The secret address of one's own calendar: made, replaced, given up."""

    DONE = {
        "renew": (subscriptions.renew, words.ADDRESS_MADE),
        "give_up": (subscriptions.give_up, words.ADDRESS_GIVEN_UP),
    }

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(AddressForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        act, said = self.DONE[form.cleaned_data["act"]]
        if act(request.user, form.cleaned_data["key"], timezone.now()):
            messages.success(request, said)
        return redirect("calendar-address")

    def shown(self, form: AddressForm, status: int = 200) -> HttpResponse:
        key = subscriptions.alive(self.request.user)
        address = subscriptions.address_of(key) if key else ""
        context = {"form": form, "key": key, "address": address, "webcal": webcal(address)}
        answer = render(self.request, "notifications/calendar_address.html", context, status=status)
        answer["Cache-Control"] = "private, no-store"
        return answer


def webcal(address: str) -> str:
    """The same address as telephones and desktops take it: they ask at once whether to subscribe."""
    return address.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1)
