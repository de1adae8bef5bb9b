"""A new row inside a row: an envelope of a financier."""

from django.http import Http404, HttpRequest, HttpResponse

from workflow import loading
from workflow.campaign import with_part
from workflow.forms.rows import RowForm
from workflow.loading import CycleDocument
from workflow.loading.section import Section
from workflow.views.campaign import place_url, slug_of
from workflow.views.parts import RowView, is_twin


class InsideView(RowView):
    """Adds a row to those that one row of another section holds."""

    adds = True

    def get(self, request: HttpRequest, part: str, inside: str) -> HttpResponse:
        return super().get(request, part, inside)

    def post(self, request: HttpRequest, part: str, inside: str) -> HttpResponse:
        return super().post(request, part, inside)

    def asked(self, part: str) -> Section:
        """The nested section of this name; its parent and the row around it are kept for the rest."""
        inside = self.kwargs["inside"]
        for parent in loading.sections():
            for field in parent.nested:
                if slug_of(field.rows) == part and inside in self.campaign.document[parent.name]:
                    self.parent, self.field = parent, field
                    return field.rows
        raise Http404

    def form(self, section: Section, row: str, data=None) -> RowForm:
        parent, field = self.parent, self.field

        def siblings(document: CycleDocument) -> dict:
            return document[parent.name][row][field.attr]

        return RowForm(data, section=section, row=None, document=self.campaign.document, siblings=siblings)

    def written(self, document: CycleDocument, section: Section, form: RowForm, along=()) -> CycleDocument:
        code, row = form.result(document)
        rows = form.siblings(document)
        if is_twin(section, row, rows):
            return document
        inside = self.kwargs["inside"]
        around = document[self.parent.name][inside] | {self.field.attr: {**rows, code: row}}
        return with_part(document, self.parent, inside, around)

    def up(self, section: Section) -> str:
        return self.parent.name_of(self.campaign.document[self.parent.name][self.kwargs["inside"]])

    def back(self, section: Section) -> str:
        return place_url(self.cycle, f"{self.parent.name}/{self.kwargs['inside']}")
