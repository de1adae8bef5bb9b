"""The strict fixtures find what they are there to find, and forgive what they say they forgive."""

import pytest
from _pytest.outcomes import Failed
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.template import Context, Origin, Template, engines

PAGE = "cases/templates/cases/page.html"
COMPONENT = "config/templates/components/part.html"
LIBRARY = ".venv/lib/django/page.html"


def shown(source, place=PAGE, **context):
    """Render a source as if it stood at that place of the house."""
    origin = Origin(name=str(settings.BASE_DIR / place), template_name=place)
    return Template(source, origin=origin, engine=engines["django"].engine).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{{ titel }}",
        "{{ person.naem }}",
        "{% if titel %}oui{% endif %}",
        "{% for row in rwos %}{{ row }}{% endfor %}",
        "{% with name=titel %}{{ name }}{% endwith %}",
        "{{ titel|upper }}",
    ],
)
def test_a_page_may_name_no_unknown_variable(source):
    with pytest.raises(Failed, match="unknown template variable"):
        shown(source, title="Mes demandes", person={"name": "Awa"}, rows=[])


@pytest.mark.parametrize(
    "source, place, expected",
    [
        ("{{ title }}", PAGE, "Mes demandes"),
        ("{{ titel|default:'—' }}", PAGE, "—"),
        ("{% if titel|default:'' %}oui{% else %}non{% endif %}", PAGE, "non"),
        ("{% if help %}oui{% else %}non{% endif %}", COMPONENT, "non"),
        ("[{{ titel }}{% if titel %}oui{% endif %}]", LIBRARY, "[]"),
        ("{{ titel|length }}", LIBRARY, "0"),
    ],
)
def test_what_is_known_or_said_to_be_optional_passes(source, place, expected):
    assert shown(source, place, title="Mes demandes") == expected


def test_a_component_too_may_print_nothing_unknown():
    with pytest.raises(Failed, match="components"):
        shown("{{ titel }}", COMPONENT)


@pytest.mark.lenient_templates
def test_a_test_may_ask_for_django_s_own_leniency():
    assert shown("{{ titel }}") == ""


@pytest.fixture
def people(db, monkeypatch):
    """Three people, in this order, of a model that says no order of its own."""
    user = get_user_model()
    monkeypatch.setattr(user._meta, "ordering", [])
    return user.objects.bulk_create([user(email=f"{name}@exemple.fr") for name in ("a", "b", "c")])


def emails(queryset):
    """Return the addresses of a queryset, in the order it gives them."""
    return [person.email for person in queryset]


def test_an_unordered_queryset_comes_back_to_front(people):
    assert emails(get_user_model().objects.order_by("email"))[0] == "a@exemple.fr"
    assert emails(get_user_model().objects.all()) == ["c@exemple.fr", "b@exemple.fr", "a@exemple.fr"]
    assert get_user_model().objects.count() == 3
    assert get_user_model().objects.exists()


@pytest.mark.insertion_order
def test_a_test_may_speak_of_the_order_of_insertion(people):
    assert len(emails(get_user_model().objects.all())) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_starts_from_an_empty_database(turn):
    assert get_user_model().objects.count() == 0
    get_user_model().objects.create(email=f"{turn}@exemple.fr")


@pytest.mark.django_db
def test_sqlite_is_tried_as_it_runs():
    if connection.vendor != "sqlite":
        pytest.skip("speaks of SQLite only")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
    assert connection.transaction_mode == "IMMEDIATE"
