"""What mails say of a filing: which one counts, what is asked to complete it, the letter that acknowledges it."""

from datetime import datetime

from cases.models import CompletionRequest, Dossier, Filed, Letter
from cases.receipt import silence_day


def filing_of(dossier: Dossier, at: datetime) -> dict:
    """The filing that counts at that instant, and the day on which silence speaks."""
    filed = Filed.objects.filter(dossier=dossier, at__lte=at).order_by("number").last()
    return {"number": filed.number, "at": filed.at, "silence_on": silence_day(filed.at)}


def completion_of(dossier: Dossier) -> dict:
    request = CompletionRequest.objects.filter(dossier=dossier).order_by("pk").last()
    return {"items": request.items, "missing": request.unanswered, "due_on": request.due_on}


def letter_of(letter: Letter) -> dict:
    """A letter that was made here, and the number of the one it replaces."""
    former = letter.replaces
    return {
        "number": letter.reference,
        "on": letter.dated_on,
        "replaces": former.reference if former else "",
    }
