"""The words of letters: every kind, and one of them with how it reads on a real dossier."""

from cases import correspondence, letter_making, letter_words
from cases.forms.letters import ModelForm
from cases.letter_fields import fields_of
from cases.letter_kinds import LetterKind
from cases.letter_sections import LETTERS
from cases.letter_texts import USUAL
from cases.models import LetterModel
from workflow.views.own_words import AllWordsView, OwnWordsView


class ModelsView(AllWordsView):
    """Every kind of letter, with what is written already."""

    section, kinds, one = LETTERS, LetterKind, "letter-model"
    lead = letter_words.OWN_WORDS


class ModelView(OwnWordsView):
    """One kind of letter."""

    section, kinds, form = LETTERS, LetterKind, ModelForm
    template, every, one = "cases/letter_model.html", "letter-models", "letter-model"

    def example(self, row: LetterModel) -> dict:
        matter = correspondence.example_of(self.cycle, self.kind)
        return {
            "fields": fields_of(self.kind).items(),
            "usual": USUAL[self.kind],
            "matter": matter,
            "shows": matter is not None,
            "draft": letter_making.draft_of(matter, row) if matter else None,
        }
