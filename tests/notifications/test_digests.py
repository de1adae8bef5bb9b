"""What one person is told on one day, where the rules say so, in one mail: all its words, one button."""

import re

import pytest
from django.conf import settings
from django.core import mail

from notifications import delivery, reminders
from notifications.models import Message
from notifications.rendering import grouped, rendered_together
from tests import year as play
from tests.notifications.letters import a_told_year

pytestmark = pytest.mark.django_db

AT = play.day("2026-11-06")


def rows(recipient) -> list[Message]:
    found = Message.objects.filter(recipient=recipient, event__startswith="reminder.")
    return list(found.select_related("recipient", "cycle").order_by("pk"))


def two_reminders(**kept):
    """A holder with two drafts, reminded of each on the same morning."""
    year = a_told_year()
    for title in ("Atelier vélo", "Jardin partagé"):
        play.a_draft(year, title=title)
    reminders.plan(AT)
    Message.objects.filter(event__startswith="reminder.").update(digest=True, **kept)
    return year


def test_two_reminders_of_one_day_are_one_mail_with_the_words_of_both_and_one_button():
    year = two_reminders()
    [letter] = grouped(rows(year.holder))
    found = rendered_together(letter)
    text = " ".join(found.text.split())
    assert found.subject == "À faire\u00a0: 2 choses vous attendent"
    assert "Vous avez commencé une demande, «\u00a0Atelier vélo\u00a0»." in found.text.replace("\n", " ")
    assert text.count("Terminez votre demande, puis déposez-la au plus tard le") == 2
    assert text.count("Bonjour ") == text.count("Qui peut vous aider") == 1
    assert re.findall(r'href="([^"]+)"', found.html) == [f"{settings.SITE_URL}/", "⟦courriels⟧"]
    assert found.html.count("<h2>Pensez à déposer votre demande") == 2


def test_one_thing_alone_keeps_its_own_mail():
    year = two_reminders()
    found = rendered_together(rows(year.holder)[:1])
    assert found.subject.startswith("Pensez à déposer votre demande")


def test_what_is_not_for_the_digest_leaves_alone():
    year = two_reminders()
    Message.objects.filter(pk=rows(year.holder)[0].pk).update(digest=False)
    assert [len(letter) for letter in grouped(rows(year.holder))] == [1, 1]


def test_a_digest_leaves_once_and_all_its_rows_are_sent():
    two_reminders()
    done = delivery.sweep(lambda: AT)
    told = [one for one in mail.outbox if "choses vous attendent" in one.subject]
    assert len(told) == 1
    assert done.trouble == ""
    assert set(Message.objects.filter(digest=True).values_list("status", flat=True)) == {"sent"}
    assert Message.objects.filter(digest=True, carried_by=None).count() == 1


def test_words_kept_by_a_first_try_stay_as_they_were_and_what_came_since_leaves_by_itself():
    year = two_reminders()
    first, second = rows(year.holder)
    Message.objects.filter(pk=first.pk).update(subject="Premier essai", text="Tel quel.", html="")
    delivery.sweep(lambda: AT)
    said = sorted(one.subject for one in mail.outbox if one.to == [year.holder.email])
    assert said[0].startswith("Pensez à déposer votre demande")
    assert said[1] == "Premier essai"
    assert Message.objects.filter(pk__in=[first.pk, second.pk], carried_by=None).count() == 2


def test_people_who_type_markup_make_no_button_of_the_digest():
    year = a_told_year()
    for title in ("→ Gagnez <https://piege.example/x>", "# Urgent"):
        play.a_draft(year, title=title)
    reminders.plan(AT)
    Message.objects.filter(event__startswith="reminder.").update(digest=True)
    [letter] = grouped(rows(year.holder))
    found = rendered_together(letter)
    assert re.findall(r'href="([^"]+)"', found.html) == [f"{settings.SITE_URL}/", "⟦courriels⟧"]
    assert "piege.example" not in found.text
