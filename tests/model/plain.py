"""A dossier and its lines as plain Python, written from the field's own pages: no chart, no door, no database.

It answers one thing: whether a move is allowed, and what the world is afterwards. Amounts are whole euros.
"""

from dataclasses import dataclass, field

from tests.model.plain_sheet import SheetOfWorld

BEFORE = {"submitted", "incomplete", "instruction", "review", "committee", "deferred"}
DECIDED = {"granted", "refused", "undisclosed"}


@dataclass
class Line:
    asked: int
    state: str = "requested"
    booked: int = 0
    award: int = 0
    agreed: bool = False
    outcome: str = ""
    notified: bool = False
    called: bool = False
    mainstream: bool = False

    def settle_on(self, state, amount=0):
        self.state, self.outcome, self.award, self.booked = state, state, amount, amount

    def release(self):
        if self.may_be_released():
            self.state, self.outcome, self.award, self.booked, self.notified = "requested", "", 0, 0, False
            self.agreed = self.called = False

    def may_be_released(self):
        return self.state not in {"requested", "settled", "to_ask", "confirmed", "declined"}


@dataclass
class World(SheetOfWorld):
    """One dossier, its last line on droit commun. `ceiling`: euros of each line's own envelope; `quorum`: opinions
    that close a round; `sheets`: a refusal is explained; `threshold`: percent above which a cut is, `one_line`: a
    lesser cut is said in one line; `late`: filing is over; `calls`: a refusal is said by voice before its letter."""

    asked: list
    ceiling: int
    quorum: int | None
    sheets: bool
    threshold: int | None = None
    one_line: bool = False
    late: bool = False
    calls: bool = False
    state: str = "draft"
    checked: bool = False
    read: bool = False
    sheet: str = ""
    words: dict = field(default_factory=dict)
    told_words: dict = field(default_factory=dict)
    delivered: int = 0
    readable: bool = False
    decided: bool = False
    report: str = ""
    reopened: bool = False
    supports: list = field(default_factory=list)
    lines: list = field(default_factory=list)

    def __post_init__(self):
        self.lines = [Line(asked) for asked in self.asked]
        self.lines[-1].mainstream = True

    # Dossier -----------------------------------------------------------------------------------------------------

    def ask_support(self):
        if not self._go({"draft"}, "support"):
            return False
        self.supports.append("asked")
        return True

    def finish(self):
        """What was asked is a meeting, never a re-reading."""
        return False

    def note(self):
        """Whoever recorded the meeting has written what was said."""
        return False

    def end_support(self, held):
        return self._go({"support"}, "draft") and self._meet("held" if held else "missed")

    def submit(self):
        return self._go({"draft", "support"}, "submitted", not self.late)

    def take_back(self):
        return self._go({"submitted"}, "draft", not self.late and not self.read)

    def ask_completion(self):
        return self._go({"submitted", "instruction"}, "incomplete")

    def complete(self):
        return self._go({"incomplete"}, "submitted")

    def declare_inadmissible(self):
        return self._go({"submitted", "incomplete", "instruction"}, "inadmissible") and self._leave()

    def admit(self):
        return self._go({"submitted"}, "instruction", self.read)

    def open_review(self):
        opens = self._go({"instruction"}, "review", self.read and self._any("invited"))
        self.reopened = self.reopened and not opens
        return opens

    def close_review(self):
        if not self._go({"review"}, "committee"):
            return False
        for line in self.lines:
            line.state = "silent" if line.state == "invited" else line.state
        return True

    def reopen_review(self):
        holds = self._any("silent") and not any(line.state in DECIDED for line in self.lines)
        if not self._go({"committee"}, "review", holds):
            return False
        self.reopened = True
        for line in self.lines:
            line.state = "invited" if line.state == "silent" else line.state
        return True

    def defer(self):
        return self._go({"committee"}, "deferred")

    def resume(self):
        return self._go({"deferred"}, "committee")

    def decide(self):
        said = all(line.mainstream or line.state in DECIDED | {"settled"} for line in self.lines)
        went = self._go({"committee"}, "decided", said)
        self.decided = self.decided or went
        return went

    def undecide(self):
        told = any(line.notified for line in self.lines) or self.readable
        if not self._go({"decided"}, "committee", not told):
            return False
        self.sheet, self.decided = "draft" if self.sheet else "", False
        for line in self.lines:
            if line.state in DECIDED and not (line.state == "granted" and line.agreed):
                line.release()
        return True

    def answer(self):
        told = {"undisclosed", "notified", "accepted", "adapted", "renounced", "settled"}
        said = self.state == "inadmissible" or all(
            line.mainstream or line.state in told for line in self.lines
        )
        explained = not any(self.owed().values()) or (self.sheet == "delivered" and self.whole())
        return self._go({"decided", "inadmissible"}, "answered", said and explained)

    def open_reporting(self):
        if not self._go({"answered"}, "reporting", self._kept() and not self._untold()):
            return False
        self.report = "draft"
        return True

    def close(self):
        accounted = not self._kept() or self.report == "accepted"
        owing = {"notified", "accepted", "adapted"}
        accounted = accounted and not any(line.award and line.state in owing for line in self.lines)
        return self._go({"answered", "reporting"}, "closed", accounted and not self._untold())

    def reopen(self):
        if not self._go({"inadmissible", "decided", "answered"}, "instruction"):
            return False
        self.sheet, self.readable, self.decided = "draft" if self.sheet else "", False, False
        return self._release()

    def withdraw(self):
        return self._go({"draft", "support"} | BEFORE, "withdrawn") and self._leave()

    def restore(self):
        return self._go({"withdrawn"}, "draft", not self.late)

    def drop(self):
        return self._go(BEFORE, "dropped") and self._leave()

    # Lines -------------------------------------------------------------------------------------------------------

    def invite(self, line):
        holds = self.state in {"instruction", "review"} and not line.mainstream
        return self._move(line, {"requested", "silent"}, "invited", holds)

    def opine(self, line):
        corrects = line.state == "answered"
        if not self._move(line, {"invited", "answered"}, "answered", self.state == "review"):
            return False
        return corrects or self._maybe_close()

    def excuse(self, line):
        others = any(one is not line and one.state in {"invited", "answered"} for one in self.lines)
        holds = others and self.state == "review"
        return self._move(line, {"invited"}, "requested", holds) and self._maybe_close()

    def record_opinion(self, line):
        corrects = line.state == "answered"
        if not self._move(line, {"invited", "silent", "answered"}, "answered"):
            return False
        return corrects or self.state != "review" or self._maybe_close()

    def grant(self, line, amount):
        awaited = self._sits(line) or self._late(line)
        return awaited and self._affords(line, amount) and (line.settle_on("granted", amount) or True)

    def carry_over(self, line, amount):
        holds = line.state == "requested" and self.state in {"draft", "support"} | BEFORE
        if not holds or not self._affords(line, amount):
            return False
        line.settle_on("granted", amount)
        line.agreed = True
        return True

    def refuse(self, line):
        return (self._sits(line) or self._late(line)) and (line.settle_on("refused") or True)

    def withhold(self, line):
        return self._sits(line) and (line.settle_on("undisclosed") or True)

    def release_line(self, line):
        holds = self.state == "committee" and line.may_be_released()
        return holds and (line.release() or True)

    def call(self, line):
        holds = self.calls and self.state in {"decided", "answered"} and line.state == "refused"
        line.called = line.called or holds
        return holds

    def notify(self, line, dated):
        """`dated`: whether the letter's day lies between the committee's and today."""
        said = line.called or not self.calls or line.state != "refused"
        holds = (
            said and dated and self.state in {"decided", "answered"} and line.state in {"granted", "refused"}
        )
        line.notified = line.notified or holds
        return self._move(line, {"granted", "refused"}, "notified", holds)

    def accept(self, line):
        return self._move(line, {"notified"}, "accepted", line.award > 0)

    def adapt(self, line):
        return self._move(line, {"notified"}, "adapted", 0 < line.award < line.asked)

    def renounce(self, line):
        if not self._move(line, {"notified"}, "renounced", line.award > 0):
            return False
        line.award = line.booked = 0
        return True

    def settle(self, line):
        return self._move(line, {"notified", "accepted", "adapted"}, "settled", line.award > 0)

    def route_mainstream(self, line):
        return self._move(line, {"requested"}, "to_ask", line.mainstream)

    def confirm(self, line):
        return self._move(line, {"to_ask", "declined"}, "confirmed")

    def decline(self, line):
        return self._move(line, {"to_ask", "confirmed"}, "declined")

    # Company -----------------------------------------------------------------------------------------------------

    def hold(self):
        return self._company({"asked", "missed"}, "held")

    def miss(self):
        return self._company({"asked"}, "missed")

    def waive(self):
        return self._company({"asked", "missed"}, "waived")

    # Sheet and report --------------------------------------------------------------------------------------------

    def owed(self):
        """{part: "full", "line" or ""}: how much is owed, by the team or by each financier that speaks."""
        if self.state == "inadmissible" or (self.state in {"answered", "closed"} and not self.decided):
            return {"team": "full" if self.sheets else ""}
        speak = {rank: line for rank, line in enumerate(self.lines) if line.outcome != "undisclosed"}
        return {rank: self._owed_for(line) for rank, line in speak.items()}

    def _owed_for(self, line):
        kept = line.outcome == "granted" and line.state != "renounced"
        percent = round(100 * (line.asked - line.award) / line.asked) if kept else 0
        above = self.threshold is not None and percent > self.threshold
        full = above or (line.outcome == "refused" and self.sheets)
        return "full" if full else "line" if percent and self.one_line else ""

    def whole(self):
        """Nothing said of a part that does not speak; a motive where one is owed, a motive or a line where less is."""
        owed = self.owed()
        enough = {"full": {"full"}, "line": {"full", "line"}, "": {"full", "line", None}}
        said = all(self.words.get(part) in enough[much] for part, much in owed.items())
        return said and set(self.words) <= set(owed)

    def accept_report(self):
        holds = self.report == "filed"
        self.report = "accepted" if holds else self.report
        return holds

    def file_report(self):
        holds = self.report in {"draft", "to_correct"}
        self.report = "filed" if holds else self.report
        return holds

    def ask_correction(self):
        holds = self.report == "filed"
        self.report = "to_correct" if holds else self.report
        return holds

    # What is derived ---------------------------------------------------------------------------------------------

    def _go(self, sources, target, holds=True):
        if self.state not in sources or not holds:
            return False
        self.state = target
        return True

    def _move(self, line, sources, target, holds=True):
        if line.state not in sources or not holds:
            return False
        line.state = target
        return True

    def _release(self):
        for line in self.lines:
            line.release()
        return True

    def _leave(self):
        self.supports = ["missed" if state == "asked" else state for state in self.supports]
        return self._release()

    def _company(self, sources, target):
        """The last accompaniment moves."""
        holds = self.supports[-1] in sources
        self.supports[-1] = target if holds else self.supports[-1]
        if holds and self.state == "support" and "asked" not in self.supports:
            self.state = "draft"
        return holds

    def _meet(self, target):
        """The last accompaniment that is still awaited, if any, is settled with the meeting."""
        awaited = [rank for rank, state in enumerate(self.supports) if state == "asked"]
        if awaited:
            self.supports[awaited[-1]] = target
        return True

    def _affords(self, line, amount):
        return not line.mainstream and 0 < amount <= min(line.asked, self.ceiling)

    def _any(self, state):
        return any(line.state == state for line in self.lines)

    def _kept(self):
        return any(line.award and line.state != "renounced" for line in self.lines)

    def _sits(self, line):
        decidable = {"requested", "answered", "silent"} | DECIDED
        return self.state == "committee" and line.state in decidable

    def _late(self, line):
        return self.state in {"decided", "answered"} and line.state == "undisclosed"

    def _untold(self):
        return any(line.state in {"granted", "refused"} and not line.mainstream for line in self.lines)

    def _maybe_close(self):
        answered = sum(line.state == "answered" for line in self.lines)
        awaited = self._any("invited")
        quorum = None if self.reopened else self.quorum
        if not awaited or (quorum is not None and answered >= quorum):
            return self.close_review()
        return True
