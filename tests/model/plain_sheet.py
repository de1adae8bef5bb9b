"""The feedback sheet of the plain model: written, read over, delivered, corrected, or its correction abandoned."""

ANSWERABLE = {"decided", "inadmissible", "answered", "reporting", "closed"}


class SheetOfWorld:
    """The moves of one sheet; the world that has it says what it owes (`whole`)."""

    def hand_over(self):
        return self.whole() and self._turn("draft", "reading")

    def _turn(self, source, target):
        holds, self.sheet = self.sheet == source, target if self.sheet == source else self.sheet
        return holds

    def proofread(self):
        return self.whole() and (self._turn("draft", "checked") or self._turn("reading", "checked"))

    def correct(self):
        return self._turn("reading", "draft") or self._turn("checked", "draft")

    def deliver(self):
        holds = self.state in ANSWERABLE and self.whole() and self._turn("checked", "delivered")
        self.delivered, self.readable = self.delivered + holds, self.readable or holds
        self.told_words = dict(self.words) if holds else self.told_words
        return holds

    def revise(self):
        return self._turn("delivered", "draft")

    def abandon(self):
        holds = self.readable and self.sheet in {"draft", "reading", "checked"}
        if holds:
            self.sheet, self.words = "delivered", dict(self.told_words)
        return holds
