"""What is asked about a series, and about its next dates."""

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import Length, NumberRange, Optional

from mdt.dates.forms import PlaceForm
from mdt.series.rules import LONGEST_GAP, MOST_DATES, SeriesDetails
from network.plumbing.fields import ClockField, DayField, TextField, WholeNumberField, required, text_field


class SeriesForm(PlaceForm):
    """A series."""

    name = text_field("Name of the meeting", 120, "Enter the name of the meeting.")
    purpose = TextField(
        "What it is for", [Optional(), Length(max=400, message="Shorten this to 400 characters.")]
    )
    every_weeks = WholeNumberField(
        "Weeks from one meeting to the next",
        [
            required("Enter how many weeks there are from one meeting to the next."),
            NumberRange(1, LONGEST_GAP, f"Enter a number from 1 to {LONGEST_GAP}."),
        ],
        default=2,
    )

    @property
    def details(self) -> SeriesDetails:
        return SeriesDetails(
            name=self.name.data,
            purpose=self.purpose.data or "",
            minutes=self.minutes.data,
            opening_minutes=self.opening_minutes.data,
            closing_minutes=self.closing_minutes.data,
            every_weeks=self.every_weeks.data,
            place=self.place.data,
            link=self.link.data,
            chair_id=self.chair_id.data,
            minute_taker_id=self.minute_taker_id.data,
            quorum=self.quorum_asked,
        )


class DatesForm(FlaskForm):  # type: ignore[misc]
    """The next dates of a series."""

    first = DayField("First date", [required("Enter the first date.")])
    at = ClockField("Starts at", [required("Enter when the meetings start.")])
    count = WholeNumberField(
        "How many dates",
        [
            required("Enter how many dates."),
            NumberRange(1, MOST_DATES, f"Enter a number from 1 to {MOST_DATES}."),
        ],
        default=6,
    )
    skips_holidays = BooleanField("Leave out bank holidays", default=True)
