"""What is asked of whoever makes a link."""

from datetime import timedelta

from flask_wtf import FlaskForm
from wtforms import BooleanField

from mdt.outcomes.rules import LONGEST_HELPER, How
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, text_field, word_field

TWO_WEEKS = timedelta(days=14)


class LinkForm(FlaskForm):  # type: ignore[misc]
    """For whom a link is, until when, and whether it is safe."""

    how = word_field("Who will answer", (How.SELF, How.CARER), sentence="Choose who will answer.")
    helper = text_field("Which carer", LONGEST_HELPER, description="Only where a carer answers.")
    expires_on = DayField(
        "Until which day", [required("Enter the last day.")], default=lambda: today() + TWO_WEEKS
    )
    is_safe = BooleanField("It is safe to give them a link: nobody who may harm them reads it")
