"""What the request asks, one topic a screen: the essentials, each theme of the call, the budget, the documents."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.text import slugify

from cases.models import Question, QuestionKind


class Part(models.TextChoices):
    """The topics that every call has, whatever its questions."""

    ESSENTIALS = "essentiel", "L’essentiel"
    BUDGET = "budget", "Le budget"
    PAPERS = "pieces", "Les pièces"


_WRITTEN = (Part.ESSENTIALS, Part.BUDGET)
ESSENTIAL_FIELDS = (
    "title",
    "orientation",
    "neighbourhoods",
    "public",
    "public_count",
    "starts_on",
    "ends_on",
)
BUDGET_PLACES = ("total_cost", "lines", "budget")


@dataclass(frozen=True)
class Topic:
    slug: str
    label: str
    questions: tuple[Question, ...] = ()

    def holds(self, place: str) -> bool:
        """Whether a refusal's place is on this screen."""
        own = {Part.ESSENTIALS: ESSENTIAL_FIELDS, Part.BUDGET: BUDGET_PLACES}.get(self.slug, ())
        return bool(place) and (place in own or any(one.code == place for one in self.questions))


def topics_of(questions: Iterable[Question]) -> list[Topic]:
    """In the order in which one writes: a theme called like one of our own parts joins it, documents stand together."""
    themes, papers = {}, []
    for one in questions:
        if one.kind == QuestionKind.DOCUMENT:
            papers.append(one)
        else:
            themes.setdefault(_slug(one.topic), (one.topic, []))[1].append(one)
    first, money = (_part(part, themes.pop(_slug(part.label), ("", ()))[1]) for part in _WRITTEN)
    between = [Topic(_free(slug), label, tuple(asked)) for slug, (label, asked) in themes.items()]
    return [first, *between, money, *([_part(Part.PAPERS, papers)] if papers else [])]


def _part(part: Part, questions: Iterable[Question]) -> Topic:
    return Topic(part.value, part.label, tuple(questions))


def _slug(label: str) -> str:
    return slugify(label.replace("’", " ").replace("'", " ")) or "theme"


def _free(slug: str) -> str:
    """Our own parts keep their addresses."""
    return f"theme-{slug}" if slug in Part.values else slug
