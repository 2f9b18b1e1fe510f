"""What is asked when a huddle is called, or called off."""

import uuid
from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from mdt.huddles.rules import LONGEST_REASON
from network.plumbing.database import ENGLAND, today
from network.plumbing.fields import ClockField, DayField, text_field


class HuddleForm(FlaskForm):  # type: ignore[misc]
    """Why it cannot wait, with whom, when and where."""

    reason = text_field(
        "Why it cannot wait for the next meeting", LONGEST_REASON, "Enter why this cannot wait."
    )
    people = SelectMultipleField("Who is asked", coerce=uuid.UUID)
    day = DayField("Day, if it does not begin now", [Optional()])
    at = ClockField("Time, if it does not begin now", [Optional()])
    place = text_field("Place", 200)
    link = text_field("Link to the video meeting", 300)

    def offer(self, people: list[tuple[uuid.UUID, str]]) -> None:
        """Say who can be asked."""
        self.people.choices = [SelectChoice(str(account_id), said) for account_id, said in people]

    @property
    def starts_at(self) -> datetime | None:
        """Give the time, or none where it begins at once; a time alone is one of today."""
        if self.at.data is None:
            return None
        return datetime.combine(self.day.data or today(), self.at.data, ENGLAND)

    @property
    def is_time_missing(self) -> bool:
        return self.day.data is not None and self.at.data is None


class CallOffForm(FlaskForm):  # type: ignore[misc]
    """Why it is called off."""

    reason = text_field("Why it is called off", LONGEST_REASON, "Enter why the huddle is called off.")
