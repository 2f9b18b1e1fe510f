"""What the pages about copies ask."""

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from mdt.subject_access.rules import LONGEST_NOTE, Apart, AskedBy, RequestOutcome
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, text_field, word_field

TOO_LONG = Length(max=LONGEST_NOTE, message=f"Shorten this to {LONGEST_NOTE} characters.")


class RequestForm(FlaskForm):  # type: ignore[misc]
    """Who asked for a copy of what, and when."""

    whom = text_field(
        "Case reference or NHS number",
        40,
        "Enter the reference of a case, such as C-0123, or a whole NHS number.",
    )
    asked_by = word_field("Who asked", AskedBy)
    received_on = DayField("When the request came", [required("Enter the day it came.")], default=today)
    note = TextAreaField("How it came, and how you know who they are", [Optional(), TOO_LONG])


class CopyForm(FlaskForm):  # type: ignore[misc]
    """What of others goes into the copy too."""

    included = SelectMultipleField(
        "Put in as well",
        choices=[SelectChoice(apart.value, apart.label) for apart in Apart],
        coerce=Apart,
        invalid_choice_message="Choose from the list.",  # type: ignore[call-arg]  # the stubs are behind
        invalid_value_message="Choose from the list.",
    )


class EndingForm(FlaskForm):  # type: ignore[misc]
    """What became of a request."""

    outcome = word_field(
        "What became of it",
        RequestOutcome,
        sentence="Choose what became of it.",
        validators=[required("Choose what became of it.")],
    )
    ended_on = DayField("When", [required("Enter the day.")], default=today)
    ended_why = TextAreaField("Why, as it was told", [Optional(), TOO_LONG])
