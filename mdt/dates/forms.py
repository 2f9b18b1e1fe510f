"""What is asked about one date: how long, when and where, led by whom, with which quorum."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import Form, FormField, ValidationError

from mdt.dates.rules import LARGEST_QUORUM, MeetingDetails
from mdt.meetings.wording import ENGLAND
from network.plumbing.fields import (
    ClockField,
    DayField,
    WholeNumberField,
    required,
    row_choices,
    row_field,
    text_field,
)
from network.vocabulary import Discipline

# Whoever writes the minutes is there anyway.
QUORUM_DISCIPLINES = tuple(each for each in Discipline if each is not Discipline.ADMINISTRATION)


class QuorumForm(Form):
    """How many of each discipline must be there before decisions are made."""


def few(form: Form, field: WholeNumberField) -> None:
    """Ask for a small number, or for none at all."""
    if field.data is not None and not 0 <= field.data <= LARGEST_QUORUM:
        raise ValidationError(f"Enter a number from 0 to {LARGEST_QUORUM}.")


for _discipline in QUORUM_DISCIPLINES:
    setattr(QuorumForm, _discipline.value, WholeNumberField(_discipline.label, [few]))


class LeadersForm(FlaskForm):  # type: ignore[misc]
    """Who leads a meeting, and who takes its minutes."""

    chair_id = row_field("Chair", "Choose a chair from the list.")
    minute_taker_id = row_field("Minute taker", "Choose a minute taker from the list.")

    def offer_leaders(
        self, chairs: Iterable[tuple[uuid.UUID, str]], minute_takers: Iterable[tuple[uuid.UUID, str]]
    ) -> None:
        """Say who may be chosen to lead and to take the minutes."""
        self.chair_id.choices = row_choices(chairs, empty="Not named yet")
        self.minute_taker_id.choices = row_choices(minute_takers, empty="Not named yet")


class PlaceForm(LeadersForm):
    """What a series and one date of it are both asked: how long, where, led by whom, with which quorum."""

    minutes = WholeNumberField("Length in minutes", [required("Enter the length in minutes.")], default=60)
    opening_minutes = WholeNumberField(
        "Minutes for opening", [required("Enter the minutes for opening.")], default=2
    )
    closing_minutes = WholeNumberField(
        "Minutes for closing", [required("Enter the minutes for closing.")], default=4
    )
    place = text_field("Place", 200)
    link = text_field("Link to the video meeting", 300)
    quorum = FormField(QuorumForm)

    @property
    def quorum_asked(self) -> dict[str, int]:
        """The disciplines of which somebody must be there, with their numbers."""
        return {name: number for name, number in self.quorum.data.items() if number}


class MeetingForm(PlaceForm):
    """One date."""

    day = DayField("Day", [required("Enter the day of the meeting.")])
    at = ClockField("Starts at", [required("Enter when the meeting starts.")])

    @property
    def details(self) -> MeetingDetails:
        assert self.at.data is not None
        return MeetingDetails(
            starts_at=datetime.combine(self.day.data, self.at.data, ENGLAND),
            minutes=self.minutes.data,
            opening_minutes=self.opening_minutes.data,
            closing_minutes=self.closing_minutes.data,
            place=self.place.data,
            link=self.link.data,
            chair_id=self.chair_id.data,
            minute_taker_id=self.minute_taker_id.data,
            quorum=self.quorum_asked,
        )
