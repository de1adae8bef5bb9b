"""The words of mails: which of them a coordinator may write, and one of them with its preview on a real dossier."""

from notifications import texts, words
from notifications.choices import Writable
from notifications.forms import MailTextForm
from notifications.models import MailText
from notifications.preview import preview_of
from notifications.sections import TEXTS
from workflow.views.own_words import AllWordsView, OwnWordsView


class TextsView(AllWordsView):
    """Every mail that may be written, with what is written already."""

    section, kinds, one = TEXTS, Writable, "mail-text"
    lead = words.OWN_WORDS


class TextView(OwnWordsView):
    """One mail."""

    section, kinds, form = TEXTS, Writable, MailTextForm
    template, every, one, saved = "notifications/text.html", "mail-texts", "mail-text", words.SAVED_TEXT

    def example(self, row: MailText) -> dict:
        told = preview_of(self.cycle, self.kind, row, self.at)
        return {
            "fields": [(name, "") for name in texts.fields_of(self.kind)],
            "told": told,
            "shows": told is not None,
            "original": preview_of(self.cycle, self.kind, MailText(template=self.kind), self.at),
        }
