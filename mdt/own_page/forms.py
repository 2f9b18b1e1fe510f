"""What people are asked at their own door, and what they write there."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from mdt.own_door.rules import LONGEST_WORDS
from network.plumbing.fields import WholeNumberField, required

TOO_LONG = Length(max=LONGEST_WORDS, message=f"This is too long. Write at most {LONGEST_WORDS} letters.")


class EnterForm(FlaskForm):  # type: ignore[misc]
    """A date of birth, in three parts as everybody knows it."""

    day = WholeNumberField("Day")
    month = WholeNumberField("Month")
    year = WholeNumberField("Year")

    @property
    def born_on(self) -> date | None:
        """Return the day that was entered, None where it is none."""
        try:
            return date(self.year.data or 0, self.month.data or 0, self.day.data or 0)
        except (ValueError, OverflowError):
            return None


class WordsForm(FlaskForm):  # type: ignore[misc]
    """The person's words, as they should read."""

    words = TextAreaField("In your own words", [required("Write your words, then send them."), TOO_LONG])


class CommentForm(FlaskForm):  # type: ignore[misc]
    """Something to be read by whoever coordinates."""

    words = TextAreaField("Your message", [required("Write something first, then send it."), TOO_LONG])
