"""The questions of the terms of leave and of an allowance."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from network.plumbing.fields import NumberField, required, word_field
from rota.allowances.rules import LineKind


class LineForm(FlaskForm):  # type: ignore[misc]
    """Something added to an allowance."""

    kind = word_field("What is it?", LineKind, default=LineKind.ADJUSTED)
    sessions = NumberField("Sessions", [required("Enter how many sessions, with a minus to take them away.")])
    reason = TextAreaField(
        "Why?",
        [
            required("Enter the reason: the person reads it."),
            Length(max=300, message="Shorten the reason to 300 characters."),
        ],
    )
