"""What the years teach the team: a page, and the same figures as a workbook."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cases import learning as lessons
from cases.exports import XLSX
from cases.learning import By
from cases.workbook.lessons import write_lessons
from workflow.models import Cycle


def _asked(request: HttpRequest, code: str) -> tuple[Cycle, list[Cycle], By]:
    """The call, the years it is read with, and what the reasons are counted by."""
    cycle = get_object_or_404(Cycle.objects.taught_to(request.user), code=code)
    years = lessons.years_until(cycle, request.user)
    by = request.GET.get("par", By.YEAR)
    return cycle, years, By(by) if by in By.values else By.YEAR


@require_safe
def learning(request: HttpRequest, code: str) -> HttpResponse:
    cycle, years, by = _asked(request, code)
    found = lessons.cases_of(years)
    context = {"cycle": cycle, "years": years, "by": by, "ways": By.choices, "filed": len(found)}
    context |= {"reasons": lessons.reasons(found, by), "shares": lessons.shares(found)}
    return render(request, "cases/learning.html", context | {"stays": lessons.stays(years)})


@require_safe
def learning_book(request: HttpRequest, code: str) -> HttpResponse:
    cycle, years, by = _asked(request, code)
    content = write_lessons(lessons.sheets(years, by))
    told = {"Content-Disposition": f'attachment; filename="enseignements-{cycle.code}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=told)
