"""The year's own pictures, for its campaign page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from workflow import drawing, flows, registry
from workflow.models import Cycle, StepKind
from workflow.roles import cycles_of

REVIEW = "review"


def pictures() -> list[tuple[str, str]]:
    """The name in an address, and the title, of each picture of a year."""
    machines = ((model._meta.model_name, capfirst(model._meta.verbose_name)) for model in registry.drawn())
    return [*machines, (REVIEW, StepKind.REVIEW.label)]


@require_safe
def campaign_drawing(request: HttpRequest, code: str, picture: str) -> HttpResponse:
    """A machine with this year's steps and dates, as an SVG document of its own."""
    seen = cycles_of(request.user, "cycle", "see")
    cycle = get_object_or_404(Cycle.objects.select_related("current"), code=code, pk__in=seen)
    models = {model._meta.model_name: model for model in registry.drawn()}
    if picture == REVIEW:
        drawn = drawing.review(flows.CURRENT, cycle.current)
    elif picture in models:
        drawn = drawing.machine(models[picture], cycle.current)
    else:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")
