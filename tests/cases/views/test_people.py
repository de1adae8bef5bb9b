"""People and roles: who is shown to whom, how somebody is invited, leaves, and what the journal keeps of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import people
from notifications.models import Message
from tests import year as play
from workflow.models import Entry, Grant, Organisation, User
from workflow.roles import Role, roles_of

pytestmark = pytest.mark.django_db

AWA = {"first_name": "Awa", "last_name": "Diallo", "email": "Awa@exemple.test"}


@pytest.fixture
def year(on_day):
    on_day(play.READING)
    return play.a_year()


def page(client, user, year):
    client.force_login(user)
    return client.get(reverse("people", args=[year.cycle.code]))


def sent(client, user, year, action, **typed):
    client.force_login(user)
    return client.post(reverse("people", args=[year.cycle.code]), {"action": action} | typed)


def invited(client, year, role, organisation=None, **typed):
    house = organisation.pk if organisation else ""
    return sent(
        client, year.coordinator, year, "invite", **AWA | {"role": role, "organisation": house} | typed
    )


def addresses(response) -> list[str]:
    return [person.user.email.split("@")[0] for _, people in response.context["groups"] for person in people]


def box(grant) -> str:
    return f"{grant.pk}:{grant.version}"


def test_a_coordinator_reads_the_people_of_the_cycle_and_nobody_elses(client, year):
    play.a_year("autre_2027")
    play.a_draft(year)
    assert addresses(page(client, year.coordinator, year)) == [
        "coordination-essai_2027", "instruction-essai_2027", "agglo-essai_2027", "etat-essai_2027",
        "porteur-essai_2027",
    ]  # fmt: skip
    readers = (year.instructor, year.holder, year.financiers["etat"])
    assert [page(client, user, year).status_code for user in readers] == [404, 404, 404]


def test_a_holder_whose_organisation_asks_elsewhere_is_not_shown(client, year):
    assert "porteur-essai_2027" not in addresses(page(client, year.coordinator, year))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_person_and_for_three(client, year, count, django_assert_num_queries):
    Grant.objects.exclude(role=Role.COORDINATOR).delete()
    for rank in range(count - 1):
        play.person(f"jury-{rank}", Role.COMMITTEE, year.cycle)
    client.force_login(year.coordinator)
    with django_assert_num_queries(9):
        response = client.get(reverse("people", args=[year.cycle.code]))
    assert len(addresses(response)) == count


def test_somebody_new_is_invited_by_mail_and_the_journal_says_by_whom(client, year):
    assert invited(client, year, "instructor").status_code == 302
    awa = User.objects.get(email="awa@exemple.test")
    assert (str(awa), awa.has_usable_password(), roles_of(awa)) == ("Awa Diallo", False, {Role.INSTRUCTOR})
    [message] = Message.objects.filter(recipient=awa)
    assert message.template == "invitation"
    entry = Entry.objects.get(subject_label="workflow.grant", subject_id=awa.grants.get().pk)
    assert (entry.move, entry.actor) == ("open", year.coordinator)
    changes = [sentence for _, sentence in page(client, year.coordinator, year).context["changes"]]
    assert changes == [f"{year.coordinator} a donné le rôle « Instructeur » : Awa Diallo."]


def test_who_has_a_password_needs_no_invitation(client, year):
    known = play.person("awa")
    invited(client, year, "committee")
    assert roles_of(known) == {Role.COMMITTEE}
    assert list(Message.objects.filter(recipient=known)) == []


def test_a_seat_has_several_people(client, year):
    etat = year.envelopes["etat"].financier.organisation
    assert invited(client, year, "financier", etat).status_code == 302
    assert Grant.objects.filter(role=Role.FINANCIER, organisation=etat, cycle=year.cycle).count() == 2


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"role": ""}, "Choisissez un rôle."),
        ({"role": "system"}, "Sélectionnez un choix valide"),
        ({"email": "awa"}, "Écrivez une adresse complète"),
        ({"role": "financier"}, "Choisissez un financeur de cette campagne."),
        ({"role": "holder"}, "Choisissez une association, ou écrivez le nom d’une nouvelle."),
    ],
)
def test_an_invitation_that_makes_no_sense_is_explained(client, year, typed, sentence):
    response = sent(client, year.coordinator, year, "invite", **AWA | {"role": "instructor"} | typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert User.objects.filter(last_name="Diallo").count() == 0


def test_the_same_role_is_not_given_twice(client, year):
    invited(client, year, "instructor")
    response = invited(client, year, "instructor")
    assert (response.status_code, response.context["form"].errors["email"]) == (
        422,
        ["Cette personne tient déjà ce rôle."],
    )


def test_the_first_person_of_a_new_association_stands_for_it_over_the_years(client, year):
    invited(client, year, "holder", new_organisation="Les Voisins du Hamois")
    grant = Grant.objects.get(organisation__name="Les Voisins du Hamois")
    assert (grant.cycle, grant.invited_in) == (None, year.cycle)


def test_where_an_association_has_its_own_people_the_team_invites_for_this_year_only(client, year):
    play.a_draft(year)
    invited(client, year, "holder", year.holder_organisation)
    grant = Grant.objects.get(user__email="awa@exemple.test")
    assert (grant.cycle, grant.invited_in) == (year.cycle, year.cycle)


def test_a_role_is_withdrawn_and_given_again(client, year):
    grant = year.instructor.grants.get()
    assert sent(client, year.coordinator, year, "end", grant=box(grant)).status_code == 302
    assert roles_of(year.instructor) == set()
    kept = Grant.ever.get(pk=grant.pk)
    assert (kept.state, kept.ended_at) == ("ended", play.READING)
    again = {"email": year.instructor.email, "role": "instructor"}
    assert sent(client, year.coordinator, year, "invite", **AWA | again).status_code == 302
    assert roles_of(year.instructor) == {Role.INSTRUCTOR}


def test_the_last_coordinator_stays(client, year):
    own = year.coordinator.grants.get()
    response = sent(client, year.coordinator, year, "end", grant=box(own))
    assert (response.status_code, roles_of(year.coordinator)) == (422, {Role.COORDINATOR})
    assert "Il faut au moins une personne à la coordination." in response.content.decode()
    play.person("adjointe", Role.COORDINATOR, year.cycle)
    assert sent(client, year.coordinator, year, "end", grant=box(own)).url == "/"


def test_an_old_page_withdraws_nothing(client, year):
    grant = year.instructor.grants.get()
    response = sent(client, year.coordinator, year, "end", grant=f"{grant.pk}:{grant.version + 1}")
    assert (response.status_code, roles_of(year.instructor)) == (409, {Role.INSTRUCTOR})


@pytest.mark.parametrize("typed", ["", "x:1", "1:x", "999999:0"])
def test_a_role_that_is_not_on_the_page_is_a_missing_page(client, year, typed):
    assert sent(client, year.coordinator, year, "end", grant=typed).status_code == 404
    assert sent(client, year.coordinator, year, "close", person=typed).status_code == 404


def test_another_cycles_role_is_out_of_reach(client, year):
    other = play.a_year("autre_2027")
    grant = other.instructor.grants.get()
    assert sent(client, year.coordinator, year, "end", grant=box(grant)).status_code == 404
    assert sent(client, year.coordinator, other, "end", grant=box(grant)).status_code == 404


def test_a_closed_account_enters_no_more_and_opens_again_only_where_one_says_so(client, year):
    agent = year.instructor
    assert sent(client, year.coordinator, year, "close", person=agent.pk).status_code == 302
    agent.refresh_from_db()
    assert (agent.is_active, agent.has_usable_password(), roles_of(agent)) == (False, False, set())
    client.force_login(agent)
    assert client.get("/").status_code == 302
    typed = AWA | {"email": agent.email, "role": "instructor"}
    refused = sent(client, year.coordinator, year, "invite", **typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["email", "reopens"])
    assert "Le compte de cette adresse a été fermé." in refused.content.decode()
    agent.refresh_from_db()
    assert (agent.is_active, roles_of(agent)) == (False, set())
    assert sent(client, year.coordinator, year, "invite", **typed, reopens="on").status_code == 302
    agent.refresh_from_db()
    assert (agent.is_active, roles_of(agent)) == (True, {Role.INSTRUCTOR})
    assert [one.template for one in Message.objects.filter(recipient=agent)] == ["invitation"]


def test_an_account_that_serves_elsewhere_is_not_closed_from_here(client, year):
    other = play.a_year("autre_2027")
    Grant.objects.create(user=year.instructor, role=Role.INSTRUCTOR, cycle=other.cycle)
    response = sent(client, year.coordinator, year, "close", person=year.instructor.pk)
    assert (response.status_code, User.objects.get(pk=year.instructor.pk).is_active) == (422, True)


# Colleagues ----------------------------------------------------------------------------------------------------------


def colleague(client, user, action, **typed):
    client.force_login(user)
    return client.post(reverse("colleagues"), {"action": action} | typed)


def test_a_holder_invites_a_colleague_who_stands_for_the_same_organisation(client, year):
    response = colleague(client, year.holder, "invite", **AWA, organisation=year.holder_organisation.pk)
    assert response.status_code == 302
    grant = Grant.objects.get(user__email="awa@exemple.test")
    assert (grant.role, grant.organisation, grant.cycle) == ("holder", year.holder_organisation, None)
    assert addresses(client.get(reverse("colleagues"))) == ["porteur-essai_2027", "awa"]


def test_a_holder_invites_for_no_other_organisation(client, year):
    other = Organisation.objects.create(name="Une autre association")
    response = colleague(client, year.holder, "invite", **AWA, organisation=other.pk)
    assert (response.status_code, User.objects.filter(last_name="Diallo").count()) == (422, 0)
    assert "Choisissez une de vos organisations." in response.content.decode()


def test_a_colleague_s_closed_account_is_opened_again_by_the_team_alone(client, year):
    gone = User.objects.create_user(AWA["email"])
    User.objects.filter(pk=gone.pk).update(is_active=False)
    typed = AWA | {"organisation": year.holder_organisation.pk, "reopens": "on"}
    refused = colleague(client, year.holder, "invite", **typed)
    assert (
        "Appelez l’équipe qui vous accompagne\u00a0: elle peut rouvrir ce compte." in refused.content.decode()
    )
    gone.refresh_from_db()
    assert (refused.status_code, gone.is_active, roles_of(gone)) == (422, False, set())


def test_an_invitation_locks_the_cycle_before_the_person(year):
    """As whoever withdraws a role does: two that meet would otherwise wait for each other."""
    with CaptureQueriesContext(connection) as asked:
        grant = people.role_in(year.cycle, Role.INSTRUCTOR, None)
        people.invite(AWA, grant, by=year.coordinator, at=play.READING)
    tables = [one["sql"].split(" FROM ")[-1].split()[0].strip('"') for one in asked if " FROM " in one["sql"]]
    assert tables.index("workflow_cycle") < tables.index("workflow_user")


def test_who_stands_for_this_year_only_invites_for_this_year_only(client, year):
    passing = play.person("stagiaire", Role.HOLDER, year.cycle, year.holder_organisation)
    colleague(client, passing, "invite", **AWA, organisation=year.holder_organisation.pk)
    assert Grant.objects.get(user__email="awa@exemple.test").cycle == year.cycle
    lasting = year.holder.grants.get()
    assert colleague(client, passing, "end", grant=box(lasting)).status_code == 403
    assert roles_of(year.holder) == {Role.HOLDER}


def test_a_colleague_leaves_but_their_account_is_not_ours_to_close(client, year):
    colleague(client, year.holder, "invite", **AWA, organisation=year.holder_organisation.pk)
    grant = Grant.objects.get(user__email="awa@exemple.test")
    assert colleague(client, year.holder, "close", person=grant.user.pk).status_code == 404
    colleague(client, year.holder, "end", grant=box(grant))
    assert roles_of(grant.user) == set()


def test_only_those_who_stand_for_an_organisation_have_colleagues(client, year):
    for user in (year.coordinator, year.instructor, year.financiers["etat"]):
        client.force_login(user)
        assert client.get(reverse("colleagues")).status_code == 404
