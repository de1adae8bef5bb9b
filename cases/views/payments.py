"""What each financier pays: read by the holder, the team and that financier; noted by the team."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import after_words, words
from cases.acts import act_is_missing
from cases.forms.holders import PaymentForm
from cases.models import FundingLine, Payment
from cases.payments import awards_of, confirm, may_note, plan, total
from cases.views.editing import ALREADY, VersionedPage
from cases.views.moves import status_of
from workflow import engine
from workflow.calendar import paris_day
from workflow.refusal import Refused

PER_PAGE = 20
FIELDS = ("kind_of", "amount", "expected_on", "paid_on", "reference", "version")


@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """Every award of this person's, with what is expected and what arrived; the newest letter first."""
    on = paris_day(timezone.now())
    lines = FundingLine.objects.paid_to(request.user).awarded(on)
    if "retard" in request.GET:
        lines = lines.late(on)
    page = Paginator(lines.for_pages().order_by("-notified_on", "pk"), PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    awards = awards_of(page.object_list)
    context = {"page": page, "awards": awards, "total": total(awards), "on": on}
    return render(request, "cases/payments.html", context | {"late_only": "retard" in request.GET})


class PaymentsView(VersionedPage):
    """The payments of one financier on one dossier, and the form by which the team notes one more."""

    template, saved, once = "cases/line_payments.html", words.PAYMENT_SAVED, True

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.subject, self.line = self.asked(uuid)
        if not may_note(self.line, by=request.user, at=self.at):
            raise Http404
        return super().dispatch(request, uuid)

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.planned() if "plan" in request.POST else super().post(request, uuid)

    def planned(self) -> HttpResponse:
        """One click notes what the rules propose; twice notes nothing more."""
        [award] = awards_of([self.line])
        try:
            confirm(award, by=self.request.user, at=self.at)
        except Refused as refused:
            if refused.codes != ALREADY:
                status = status_of(refused.codes)
                return self.shown(self.form(), refusals=refused.refusals, status=status)
        messages.success(self.request, after_words.PAYMENTS_PLANNED)
        return redirect(self.onward())

    def asked(self, uuid) -> tuple[Payment | None, FundingLine]:
        """The payment at hand, if any, and its line."""
        return None, get_object_or_404(FundingLine.objects.paid_to(self.request.user).for_pages(), uuid=uuid)

    def form(self, data=None) -> PaymentForm:
        """A first payment is proposed for the whole award, a second for what is left of it."""
        [award] = awards_of([self.line])
        start = {"version": 0, "kind_of": "balance" if award.payments else "single"}
        return PaymentForm(data, on=paris_day(self.at), initial=start | {"amount": award.unannounced or None})

    def save(self, form: PaymentForm) -> None:
        new = Payment(line=self.line, **form.changes())
        engine.open_many([new], by=self.request.user, at=self.at)

    def beside(self, form: PaymentForm) -> dict[str, Any]:
        [award] = awards_of([self.line])
        return {
            "line": self.line,
            "dossier": self.line.dossier,
            "award": award,
            "payment": self.subject,
            "plan": plan(award),
            "act_missing": act_is_missing(self.line),
            "on": paris_day(self.at),
            "refusals": (),
        }

    def onward(self) -> str:
        return reverse("line-payments", args=[self.line.uuid])


class PaymentView(PaymentsView):
    """One payment, corrected; zero euros gives it up."""

    def asked(self, uuid) -> tuple[Payment, FundingLine]:
        mine = Payment.objects.visible_to(self.request.user)
        payment = get_object_or_404(mine.for_pages(), uuid=uuid)
        return payment, payment.line

    def form(self, data=None) -> PaymentForm:
        known = {name: getattr(self.subject, name) for name in FIELDS}
        return PaymentForm(data, on=paris_day(self.at), initial=known)

    def save(self, form: PaymentForm) -> None:
        by, version = self.request.user, form.cleaned_data["version"]
        engine.amend(self.subject, form.changes(), by=by, at=self.at, version=version)
