"""A dossier and its lines as plain Python, written from the field's own pages: no chart, no door, no database.

It answers one thing: whether a move is allowed, and what the world is afterwards. Amounts are whole euros.
"""

from dataclasses import dataclass, field

BEFORE = {"submitted", "incomplete", "instruction", "review", "committee", "deferred"}
DECIDED = {"granted", "refused", "undisclosed"}


@dataclass
class Line:
    asked: int
    state: str = "requested"
    booked: int = 0
    award: int = 0
    outcome: str = ""
    notified: bool = False

    def settle_on(self, state, amount=0):
        self.state, self.outcome, self.award, self.booked = state, state, amount, amount

    def release(self):
        if self.state not in {"requested", "settled"}:
            self.state, self.outcome, self.award, self.booked, self.notified = "requested", "", 0, 0, False


@dataclass
class World:
    """One dossier; `ceiling` euros per line's own envelope; `quorum` opinions close a round; `late`: filing is over."""

    asked: list
    ceiling: int
    quorum: int | None
    sheets: bool
    late: bool = False
    state: str = "draft"
    checked: bool = False
    read: bool = False
    sheet: str = ""
    report: str = ""
    reopened: bool = False
    lines: list = field(default_factory=list)

    def __post_init__(self):
        self.lines = [Line(asked) for asked in self.asked]

    # Dossier -----------------------------------------------------------------------------------------------------

    def submit(self):
        return self._go({"draft"}, "submitted", not self.late)

    def take_back(self):
        return self._go({"submitted"}, "draft", not self.late and not self.read)

    def ask_completion(self):
        return self._go({"submitted", "instruction"}, "incomplete")

    def complete(self):
        return self._go({"incomplete"}, "submitted")

    def declare_inadmissible(self):
        return self._go({"submitted", "incomplete", "instruction"}, "inadmissible") and self._release()

    def admit(self):
        return self._go({"submitted"}, "instruction", self.read)

    def open_review(self):
        if not self._go({"instruction"}, "review", self.read and self._any("invited")):
            return False
        self.reopened = False
        return True

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
        return self._go(
            {"committee"}, "decided", all(line.state in DECIDED | {"settled"} for line in self.lines)
        )

    def answer(self):
        told = {"undisclosed", "notified", "accepted", "renounced", "settled"}
        said = self.state == "inadmissible" or all(line.state in told for line in self.lines)
        refused = self.state == "inadmissible" or any(line.outcome == "refused" for line in self.lines)
        return self._go(
            {"decided", "inadmissible"},
            "answered",
            said and (not (self.sheets and refused) or self.sheet == "delivered"),
        )

    def open_reporting(self):
        if not self._go({"answered"}, "reporting", self._kept() and not self._untold()):
            return False
        self.report = "draft"
        return True

    def close(self):
        accounted = not self._kept() or self.report == "accepted"
        return self._go({"answered", "reporting"}, "closed", accounted and not self._untold())

    def reopen(self):
        if not self._go({"inadmissible", "decided", "answered"}, "instruction"):
            return False
        self.sheet = "draft" if self.sheet else ""
        return self._release()

    def withdraw(self):
        return self._go({"draft"} | BEFORE, "withdrawn") and self._release()

    def restore(self):
        return self._go({"withdrawn"}, "draft", not self.late)

    def drop(self):
        return self._go(BEFORE, "dropped") and self._release()

    # Lines -------------------------------------------------------------------------------------------------------

    def invite(self, line):
        return self._move(line, {"requested", "silent"}, "invited", self.state in {"instruction", "review"})

    def opine(self, line):
        if not self._move(line, {"invited", "answered"}, "answered", self.state == "review"):
            return False
        return self._maybe_close()

    def record_opinion(self, line):
        if not self._move(line, {"invited", "silent", "answered"}, "answered"):
            return False
        return self._maybe_close() if self.state == "review" else True

    def grant(self, line, amount):
        awaited = self._sits(line) or self._late(line)
        holds = awaited and 0 < amount <= line.asked and amount <= self.ceiling
        return holds and (line.settle_on("granted", amount) or True)

    def refuse(self, line):
        return (self._sits(line) or self._late(line)) and (line.settle_on("refused") or True)

    def withhold(self, line):
        return self._sits(line) and (line.settle_on("undisclosed") or True)

    def release_line(self, line):
        holds = self.state == "committee" and line.state not in {"requested", "settled"}
        return holds and (line.release() or True)

    def notify(self, line):
        holds = self.state in {"decided", "answered"} and line.state in {"granted", "refused"}
        line.notified = line.notified or holds
        return self._move(line, {"granted", "refused"}, "notified", holds)

    def accept(self, line):
        return self._move(line, {"notified"}, "accepted", line.award > 0)

    def renounce(self, line):
        if not self._move(line, {"notified"}, "renounced", line.award > 0):
            return False
        line.award = line.booked = 0
        return True

    def settle(self, line):
        return self._move(line, {"notified", "accepted"}, "settled", line.award > 0)

    # Sheet and report --------------------------------------------------------------------------------------------

    def proofread(self):
        holds = self.sheet == "draft"
        self.sheet = "checked" if holds else self.sheet
        return holds

    def correct(self):
        holds = self.sheet == "checked"
        self.sheet = "draft" if holds else self.sheet
        return holds

    def deliver(self):
        holds = self.sheet == "checked" and self.state in {"decided", "inadmissible"}
        self.sheet = "delivered" if holds else self.sheet
        return holds

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
        return self._any("granted") or self._any("refused")

    def _maybe_close(self):
        answered = sum(line.state == "answered" for line in self.lines)
        awaited = self._any("invited")
        quorum = None if self.reopened else self.quorum
        if not awaited or (quorum is not None and answered >= quorum):
            return self.close_review()
        return True
