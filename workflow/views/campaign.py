"""The campaigns that a person may read, and one of them; what its other pages share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from workflow import forecast, loading, registry, timeline, words
from workflow.calendar import paris_day
from workflow.campaign import Campaign
from workflow.loading.kinds import fold
from workflow.loading.section import Section
from workflow.models import Cycle
from workflow.story import story
from workflow.views.drawing import pictures


@require_safe
def campaign_list(request: HttpRequest) -> HttpResponse:
    """The cycles of this person's teams, the newest first."""
    cycles = Cycle.objects.read_by_team(request.user).for_pages().order_by("-year", "code")
    if not cycles:
        raise Http404
    writes = Cycle.objects.coordinated_by(request.user).exists()
    return render(request, "workflow/campaign_list.html", {"cycles": cycles, "writes": writes})


@require_safe
def campaign_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One year: its calendar, its windows, what is set, and who changed what."""
    cycle = get_object_or_404(Cycle.objects.read_by_team(request.user).for_pages(), code=code)
    campaign, on = Campaign.of(cycle), paris_day(timezone.now())
    document, writes = campaign.document, Cycle.objects.coordinated_by(request.user).contains(cycle)
    scale = timeline.scale_of(document)
    context = {
        "cycle": cycle,
        "campaign": campaign,
        "writes": writes,
        "marks": timeline.marks(document, on),
        "bars": timeline.bars(document, scale),
        "today": f"{scale.at(on):.2f}" if scale and scale.holds(on) else "",
        "parts": [shown(part, cycle, document) for part in loading.sections() if part.name not in OWN_CARD],
        "drawings": pictures(),
        "changes": told(campaign),
        "behind": forecast.behind(cycle),
        "story": story(cycle, request.user),
        "panels": registry.panels("campaign-cycle", cycle, request.user, timezone.now()),
    }
    return render(request, "workflow/campaign.html", context)


OWN_CARD = ("contrat", "jalons", "étapes")
"""Sections that the page shows in a way of their own."""


def shown(section: Section, cycle: Cycle, document: loading.CycleDocument) -> dict[str, Any]:
    """One section as the page lists it."""
    rows = [] if section.single else document[section.name].values()
    return {
        "section": section,
        "url": part_url(cycle, section),
        "desk": desk(section),
        "rows": [(section.name_of(row), section.says(document, row)) for row in rows],
        "facts": words.facts_said(section, document[section.name], document) if section.single else [],
    }


def told(campaign: Campaign) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the version in preparation changes, in words."""
    return [
        words.difference_said(one, campaign.in_force, campaign.document)
        for one in (campaign.changes if campaign.draft and campaign.current else ())
    ]


def slug_of(section: Section) -> str:
    """« étapes » stands as « etapes » in an address."""
    return fold(section.name)


def part_url(cycle: Cycle, section: Section) -> str:
    return reverse("campaign-part", args=[cycle.code, slug_of(section)])


def desk(section: Section) -> str:
    """The page where these rows are worked on, if this service has it."""
    try:
        return reverse(section.desk) if section.desk else ""
    except NoReverseMatch:
        return ""


def place_url(cycle: Cycle, place: str) -> str:
    """The form that a refusal's place names: « étapes/depot/ferme »; blank for the cycle as a whole."""
    name, _, rest = place.partition("/")
    section = next((one for one in loading.sections() if one.name == name), None)
    if section is None or section.name == "contrat":
        return ""
    row = rest.partition("/")[0] if section.identity == "code" else rest
    if section.single or not row:
        return part_url(cycle, section)
    return reverse("campaign-row", args=[cycle.code, slug_of(section), row])


class CampaignView(View):
    """A page that only who coordinates the cycle may open."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, code: str, **kwargs) -> HttpResponse:
        mine = Cycle.objects.coordinated_by(request.user).for_pages()
        self.cycle = get_object_or_404(mine, code=code)
        self.campaign = Campaign.of(self.cycle)
        return super().dispatch(request, **kwargs)

    def cycle_url(self) -> str:
        return reverse("campaign-cycle", args=[self.cycle.code])

    def page(self, template: str, status: int = 200, **context) -> HttpResponse:
        known = {"cycle": self.cycle, "campaign": self.campaign, "cycle_url": self.cycle_url()}
        return render(self.request, template, known | context, status=status)

    def asked(self, part: str) -> Section:
        """The section that the address names, if it is edited here."""
        found = (one for one in loading.sections() if slug_of(one) == part and one.name != "contrat")
        section = next(found, None)
        if section is None:
            raise Http404
        return section
