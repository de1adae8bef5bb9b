"""A round without any dossier, because workflow's tests may know none: the five methods over two small tables."""

from django.contrib.auth import get_user_model
from django.db import models


class Round(models.Model):
    """The aggregate itself: what a dossier is to a real round."""

    quorum = models.PositiveSmallIntegerField(default=0)
    closings = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    locks = models.PositiveSmallIntegerField(default=0)
    seat = models.PositiveBigIntegerField(null=True)
    broken = models.BooleanField(default=False)

    def __str__(self):
        return f"round {self.pk}"

    @classmethod
    def inviting(cls, count, **fields):
        round_ = cls.objects.create(**fields)
        Line.objects.bulk_create([Line(round=round_, number=number) for number in range(1, count + 1)])
        return round_

    def branches(self):
        return [{"line": number} for number in self.lines.values_list("number", flat=True)]

    def assignee(self, data):
        return get_user_model().objects.get(pk=self.seat) if self.seat else None

    def hear(self, number):
        """What the door writes on the line, under the lock, before it tells the flow."""
        self.lock_aggregate()
        self.lines.filter(number=number).update(word="said")

    def invite(self, number):
        """One more line in flight; the flow is told apart."""
        self.lines.create(number=number)

    def is_complete(self):
        words = list(self.lines.values_list("word", flat=True))
        return words.count("said") >= (self.quorum or len(words))

    def on_closed(self, at):
        self.lines.filter(word="awaited").update(word="silent")
        Round.objects.filter(pk=self.pk).update(closings=models.F("closings") + 1, closed_at=at)
        if self.broken:
            raise RuntimeError("the committee's door is stuck")

    def lock_aggregate(self):
        """An UPDATE, because it takes the same lock as FOR NO KEY UPDATE and leaves a trace to count."""
        Round.objects.filter(pk=self.pk).update(locks=models.F("locks") + 1)


class Line(models.Model):
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=10, default="awaited")

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"line {self.number}: {self.word}"
