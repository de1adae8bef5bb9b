"""The least that a page can cost: what a plain Django view does with the same rows, and nobody may do without.

Authentication, one count and one page of fifty rows of eight columns; one dossier with three related lists; one
conditional UPDATE and one INSERT behind a POST. No right, no cycle, no audience, no menu, no component, no journal.
"""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.urls import include, path
from django.utils import timezone

from bench.floors import move
from cases.models import Dossier
from workflow.models import Entry

LIST = Template(
    "<!doctype html><title>Dossiers</title><table>{% for one in page %}<tr><td>{{ one.number }}</td>"
    "<td><a href='/plancher/{{ one.pk }}/'>{{ one.title }}</a></td><td>{{ one.organisation.name }}</td>"
    "<td>{{ one.orientation.label }}</td><td>{{ one.get_state_display }}</td><td>{{ one.total_cost }}</td>"
    "<td>{{ one.submitted_at }}</td><td>{{ one.cycle.name }}</td></tr>{% endfor %}</table>"
    "{{ page.number }} / {{ page.paginator.num_pages }}"
)
DETAIL = Template(
    "<!doctype html><title>{{ one.title }}</title><h1>{{ one.title }}</h1><p>{{ one.organisation.name }}</p>"
    "<ul>{% for line in lines %}<li>{{ line.envelope.financier.organisation.name }} {{ line.requested }}</li>"
    "{% endfor %}</ul>"
    "<ul>{% for file in files %}<li>{{ file.name }}</li>{% endfor %}</ul>"
    "<ol>{% for entry in journal %}<li>{{ entry.at }} {{ entry.move }}</li>{% endfor %}</ol>"
)

ORDER = ("-cycle_id", "number")
"""Ours, which an index gives to both."""


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    """One count, one page."""
    found = Dossier.objects.select_related("organisation", "orientation", "cycle").order_by(*ORDER)
    if state := request.GET.get("state"):
        found = found.filter(state=state)
    if words := request.GET.get("search"):
        found = found.filter(title__icontains=words)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return HttpResponse(LIST.render(Context({"page": page})))


@login_required
def one(request: HttpRequest, key: int) -> HttpResponse:
    """One dossier and three lists."""
    dossier = Dossier.objects.select_related("organisation", "cycle").get(pk=key)
    lines = dossier.lines.select_related("envelope__financier__organisation").order_by("pk")
    journal = Entry.objects.filter(subject_label="cases.dossier", subject_id=key).order_by("seq")
    context = {"one": dossier, "lines": lines, "files": dossier.documents.order_by("pk"), "journal": journal}
    return HttpResponse(DETAIL.render(Context(context)))


@login_required
def decide(request: HttpRequest) -> HttpResponse:
    """One conditional UPDATE and one INSERT for each dossier named: as many statements for one as for a hundred."""
    keys = request.POST.getlist("dossier")
    move.by_orm(list(Dossier.objects.filter(pk__in=keys).order_by("pk")), request.user, timezone.now())
    return HttpResponseRedirect("/plancher/")


urlpatterns = [
    path("plancher/", rows),
    path("plancher/decision/", decide),
    path("plancher/<int:key>/", one),
    path("", include("config.urls")),
]
