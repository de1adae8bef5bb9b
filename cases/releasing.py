"""Letting letters and answers go together: what each holder will read, what stays and why, what became of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.answer import Word, foreseen
from cases.enclosed import facts_of, letters_of
from cases.line_guards import cut_said
from cases.models import Dossier, FundingLine, Letter
from cases.outgoing import coordinated, untold
from cases.states import DossierMove, LineMove
from workflow import engine, registry
from workflow.refusal import Refusal, stale
from workflow.registry import Mail

KNOWS = "envelope_cut"


@dataclass(frozen=True)
class Leaving:
    """One decision as its holder will read it."""

    line: FundingLine
    word: Word
    unheard: bool
    """Nobody of its holder gets a mail."""
    letter: Letter | None
    """The one made here, whose day and number are its own."""

    @property
    def value(self) -> str:
        return f"{self.line.pk}:{self.line.version}"

    @property
    def seen(self) -> str:
        return f"{self.line.pk}:{self.letter.pk}" if self.letter else ""


@dataclass(frozen=True)
class Staying:
    """One decision that cannot leave as it was typed."""

    line: FundingLine
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True)
class Cut:
    """An envelope that shrank since the vote: whoever goes on says that they know."""

    line: FundingLine
    """One of those that stand on it."""
    said: str

    @property
    def value(self) -> str:
        return f"{self.line.envelope_id}:{self.line.purse_version}"


@dataclass(frozen=True)
class Release:
    """Everything that one click would let go, before it is clicked."""

    leaving: list[Leaving]
    staying: list[Staying]
    cuts: list[Cut]
    mails: list[Mail]
    gone: int
    """How many of those that were chosen are no longer to notify."""

    @property
    def carried(self) -> int:
        """How many leave with the letter that was made here."""
        return sum(one.letter is not None for one in self.leaving)

    @property
    def typed(self) -> bool:
        """Whether anything leaves with the day that was typed."""
        return self.carried < len(self.leaving)

    @property
    def held(self) -> bool:
        """So many mails at once wait for a confirmation of their own; the pages do not."""
        return any(one.held for one in self.mails)


@dataclass(frozen=True)
class Fate:
    """What became of one of a batch: where, and why not."""

    what: str
    refusals: tuple[Refusal, ...]
    repeated: bool


@dataclass(frozen=True)
class WasRead:
    """What somebody who clicks has read: {line: its version}, {envelope that shrank since the vote: its version},
    {line: the letter that was shown}."""

    versions: Mapping[int, int]
    knows: Mapping[int, int]
    letters: Mapping[int, int]


def enclosed(user, keys: Iterable[int]) -> dict[int, Letter]:
    """{line key: the letter made here that tells its decision} among the lines that this person coordinates."""
    return letters_of(_lines(user, keys))


def release(
    user, versions: Mapping[int, int], facts: dict, letters: Mapping[int, Letter], at: datetime
) -> Release:
    """What would leave of these decisions, word for word; `facts` are the day and reference of those without a letter
    of ours."""
    lines = list(untold(user).filter(pk__in=versions))
    own = _own_facts(letters)
    refusals = engine.forecast(lines, LineMove.NOTIFY, by=user, at=at, facts=facts, each=own)
    why = {line.pk: tuple(one for one in refusals[line.pk] if one.code != KNOWS) for line in lines}
    going = [line for line in lines if not why[line.pk]]
    mails = registry.mails(going, LineMove.NOTIFY, by=user, at=at)
    heard = {key for one in mails if one.address for key in one.about}
    cut = {line.envelope_id: Cut(line, cut_said(line)) for line in going if line.is_cut_since_vote}
    leaving = [
        Leaving(
            line, foreseen(line, **facts | own.get(line.pk, {})), line.pk not in heard, letters.get(line.pk)
        )
        for line in going
    ]
    staying = [Staying(line, why[line.pk]) for line in lines if why[line.pk]]
    return Release(leaving, staying, list(cut.values()), mails, len(versions) - len(lines))


def notify(user, read: WasRead, facts: dict, letters: Mapping[int, Letter], at: datetime) -> list[Fate]:
    """Notify these lines together; each is still refused or told by itself. A letter made anew since it was read waits
    for another reading."""
    lines = list(_lines(user, read.versions))
    other = {key for key, seen in read.letters.items() if key not in letters or letters[key].pk != seen}
    going = [one for one in lines if one.pk not in other]
    each = _own_facts(letters)
    for line in going:
        if line.envelope_id in read.knows:
            each[line.pk] = each.get(line.pk, {}) | {"knows": read.knows[line.envelope_id]}
    told = _fire(going, LineMove.NOTIFY, user, read.versions, at, facts, each)
    return told + [Fate(_name(one), (stale(),), repeated=False) for one in lines if one.pk in other]


def _own_facts(letters: Mapping[int, Letter]) -> dict[int, dict]:
    return {key: facts_of(one) for key, one in letters.items()}


def answer(user, versions: Mapping[int, int], at: datetime) -> list[Fate]:
    """Answer these holders together."""
    dossiers = Dossier.objects.filter(pk__in=versions, cycle__in=coordinated(user)).for_pages()
    return _fire(dossiers.order_by("pk"), DossierMove.ANSWER, user, versions, at, {})


def call(user, versions: Mapping[int, int], reached: bool, at: datetime) -> list[Fate]:
    """Note one call about these refusals of one holder: somebody spoke to it, or nobody took it."""
    return _fire(_lines(user, versions), LineMove.CALL, user, versions, at, {"reached": reached})


def call_first(user, versions: Mapping[int, int], wished: bool, at: datetime) -> list[Fate]:
    """Ask that these refusals be said by voice first, or release them from it: the coordinator's own word."""
    lines = list(_lines(user, versions))
    edits = {line: {"call_first": wished} for line in lines}
    return _fates(lines, engine.amend_many(edits, by=user, at=at, versions=versions))


def _lines(user, keys: Iterable[int]):
    lines = FundingLine.objects.filter(pk__in=keys, cycle__in=coordinated(user))
    return lines.for_pages().select_related("envelope__within").order_by("pk")


def _fire(subjects, move: str, by, versions, at: datetime, facts: dict, each=None) -> list[Fate]:
    asked = list(subjects)
    outcomes = engine.fire_many(asked, move, by=by, at=at, versions=versions, facts=facts, each=each)
    return _fates(asked, outcomes)


def _fates(asked: list, outcomes: list) -> list[Fate]:
    return [
        Fate(_name(one), outcome.refusals, outcome.repeated)
        for one, outcome in zip(asked, outcomes, strict=True)
    ]


def _name(subject) -> str:
    if isinstance(subject, Dossier):
        return str(subject)
    return f"{subject.dossier} · {subject.envelope.financier}"
