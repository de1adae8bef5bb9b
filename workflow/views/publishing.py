"""Check a version and publish it, or give its changes up: nothing is published unseen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from workflow import cloning, engine, forecast, words
from workflow.calendar import paris_day
from workflow.campaign import Campaign, change
from workflow.loading import CycleDocument
from workflow.refusal import Refused
from workflow.views.campaign import CampaignView, place_url, told


class PublishView(CampaignView):
    """What changes, for whom, what stands against it; then one button."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        if "revert" in request.POST:
            return self.revert()
        draft = self.campaign.draft
        if draft is None or not request.POST.get("version", "").isdecimal():
            return self.shown(status=422)
        try:
            outcome = engine.fire(
                draft, "publish", by=request.user, at=self.at, version=int(request.POST["version"])
            )
        except Refused as refused:
            self.campaign = Campaign.of(self.cycle)
            stale = "stale" in refused.codes
            return self.shown(refused.refusals if stale else (), status=409 if stale else 422)
        messages.success(request, words.NOTHING_NEW if outcome.repeated else words.published(draft.number))
        return redirect(self.cycle_url())

    def revert(self) -> HttpResponse:
        """The draft says again what is published; it stays there for the next change."""
        if self.campaign.draft is None or self.campaign.current is None:
            return self.shown(status=422)
        change(self.cycle, self.as_published, by=self.request.user, at=self.at)
        messages.success(self.request, words.REVERTED)
        return redirect(self.cycle_url())

    def as_published(self, document: CycleDocument) -> CycleDocument:
        rules = {name: dict(rows) for name, rows in self.campaign.in_force.rules().items()}
        return CycleDocument(document.sections | rules)

    def shown(self, refusals=(), status: int = 200) -> HttpResponse:
        campaign = self.campaign
        against = [(one, place_url(self.cycle, one.place)) for one in campaign.refusals]
        population = forecast.by_version(self.cycle)
        context = {
            "refusals": refusals,
            "against": against,
            "changes": told(campaign),
            "effects": self.effects(),
            "staying": sorted(population.items()),
            "dated": [
                (one, place_url(self.cycle, f"{one.section.name}/{one.code}"))
                for one in cloning.dated_texts(campaign.document)
            ],
        }
        return self.page("workflow/publish.html", status, **context)

    def effects(self) -> list:
        """The messages that the version in preparation would add to the coming weeks, or take away."""
        campaign = self.campaign
        if not (campaign.current and campaign.may_publish):
            return []
        return forecast.effects(self.cycle, campaign.in_force, campaign.document, paris_day(self.at))
