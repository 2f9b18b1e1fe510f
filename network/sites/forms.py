"""The questions about sites, hours, rooms and equipment."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from network.organisations.rules import (
    WEEK_ROWS,
    WEEKDAYS,
    Hours,
    RoomAttribute,
    WeeklySession,
    sessions_of_the_week,
    wrong_with_hours,
)
from network.plumbing.fields import (
    ClockField,
    NumberField,
    WholeNumberField,
    required,
    row_field,
    text_field,
    word_field,
)
from network.vocabulary import EquipmentKind, RoomKind


class SiteForm(FlaskForm):  # type: ignore[misc]
    """Describe a building."""

    name = text_field("Name of the site", 80, "Enter the name of the site.")
    code = text_field(
        "Code",
        4,
        "Enter a site code of 2 to 4 letters, such as ELM.",
        description="2 to 4 letters that stand for the site in the rota, such as ELM.",
    )
    address = text_field("Address", 200)
    latitude = NumberField("Latitude", [Optional()], description="Such as 51.507")
    longitude = NumberField("Longitude", [Optional()], description="Such as -0.128")
    accessible = BooleanField("Step-free from the street", default=True)

    @property
    def answers(self) -> dict[str, Any]:
        names = ("name", "code", "address", "latitude", "longitude", "accessible")
        return {name: self[name].data for name in names}


class RoomForm(FlaskForm):  # type: ignore[misc]
    """Describe a room."""

    name = text_field("Name of the room", 60, "Enter the name of the room.")
    kind = word_field(
        "Kind of room", RoomKind, empty="Choose a kind", validators=[required("Choose the kind of room.")]
    )
    attributes = SelectMultipleField(
        "What it offers", choices=[SelectChoice(offer.value, offer.label) for offer in RoomAttribute]
    )
    bookable = BooleanField("Can be planned", default=True)

    @property
    def answers(self) -> dict[str, Any]:
        offers = [RoomAttribute(value) for value in self.attributes.data or ()]
        return {
            "name": self.name.data,
            "kind": self.kind.data,
            "attributes": offers,
            "bookable": self.bookable.data,
        }


class EquipmentForm(FlaskForm):  # type: ignore[misc]
    """Describe equipment."""

    kind = word_field(
        "Kind of equipment",
        EquipmentKind,
        empty="Choose a kind",
        validators=[required("Choose the kind of equipment.")],
    )
    number = WholeNumberField("How many", [required("Enter how many there are.")], default=1)
    site_id = row_field("Where it is", "Choose a site from the list.")


class WeekForm(FlaskForm):  # type: ignore[misc]
    """When a site is open: a start and an end for each session of the week, both empty where it is closed."""

    @property
    def hours(self) -> Hours:
        """The sessions that have both a start and an end."""
        return {
            session: (starts.data, ends.data)
            for session, (starts, ends) in self.fields.items()
            if starts.data and ends.data
        }

    @property
    def fields(self) -> dict[WeeklySession, tuple[ClockField, ClockField]]:
        """The two questions of each session."""
        return {session: (self[names[0]], self[names[1]]) for session, names in NAMES.items()}

    @property
    def rows(self) -> list[tuple[str, list[tuple[ClockField, ClockField] | None]]]:
        """The questions as a week is drawn."""
        fields = self.fields
        return [
            (WEEKDAYS[weekday], [fields[WeeklySession(weekday, kind)] if kind else None for kind in kinds])
            for weekday, kinds in WEEK_ROWS
        ]

    def fill(self, hours: Hours) -> None:
        """Start from these hours."""
        for session, (starts, ends) in self.fields.items():
            starts.data, ends.data = hours.get(session, (None, None))

    def copy_monday(self) -> None:
        """Let the other working days have Monday's hours."""
        monday = {session.kind: times for session, times in self.hours.items() if session.weekday == 0}
        workdays = [session for session in self.fields if session.weekday < 5 and session.kind in monday]
        self.fill({**self.hours, **{session: monday[session.kind] for session in workdays}})

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        for session, (starts, ends) in self.fields.items():
            if bool(starts.data) != bool(ends.data) and not (starts.errors or ends.errors):
                ends.errors = [f"Enter both a start and an end for {session.said}, or neither."]
        for session, said in wrong_with_hours(self.hours).items():
            self.fields[session][0].errors = [said]
        return sound and not any(starts.errors or ends.errors for starts, ends in self.fields.values())


NAMES = {
    session: (f"starts_{session.weekday}_{session.kind}", f"ends_{session.weekday}_{session.kind}")
    for session in sessions_of_the_week()
}
for _session, (_starts, _ends) in NAMES.items():
    setattr(WeekForm, _starts, ClockField(f"{_session.said}, from", [Optional()]))
    setattr(WeekForm, _ends, ClockField(f"{_session.said}, to", [Optional()]))
