"""What is typed to plan a session, to change it, to book it, and to say who came."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms

from cases.forms.answering import RefusableForm
from cases.forms.fields import REQUIRED, DayField, WordsField
from cases.forms.moving import MoveForm, ReasonForm
from cases.line_sight import offered
from cases.models import Booking, Dossier, Idea, Session
from cases.programme import steps_of
from cases.series import MOST, Days, Rhythm, days_of
from cases.sessions import hosts_of
from cases.states import BookingMove, BookingState, SessionMove, Venue
from workflow.calendar import PARIS
from workflow.models import Organisation, User

ANYWAY = "Garder cet horaire quand même"
ONLY_TO_ASK = "Pour me renseigner, sans demande"
SAID = ((BookingMove.ATTEND, "Est venu"), (BookingMove.MISS, "N’est pas venu"))


class HourField(forms.TimeField):
    """An hour of the day, by the browser's own clock."""

    def __init__(self, **options):
        messages = {"required": "écrivez une heure.", "invalid": "écrivez une heure, comme 14:30."}
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, error_messages=messages, **options)


class SeatsField(forms.IntegerField):
    def __init__(self, **options):
        messages = {"required": "écrivez un nombre de places.", "invalid": "écrivez un nombre, comme 12."}
        super().__init__(label="Places", max_value=999, error_messages=messages, **options)


class WhereAndWho(forms.Form):
    """When, where and with whom: what a plan and a change share."""

    day = DayField(label="Jour")
    begins = HourField(label="De")
    ends = HourField(label="À")
    venue = forms.TypedChoiceField(
        label="Où", choices=Venue.choices, coerce=Venue, widget=forms.RadioSelect, initial=Venue.OURS
    )
    place = WordsField(
        label="Lieu, adresse ou numéro",
        help_text="Ce qu’il faut pour venir. Demandé « au lieu indiqué ».",
        long=False,
        required=False,
    )
    host = forms.ModelChoiceField(
        label="Animée par",
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": REQUIRED},
    )
    note = WordsField(
        label="À savoir avant de venir", help_text="Ce qu’il faut apporter, par où entrer.", required=False
    )
    anyway = forms.BooleanField(label=ANYWAY, required=False)

    def ask_hosts(self, cycle) -> None:
        self.fields["host"].queryset = hosts_of(cycle.pk)

    def settle(self) -> None:
        """The box « quand même » is shown only to who was told of another session."""
        if not self.is_bound or not (self.data.get("anyway") or "anyway" in self.errors):
            self.fields.pop("anyway", None)

    def instants(self, day) -> tuple[datetime, datetime]:
        """Both on that day in Paris; an end at midnight is the next day's first instant.

        In UTC, because two instants of Paris compare by the clock on the wall, which goes back one night a year.
        """
        begins, ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        last = day + timedelta(days=1) if ends == time() else day
        on_the_wall = (datetime.combine(day, begins, PARIS), datetime.combine(last, ends, PARIS))
        return tuple(one.astimezone(UTC) for one in on_the_wall)


PLACES = {"starts_at": "day", "ends_at": "ends"}
"""Where the door's words about an instant are shown."""


class PlanForm(WhereAndWho, RefusableForm):
    """One session, or a series in one go."""

    step = forms.ChoiceField(
        label="Accompagnement",
        widget=forms.RadioSelect,
        error_messages={"required": "choisissez un accompagnement."},
    )
    seats = SeatsField()
    rhythm = forms.TypedChoiceField(
        label="Revient", choices=Rhythm.choices, coerce=Rhythm, widget=forms.RadioSelect, initial=Rhythm.ONCE
    )
    until = DayField(
        label="Jusqu’au", help_text="Pour une série. Les jours fériés sont laissés de côté.", required=False
    )
    field_order = (
        "step", "day", "begins", "ends", "rhythm", "until", "venue", "place", "host", "seats", "note", "anyway",
    )  # fmt: skip

    def __init__(self, cycle, user, data=None):
        super().__init__(data)
        self.cycle = cycle
        self.steps = steps_of([cycle.pk]).get(cycle.pk, {})
        self.fields["step"].choices = [(code, step.label) for code, step in self.steps.items()]
        self.ask_hosts(cycle)
        self.initial["host"] = user.pk
        seats = [step.capacity for step in self.steps.values() if step.capacity]
        self.initial["seats"] = min(seats, default=12)
        self.settle()

    def clean(self):
        typed, first = self.cleaned_data, self.cleaned_data.get("day")
        rhythm, until = typed.get("rhythm"), typed.get("until")
        if first and rhythm and rhythm != Rhythm.ONCE and (until is None or until < first):
            self.add_error("until", "dites jusqu’à quel jour la série revient.")
        elif first and rhythm and "until" not in self.errors:
            self._says_which_days()
        return typed

    def _says_which_days(self) -> None:
        if self.days.endless:
            self.add_error(
                "until", f"une série compte {MOST} séances au plus : choisissez un jour plus proche."
            )
        elif not self.days.kept:
            self.add_error("until", "chaque jour de cette série est férié : choisissez d’autres jours.")

    def refuse(self, refusals) -> None:
        for refusal in refusals:
            place = PLACES.get(refusal.place, refusal.place)
            if place == "anyway" and "anyway" not in self.fields:
                self.fields["anyway"] = WhereAndWho.base_fields["anyway"]
            self.add_error(place if place in self.fields else None, refusal.sentence)

    @property
    def days(self) -> Days:
        typed = self.cleaned_data
        return days_of(typed["day"], typed["rhythm"], typed.get("until"), self.cycle.region)

    def sessions(self, series) -> list[Session]:
        """The sessions to open; `series` is what they share where there are several."""
        typed, days = self.cleaned_data, self.days.kept
        found = []
        for day in days:
            starts_at, ends_at = self.instants(day)
            session = Session(
                cycle=self.cycle, step=typed["step"], starts_at=starts_at, ends_at=ends_at, venue=typed["venue"],
                place=typed["place"], host=typed["host"], seats=typed["seats"], note=typed["note"],
                series=series if len(days) > 1 else None,
            )  # fmt: skip
            session.anyway = bool(typed.get("anyway"))
            found.append(session)
        return found


class RescheduleForm(WhereAndWho, MoveForm):
    field_order = ("version", "day", "begins", "ends", "venue", "place", "host", "note", "anyway")

    def prepare(self):
        session = self.subject
        starts_at, ends_at = session.starts_at.astimezone(PARIS), session.ends_at.astimezone(PARIS)
        self.initial |= {"day": starts_at.date(), "begins": starts_at.time(), "ends": ends_at.time()}
        self.initial |= {name: getattr(session, name) for name in ("venue", "place", "note")}
        self.initial["host"] = session.host_id
        self.ask_hosts(session.cycle)
        self.settle()

    @property
    def facts(self) -> dict[str, Any]:
        typed = self.cleaned_data
        starts_at, ends_at = self.instants(typed["day"])
        kept = {name: typed[name] for name in ("venue", "place", "note")}
        return kept | {
            "starts_at": starts_at,
            "ends_at": ends_at,
            "host": typed["host"].pk,
            "anyway": bool(typed.get("anyway")),
        }

    refuse = PlanForm.refuse


class ResizeForm(MoveForm):
    seats = SeatsField()

    def prepare(self):
        self.initial["seats"] = self.subject.seats


class BookForm(RefusableForm):
    """For which association, and for what."""

    organisation = forms.ModelChoiceField(
        label="Pour quelle association",
        queryset=Organisation.objects.none(),
        error_messages={"required": REQUIRED},
    )
    about = forms.ChoiceField(
        label="Pour quoi", widget=forms.RadioSelect, error_messages={"required": REQUIRED}
    )

    def __init__(self, houses, requests, data=None, about=""):
        super().__init__(data)
        dossiers, ideas = (list(rows) for rows in requests)
        self.by_key = {str(one.uuid): one for one in (*dossiers, *ideas)}
        self.fields["organisation"].queryset = houses
        several = list(houses[:2])
        if len(several) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial["organisation"] = several[0].pk
        choices = [(str(one.uuid), f"Ma demande «\u00a0{one.title}\u00a0»") for one in dossiers]
        choices += [(str(one.uuid), f"Mon idée «\u00a0{one.title}\u00a0»") for one in ideas]
        self.fields["about"].choices = [*choices, ("none", ONLY_TO_ASK)]
        self.initial["about"] = choices[0][0] if len(choices) == 1 else "none" if not choices else None
        if about in self.by_key:
            self.initial |= {"about": about, "organisation": self.by_key[about].organisation_id}

    @property
    def chosen(self) -> Dossier | Idea | None:
        return self.by_key.get(self.cleaned_data["about"])

    @property
    def house(self) -> Organisation:
        """That of the request or of the idea, whatever the list said."""
        return self.chosen.organisation if self.chosen else self.cleaned_data["organisation"]


class BookForForm(RefusableForm):
    """The team books for an association that rang."""

    organisation = forms.ModelChoiceField(
        label="Association",
        queryset=Organisation.objects.none(),
        empty_label="Choisissez",
        error_messages={"required": "choisissez une association."},
    )
    dossier = forms.ModelChoiceField(
        label="Pour sa demande", queryset=Dossier.objects.none(), required=False, empty_label="Sans demande"
    )

    def __init__(self, houses, dossiers, data=None):
        super().__init__(data)
        self.fields["organisation"].queryset, self.fields["dossier"].queryset = houses, dossiers


class AttendanceForm(forms.Form):
    """One booking of the list: who came, and the version that was read."""

    said = forms.ChoiceField(choices=SAID, required=False, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, booking: Booking, data=None):
        state = {"attended": BookingMove.ATTEND, "absent": BookingMove.MISS}.get(booking.state)
        super().__init__(data, prefix=str(booking.pk), initial={"said": state, "version": booking.version})
        self.booking = booking
        self.problems: list[str] = []
        came = booking.state == BookingState.ATTENDED
        self.is_open = not (came and booking.met.record)
        """Whether who came may still be corrected: what was written of a meeting says that it took place."""
        self.record = offered(booking.met, BookingMove.NOTE, ()) if came and self.is_open else None
        """The way to the record of the meeting, until it is written."""


MEETING_FORMS: dict[tuple[type, str], type[MoveForm]] = {
    (Session, SessionMove.RESCHEDULE): RescheduleForm,
    (Session, SessionMove.RESIZE): ResizeForm,
    (Session, SessionMove.CANCEL): ReasonForm,
    (Booking, BookingMove.CALL_OFF): ReasonForm,
}
"""The moves that take facts; the others are confirmed by a click."""
