"""What a change would do, before anybody saves it: dates that move, messages that leave or no longer leave."""

from typing import Any

from workflow import forecast
from workflow.calendar import paris_day
from workflow.campaign import part_of, with_part
from workflow.forms.rows import RowForm
from workflow.loading import CycleDocument
from workflow.loading.section import Section
from workflow.views.campaign import CampaignView, part_url, place_url


def by_typing(view: CampaignView, section: Section, form: RowForm) -> dict[str, Any]:
    """What a form would change; empty where nothing needs to be said."""
    if section.of_version:
        before = view.campaign.document
        code, row = form.result(before)
        same = part_of(before, section, code) == row
        return {} if same else _of_a_rule(view, section, before, with_part(before, section, code, row), row)
    if section.single or form.row is None:
        return {}
    return _of_a_date(view, section, form)


def by_removing(view: CampaignView, section: Section, row: str) -> dict[str, Any]:
    """What would go with a row; empty where nothing needs to be said."""
    before = view.campaign.document
    there = part_of(before, section, row)
    if there is None or not section.foreseen:
        return {}
    return _of_a_rule(view, section, before, with_part(before, section, row, None), there) | {"removed": True}


def _of_a_rule(view, section: Section, before: CycleDocument, after: CycleDocument, row) -> dict[str, Any]:
    effects = forecast.effects(view.cycle, before, after, paris_day(view.at))
    if not effects and not section.foreseen:
        return {}
    return {
        "template": "workflow/changing.html",
        "name": section.name_of(row),
        "said": section.says(after, row),
        "effects": effects,
        "worries": forecast.worries(before, after),
        "removed": False,
        "seen": "",
        "moves": (),
        "companions": (),
        "back": part_url(view.cycle, section),
    }


def _of_a_date(view, section: Section, form: RowForm) -> dict[str, Any]:
    before = view.campaign.in_force
    code, row = form.result(before)
    after = with_part(before, section, code, row)
    beside = forecast.companions(before, section, code, row)
    moves = forecast.moving(before, after)
    if not moves and not beside:
        return {}
    return {
        "template": "workflow/moving.html",
        "row": form.row,
        "name": section.name_of(row),
        "moves": moves,
        "effects": forecast.effects(view.cycle, before, after, paris_day(view.at)),
        "companions": beside,
        "worries": forecast.worries(before, after),
        "waiting": forecast.waiting(view.cycle, before, code),
        "back": place_url(view.cycle, f"{section.name}/{code}"),
    }
