"""A page asks once which roles its reader holds, and the next page asks again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import year as play

pytestmark = pytest.mark.django_db


def test_a_page_reads_the_roles_of_its_reader_once(client):
    year = play.a_year()
    client.force_login(year.coordinator)
    with CaptureQueriesContext(connection) as seen:
        client.get(reverse("dossier-list"))
    assert len([query for query in seen.captured_queries if "workflow_grant" in query["sql"]]) == 1


def test_a_role_taken_back_is_gone_at_the_very_next_page(client):
    year = play.a_year()
    address = reverse("dossier-detail", args=[play.a_draft(year).uuid])
    client.force_login(year.coordinator)
    before = client.get(address).status_code
    year.coordinator.grants.all().delete()
    assert (before, client.get(address).status_code) == (200, 404)
