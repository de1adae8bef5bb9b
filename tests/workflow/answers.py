"""What the door answered, in the words that the tests compare."""

import pytest

from workflow import engine
from workflow.models import Entry
from workflow.refusal import Refused


def refused(*call, **keywords):
    """The codes of a call of the door that must be refused; the transaction of the test survives."""
    with pytest.raises(Refused) as caught:
        engine.fire(*call, **keywords)
    return caught.value.codes


def entries(subject):
    """The subject's journal, oldest first."""
    label = subject._meta.label_lower
    return list(Entry.objects.filter(subject_label=label, subject_id=subject.pk).order_by("seq"))
