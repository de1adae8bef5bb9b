"""What is written by heart is what Django's own templates write, letter for letter."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from config.inputs import ALIKE, QuickInputs

WIDGETS = (
    forms.TextInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.PasswordInput,
    forms.HiddenInput,
    forms.DateInput,
    forms.CheckboxInput,
    forms.ColorInput,
    forms.FileInput,
    forms.Textarea,
    forms.Select,
)
ATTRIBUTES = {
    "id": "id_a",
    "required": True,
    "disabled": False,
    "aria-label": '« L’eau » & l\'"air"',
    "min": 0,
}


@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("value", [None, "", 'a <b> & "c" d\'e', 3, True, "2026-11-15"])
def test_an_input_is_what_django_writes(widget, value):
    quick, slow = (
        widget().render("nom", value, ATTRIBUTES, renderer()) for renderer in (QuickInputs, DjangoTemplates)
    )
    assert quick == slow


@pytest.mark.parametrize("name", sorted(ALIKE))
def test_what_is_written_by_heart_is_one_input_and_nothing_else(name):
    source = DjangoTemplates().get_template(name).template.source.strip()
    assert source == '{% include "django/forms/widgets/input.html" %}'


def test_the_house_uses_it(settings):
    assert settings.FORM_RENDERER == "config.inputs.QuickInputs"
