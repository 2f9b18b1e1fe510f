"""What is asked when somebody is offered a service, answers, or wishes for a navigator."""

from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length, Optional

from mdt.services.rules import LONGEST_NOTE, Helped
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, text_field, word_field

TOO_LONG = f"Shorten this to {LONGEST_NOTE} characters."


def _words(label: str) -> TextAreaField:
    return TextAreaField(label, [Optional(), Length(max=LONGEST_NOTE, message=TOO_LONG)])


class OfferForm(FlaskForm):  # type: ignore[misc]
    """What the person is offered, and how they come to it."""

    way = RadioField("How they come to it", validate_choice=True)
    hopes = _words("What they hope for, in their words")
    offered_on = DayField("When it was offered", [required("Enter the day.")], default=today)
    refer_by = DayField("We refer them by", [Optional()])


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What the person answered, or how it went."""

    to = RadioField("What happened", validate_choice=True)
    on = DayField("When", [required("Enter the day.")], default=today)
    words = _words("What they say about it")
    helped = word_field("When it has finished: did it help?", Helped, empty="Not asked")


class NavigatorForm(FlaskForm):  # type: ignore[misc]
    """Who helps the person find their way."""

    name = text_field("Who it is", 120, "Enter who it is.")
    organisation = text_field("Where they work", 120, description="Leave out for a friend or neighbour.")
    phone = text_field("Phone", 30)
    starts_on = DayField("From", [required("Enter the day.")], default=today)
