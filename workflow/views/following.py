"""The subjects that still live by an earlier version of the rules follow the one in force, once somebody says so."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from workflow import following, words
from workflow.views.campaign import CampaignView


class FollowView(CampaignView):
    """What would change for whom, by version; each row carries its version."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        chosen = dict(filter(None, map(_row, request.POST.getlist("row"))))
        if not chosen or self.campaign.current is None:
            return self.shown(problem=words.TICK_FIRST, status=422)
        fates = following.follow(self.cycle, chosen, by=request.user, at=self.at)
        refused = [one for one in fates if one.refusals]
        if len(fates) > len(refused):
            messages.success(request, words.followed(len(fates) - len(refused), self.campaign.current.number))
        return self.shown(refused=refused, status=409) if refused else redirect(self.cycle_url())

    def shown(self, problem: str = "", refused=(), status: int = 200) -> HttpResponse:
        document = self.campaign.in_force
        groups = following.behind(self.cycle, document) if self.campaign.current else []
        context = {
            "problem": problem,
            "refused": refused,
            "groups": [
                (one, [words.difference_said(change, one.before, document) for change in one.changes])
                for one in groups
            ],
        }
        return self.page("workflow/follow.html", status, **context)


def _row(text: str) -> tuple[str, int] | None:
    """« uuid version » as a checkbox sends it."""
    key, _, version = text.partition(" ")
    try:
        return (str(UUID(key)), int(version)) if version.isdecimal() else None
    except ValueError:
        return None
