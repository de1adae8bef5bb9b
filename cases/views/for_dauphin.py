"""The answers of a request that is filed in Dauphin, beside its page there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.for_dauphin import steps_of
from cases.models import Dossier, FundingLine, Question
from cases.sight import is_writer
from workflow import published
from workflow.models import Filing


@require_safe
def for_dauphin(request: HttpRequest, uuid) -> HttpResponse:
    """For those who write a request that is prepared here and filed there; nothing for anybody else."""
    seen = Dossier.objects.visible_to(request.user).for_pages()
    dossier = get_object_or_404(seen, uuid=uuid)
    writes = is_writer(dossier, by=request.user, at=timezone.now())
    if dossier.rules.filing != Filing.PREPARED or not writes:
        raise Http404
    [questions] = published.rows_of(Question, [dossier.rules]).values()
    steps = steps_of(dossier, questions, FundingLine.objects.on_dossier(dossier))
    return render(request, "cases/for_dauphin.html", {"dossier": dossier, "steps": steps})
