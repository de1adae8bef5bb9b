"""The demo year: whoever opens it, in any season, finds work to do and dates ahead."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from django.db.models import Sum

from cases.models import AgreedAction, Dossier, Envelope, FundingLine, Remark
from cases.states import DossierState
from config import demo
from notifications.models import Message
from tests import year as play
from workflow import journal
from workflow.models import Cycle, Entry, Milestone, User
from workflow.roles import Role

pytestmark = pytest.mark.django_db
AUTUMN = play.day("2026-11-22")


@pytest.fixture(scope="module", autouse=True)
def built(django_db_setup, django_db_blocker):
    """Build once for the tests of this file, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.build(AUTUMN)
        yield
        transaction.set_rollback(True)


def someone(email: str) -> User:
    return User.objects.get(email=f"{email}@exemple.test")


def states_of(email: str) -> list[str]:
    """The states of the dossiers that a person sees, sorted."""
    return sorted(set(Dossier.objects.visible_to(someone(email)).values_list("state", flat=True)))


def test_thirty_dossiers_stand_in_thirteen_states():
    assert Counter(Dossier.objects.values_list("state", flat=True)) == {
        "draft": 3, "support": 2, "submitted": 3, "incomplete": 2, "inadmissible": 1, "instruction": 3, "review": 8,
        "committee": 3, "deferred": 1, "decided": 1, "answered": 1, "withdrawn": 1, "dropped": 1,
    }  # fmt: skip


def test_each_of_the_four_roles_has_something_to_do():
    assert states_of("porteur") == [DossierState.DRAFT, DossierState.INCOMPLETE]
    assert states_of("porteuse") == [DossierState.ANSWERED, DossierState.DRAFT]
    assert {"submitted", "instruction", "support"} <= set(states_of("instruction"))
    assert {"committee", "decided", "inadmissible"} <= set(states_of("coordination"))
    owed = {
        name: FundingLine.objects.awaiting(someone(name)).count()
        for name in ("etat", "agglo", "ville", "caf", "departement")
    }
    assert owed == {"etat": 4, "agglo": 4, "ville": 7, "caf": 1, "departement": 5}


def test_a_meeting_and_a_re_reading_have_left_something_to_do():
    house = someone("porteuse")
    agreed = AgreedAction.objects.visible_to(house).order_by("due_on")
    assert [one.state for one in agreed] == ["done", "open", "open", "open"]
    assert [one.is_late(AUTUMN.date()) for one in agreed] == [False, True, False, False]
    remarks = Remark.objects.visible_to(house).order_by("pk")
    assert [(one.state, bool(one.wording)) for one in remarks] == [
        ("open", True),
        ("handled", False),
        ("open", False),
    ]


def test_only_those_who_may_sign_in_have_the_password():
    told = {email for _, email in demo.accounts()}
    assert {one.email for one in User.objects.order_by("pk") if one.check_password(demo.password())} == told
    assert {label for label, _ in demo.accounts()} >= {
        role.label for role in (Role.HOLDER, Role.INSTRUCTOR, Role.COORDINATOR, Role.FINANCIER)
    }


def test_everything_happened_before_now_and_through_the_door():
    assert Entry.objects.filter(at__gte=AUTUMN).count() == 0
    models = {Dossier, FundingLine, Envelope, Cycle, Milestone}
    heads = {
        (model._meta.label_lower, one.pk): (one.journal_seq, one.journal_head)
        for model in models
        for one in model.objects.exclude(journal_seq=0).order_by("pk")
    }
    ours = {label for label, _ in heads}
    assert [fault for fault in journal.faults(heads) if fault.split()[0] in ours] == []


def test_the_envelopes_hold_what_was_decided():
    booked = FundingLine.objects.aggregate(all=Sum("booked"))["all"]
    assert booked == Envelope.objects.aggregate(all=Sum("decided"))["all"] == 16_500


def test_everybody_was_told():
    told = Counter(Message.objects.values_list("audience", flat=True))
    assert set(told) == {"holder", "team", "coordination", "third_party", "financier", "invited"}
    assert Message.objects.filter(planned_on__gt=date(2026, 11, 22)).count() == 0


def test_the_real_calendar_is_kept_in_its_own_season():
    cycle = Cycle.objects.get()
    assert (cycle.year, cycle.milestones.get(code="cloture").ends_on) == (2027, date(2026, 11, 24))
