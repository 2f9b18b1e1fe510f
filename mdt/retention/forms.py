"""What the pages about keeping and removing ask."""

import uuid

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from mdt.retention.rules import LONGEST_REASON
from network.plumbing.fields import WholeNumberField, required, text_field


class LengthsForm(FlaskForm):  # type: ignore[misc]
    """How long a network keeps what it holds."""

    years_after_closing = WholeNumberField("After the last contact", [required("Enter the years.")])
    years_after_death = WholeNumberField("After death", [required("Enter the years.")])
    draft_days = WholeNumberField("A referral begun and never sent", [required("Enter the days.")])


class HoldForm(FlaskForm):  # type: ignore[misc]
    """Whose story is not to be removed, and why."""

    whom = text_field(
        "Case reference or NHS number",
        40,
        "Enter the reference of a case, such as C-0123, or a whole NHS number.",
    )
    reason = TextAreaField(
        "Why it is kept",
        [
            required("Enter why it is kept: a complaint, an inquest, a claim."),
            Length(max=LONGEST_REASON, message=f"Shorten this to {LONGEST_REASON} characters."),
        ],
    )


class ProposeForm(FlaskForm):  # type: ignore[misc]
    """Who of those whose time is over is to be removed."""

    keys = SelectMultipleField(
        "Whom to remove",
        coerce=lambda value: uuid.UUID(str(value)),
        invalid_choice_message=(  # type: ignore[call-arg]  # the stubs are behind the library
            "Something has changed since you looked. Look again, then propose it."
        ),
    )

    def offer(self, rows: list[tuple[uuid.UUID, str]]) -> None:
        """Fill in who may be chosen."""
        self.keys.choices = [SelectChoice(str(key), said) for key, said in rows]


class AgreeForm(FlaskForm):  # type: ignore[misc]
    """Agreeing to a removal, which nobody can undo."""

    has_looked = BooleanField("I have looked at every line, and know that nobody can bring this back")
