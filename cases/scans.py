"""A signed letter that comes back: of one of ours, or of another authority's on its line.

The team joins it; a financier that writes its own letters may join them itself.
"""

from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import File
from django.db import IntegrityError, transaction

from cases.letter_guards import kind_of_decision
from cases.models import FundingLine, Letter, LetterScan
from workflow.calendar import paris_day
from workflow.refusal import Refusal, Refused, already, no_right
from workflow.roles import TEAM, Role
from workflow.situation import Situation


def of_letter(letter: Letter, file: File, *, by, at: datetime) -> LetterScan:
    """Raises `Refused` to who is not of the team, and where this very file is there already."""
    if not may_join(letter, by, at):
        raise Refused([no_right()])
    return _keep(LetterScan(letter=letter, line=letter.line, dated_on=letter.dated_on), letter, file, by, at)


def may_join(subject: Letter | FundingLine, by, at: datetime) -> bool:
    """The team; and on its own lines the financier itself, whose seat alone decides and writes for it."""
    joiners = TEAM if isinstance(subject, Letter) else (*TEAM, Role.FINANCIER)
    return Situation([subject], by, at).allows(subject, joiners)


def of_line(line: FundingLine, file: File, on: date, *, by, at: datetime) -> LetterScan:
    """Another authority's letter, with its own date. Ours are joined to the letter that was made. Raises `Refused`."""
    if not may_join(line, by, at):
        raise Refused([no_right()])
    if line.envelope.financier.writes_letters:
        raise Refused(
            [Refusal("ours", "Ce financeur écrit ses courriers ici : joignez-le au courrier fait.")]
        )
    if kind_of_decision(line) is None:
        raise Refused([Refusal("not_decided", "Ce financeur n’a pas encore de décision à écrire.")])
    if on > paris_day(at):
        sentence = "La date d’un courrier signé ne peut pas être à venir."
        raise Refused([Refusal("letter_ahead", sentence, place="dated_on")])
    return _keep(LetterScan(line=line, dated_on=on), line, file, by, at)


def _keep(scan: LetterScan, subject: Letter | FundingLine, file: File, by, at: datetime) -> LetterScan:
    scan.dossier_id, scan.digest = subject.dossier_id, _digest(file)
    scan.name, scan.file, scan.at, scan.by = file.name[-200:], file, at, by
    there = LetterScan.objects.filter(letter=scan.letter, line=scan.line, digest=scan.digest)
    if there.exists():
        raise Refused([already()])
    try:
        with transaction.atomic():
            scan.save()
    except IntegrityError:  # because the same click came in between
        scan.file.storage.delete(scan.file.name)
        raise Refused([already()]) from None
    return scan


def _digest(file: File) -> str:
    found = sha256()
    for part in file.chunks():
        found.update(part)
    file.seek(0)
    return found.hexdigest()
