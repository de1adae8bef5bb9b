"""An authority that writes here, and letters of it, made through the one way that makes them."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from cases import correspondence, letter_making, scans
from cases import models as cases
from cases.letter_kinds import LetterKind
from tests import sessions
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.models import Organisation

SIGNS = {"writes_letters": True, "signatory": "Awa Diallo", "signatory_quality": "Maire"}


def writes(year, name: str = "etat", **more) -> cases.Financier:
    """This financier runs the service: its letters are made here."""
    financier = year.envelopes[name].financier
    cases.Financier.objects.filter(pk=financier.pk).update(**SIGNS | more)
    year.envelopes[name] = cases.Envelope.objects.get(pk=year.envelopes[name].pk)
    return cases.Financier.objects.get(pk=financier.pk)


def matters(dossier) -> dict[str, correspondence.Matter]:
    """{kind: the matter} of what may be written about a dossier now."""
    return {one.kind: one for one in correspondence.matters_of(whole(dossier))}


def whole(dossier) -> cases.Dossier:
    return cases.Dossier.objects.for_pages().get(pk=dossier.pk)


def make(year, dossier, kind, *, by=None, at=play.ANSWERING, on=None) -> cases.Letter:
    matter = matters(dossier)[kind]
    return letter_making.make(
        matter.dossier, matter.about, by=by or year.coordinator, at=at, on=on or at.date(),
        still=lambda draft: True,
    )  # fmt: skip


def attended(year) -> cases.Dossier:
    """A request whose holder came to the session that it booked."""
    dossier = play.a_draft(year)
    booking = sessions.booked(year, sessions.a_session(year), dossier=dossier)
    engine.fire(booking, "attend", by=year.instructor, at=sessions.AFTER)
    return play.fresh(dossier)


def agreed(year) -> cases.Dossier:
    """An award above what the law lets pass without an agreement."""
    cases.Envelope.objects.filter(financier__cycle=year.cycle).update(ceiling=Decimal(200_000))
    return play.decided(year, amount=30_000, requested=30_000)


SCENES = {
    LetterKind.AWARD: lambda year: play.decided(year, amount=1_000),
    LetterKind.PARTIAL: lambda year: play.decided(year, amount=500),
    LetterKind.REFUSAL: lambda year: play.decided(year, amount=0),
    LetterKind.INADMISSIBILITY: reached.inadmissible,
    LetterKind.DEFERRAL: reached.deferred,
    LetterKind.COMPLETION: reached.incomplete,
    LetterKind.RECEIPT: play.submitted,
    LetterKind.ATTENDANCE: attended,
    LetterKind.AGREEMENT: agreed,
}
"""A dossier about which each kind is to be written, played through the door."""


def with_model(year, kind, body: str = "", subject: str = "") -> cases.LetterModel:
    return cases.LetterModel.objects.create(cycle=year.cycle, kind_of=kind, body=body, subject=subject)


def a_scan(name: str = "signe.pdf", content: bytes = b"%PDF-1.4 lettre") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def signed(year, letter, *, by=None, file=None) -> cases.LetterScan:
    return scans.of_letter(letter, file or a_scan(), by=by or year.instructor, at=play.REPORTING)


def signed_by_another(year, line, *, by=None, file=None, on=date(2027, 4, 16)) -> cases.LetterScan:
    return scans.of_line(line, file or a_scan(), on, by=by or year.instructor, at=play.REPORTING)


def many_decided(year, many: int) -> None:
    """As many dossiers whose first line is granted: one is played through the door, the others are its doubles.

    A public body's, so that so much money in one year asks for no agreement beside each letter.
    """
    Organisation.objects.filter(pk=year.holder_organisation.pk).update(kind="service")
    model = play.decided(year)
    passage, lines = cases.Passage.objects.get(dossier=model), list(model.lines.order_by("pk"))
    for rank in range(2, many + 1):
        double = cases.Dossier.objects.get(pk=model.pk)
        double.pk, double.uuid, double.number, double.title = (
            None,
            uuid4(),
            rank,
            f"Action n° {rank} du quartier",
        )
        double.save()
        for line in lines:
            one = cases.FundingLine.objects.get(pk=line.pk)
            one.pk, one.uuid, one.dossier = None, uuid4(), double
            one.save()
        cases.Passage.objects.create(dossier=double, committee=passage.committee, at=passage.at)
