"""French amounts and dates, icons, and the pieces of a page that need more than an include."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from workflow.money import BLANK, NARROW, euros
from workflow.wording import day_in_words

register = template.Library()

register.filter("euros", euros)

SHORT_MONTHS = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


# ── Dates ───────────────────────────────────────────────────────────────────


def _day(when: date | datetime) -> date:
    """The day in Paris, because a moment near midnight belongs to the day people live."""
    return timezone.localtime(when).date() if isinstance(when, datetime) else when


@register.filter
def date_fr(when: date | datetime | None) -> str:
    """« mardi 24 novembre 2026 »."""
    if not when:
        return BLANK
    return day_in_words(_day(when))


@register.filter
def date_short(when: date | datetime | None) -> str:
    """« 24 nov. 2026 », for tables."""
    if not when:
        return BLANK
    day = _day(when)
    number = "1er" if day.day == 1 else day.day
    return f"{number} {SHORT_MONTHS[day.month - 1]} {day.year}"


@register.filter
def moment_fr(when: datetime | None) -> str:
    """« mardi 24 novembre 2026 à 14 h 32 », Paris time."""
    if not when:
        return BLANK
    local = timezone.localtime(when)
    return f"{date_fr(when)} à {local.hour}\u00a0h\u00a0{local.minute:02}"


@register.filter
def iso(when: date | datetime) -> str:
    """The machine's form of a date, for the attribute of `<time>`."""
    return (timezone.localtime(when) if isinstance(when, datetime) else when).isoformat()


# ── Sentences ───────────────────────────────────────────────────────────────

_BEFORE_HIGH_SIGNS = re.compile(r"(?<=\S) (?=[:;?!»])")


@register.filter(is_safe=True)
@stringfilter
def french(sentence: str) -> str:
    """No-break spaces where French sets them: « : » never begins a line, and a quotation never ends one open."""
    return _BEFORE_HIGH_SIGNS.sub("\u00a0", sentence).replace("« ", "«\u00a0")


@register.filter
def telephone(number: str) -> SafeString | str:
    """A number that one taps to call, never cut at the end of a line, read two figures at a time; words stay words."""
    dialled = re.sub(r"[^\d+]", "", number)
    read = re.sub(r"(?<=\d)(?=(\d\d)+$)", " ", number) if re.fullmatch(r"0\d{9}", number) else number
    return format_html('<a class="tel" href="tel:{}">{}</a>', dialled, read) if dialled else number


# ── Pieces ──────────────────────────────────────────────────────────────────


@register.simple_tag
def icon(name: str) -> SafeString:
    """One drawing of the sprite, hidden from readers: a word always stands beside it."""
    sprite = static("icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.simple_tag
def badge(state: str, label: str) -> SafeString:
    """A state in a word and a shape, as components/badge.html draws it; quicker in the rows of a table."""
    return format_html('<span class="badge" data-state="{}">{}</span>', state, label)


@register.inclusion_tag("components/gauge.html")
def gauge(
    total: Decimal | int,
    used: Decimal | int = 0,
    this: Decimal | int = 0,
    used_label: str = "engagé",
    this_label: str = "ce dossier",
) -> dict[str, Any]:
    """An envelope in euros: what is taken, what this dossier would take, what remains or overruns."""
    total, used, this = (Decimal(str(amount)) for amount in (total, used, this))
    left = total - used - this
    scale = max(total, used + this) or Decimal(1)
    return {
        "used": used,
        "this": this,
        "before": max(total - used, Decimal(0)),
        "left": max(left, Decimal(0)),
        "overrun": max(-left, Decimal(0)),
        "used_width": f"{used / scale * 100:.2f}",
        "this_width": f"{this / scale * 100:.2f}",
        "ceiling": f"{total / scale * 100:.2f}",
        "used_label": used_label,
        "this_label": this_label,
    }


@register.inclusion_tag("components/pagination.html")
def pagination(page: Page, query: QueryDict, parameter: str = "page") -> dict[str, Any]:
    """The pages of a list; the rest of the address is kept, so that a filter survives turning the page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)

    def address(number: int) -> str:
        turned = query.copy()
        turned[parameter] = str(number)
        return f"?{turned.urlencode()}"

    return {
        "page": page,
        "previous_url": address(page.number - 1) if page.has_previous() else "",
        "next_url": address(page.number + 1) if page.has_next() else "",
        "pages": [(number, address(number) if isinstance(number, int) else "") for number in numbers],
    }


@register.filter
def error_links(form: Any) -> list[tuple[str, str]]:
    """The errors of a form, each with the id of the control it speaks of (blank for the whole form)."""
    found = [("", str(sentence)) for sentence in form.non_field_errors()]
    for field in form:
        grouped = field.field.widget.use_fieldset and hasattr(field.field.widget, "choices")
        target = f"{field.auto_id}_0" if grouped else field.auto_id
        found += [(target, f"{field.label}\u00a0: {sentence}") for sentence in field.errors]
    return found


@register.filter
def heading(field) -> str:
    """What stands above the first field of a group, where a long form says one."""
    return getattr(field.field, "heading", "")


@register.filter
def counted(many: Iterable[Any] | int, words: str) -> str:
    """« 3 dossiers » from `3|counted:"dossier,dossiers"`; French keeps the singular below two."""
    number = many if isinstance(many, int) else len(list(many))
    one, several = words.split(",")
    return f"{number:,}".replace(",", NARROW) + f"\u00a0{several if number >= 2 else one}"
