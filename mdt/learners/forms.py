"""What the page asks on which a learner is let in."""

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import BooleanField

from mdt.learners.rules import Told
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, row_field, text_field

A_WEEK = timedelta(days=6)


class LetInForm(FlaskForm):  # type: ignore[misc]
    """Who learns, for how long, and how the person was told."""

    account_id = row_field(
        "Who learns",
        "Choose somebody who holds the role of a learner.",
        validators=[required("Choose who learns.")],
    )
    starts_on = DayField("First day", [required("Enter the first day.")], default=today)
    ends_on = DayField(
        "Last day",
        [required("Enter the last day.")],
        default=lambda: today() + A_WEEK,
        description="28 days at most, and no longer than their role.",
    )
    how = text_field(
        "How the person was told", 300, "Enter how the person was told that somebody learns from their case."
    )
    informed_by = text_field("By whom", 120, "Enter who told the person.")
    informed_on = DayField("When", [required("Enter the day.")], default=today)
    did_not_object = BooleanField("The person was told who learns from their case, and did not object")

    @property
    def told(self) -> Told:
        return Told(
            self.how.data or "", self.informed_by.data or "", self.informed_on.data, self.did_not_object.data
        )
