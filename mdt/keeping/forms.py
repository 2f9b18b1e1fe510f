"""What is asked before a date is chosen: when it would be."""

from datetime import datetime

from flask_wtf import FlaskForm

from network.plumbing.fields import ClockField, DayField, required


class TimeForm(FlaskForm):  # type: ignore[misc]
    """A day and a time to try; nothing is changed by asking."""

    day = DayField("Day", [required("Enter a day.")])
    at = ClockField("Starts at", [required("Enter the time at which the meeting would start.")])

    @property
    def starts_at(self) -> datetime:
        """When the meeting would start, by the clock on the wall."""
        assert self.at.data is not None
        return datetime.combine(self.day.data, self.at.data)
