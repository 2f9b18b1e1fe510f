"""What the pages of somebody's place in a clinic ask."""

from datetime import date, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from mdt.bookings.rules import LONGEST_WHY, OFFERED_HALF_DAYS, USUAL_WEEKS, Wishes
from network.plumbing.fields import DayField, required, row_field, text_field


class DueForm(FlaskForm):  # type: ignore[misc]
    """By when somebody is to be seen."""

    due_on = DayField("To be seen by", [required("Enter the day by which they are to be seen.")])

    def offer(self, today: date) -> None:
        """Offer the usual day."""
        if not self.is_submitted():
            self.due_on.data = today + timedelta(weeks=USUAL_WEEKS)


class BookForm(DueForm):
    """Into which clinic, and by when."""

    clinic_type_id: Any = row_field("Which clinic", "Choose a clinic from the list.")


class WishesForm(FlaskForm):  # type: ignore[misc]
    """What somebody needs of a place."""

    due_on = DayField("To be seen by", [required("Enter the day by which they are to be seen.")])
    home_site_id: Any = row_field("Nearest site to where they live", "Choose a site from the list.")
    step_free = BooleanField("They need a place without steps")
    unsuitable = SelectMultipleField(
        "When it does not suit them",
        [Optional()],
        choices=[SelectChoice(each, each) for each in OFFERED_HALF_DAYS],
        description="What is offered at these times comes last.",
    )

    @property
    def wishes(self) -> Wishes:
        """Give the answers as commands take them."""
        return Wishes(
            self.due_on.data,
            self.step_free.data,
            self.home_site_id.data,
            frozenset(self.unsuitable.data or ()),
        )


class GiveBackForm(FlaskForm):  # type: ignore[misc]
    """Why a place is given back."""

    why = text_field("Why", LONGEST_WHY, "Enter why the place is given back.")
