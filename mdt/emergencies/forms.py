"""What the pages of an emergency ask."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import Length

from mdt.emergencies.rules import (
    LONGEST_REASON,
    SHORTEST_REASON,
    EmergencyKind,
    Finding,
    Wanted,
    wrong_with_whom,
)
from network.plumbing.fields import DayField, required, word_field

LONGEST_NAME = 120
SHORTER = f"Shorten this to {LONGEST_NAME} characters."


class EmergencyForm(FlaskForm):  # type: ignore[misc]
    """Who is looked for, and why the usual ways cannot be waited for."""

    kind = word_field(
        "Why can this not wait?",
        EmergencyKind,
        sentence="Choose why this cannot wait.",
        validators=[required("Choose why this cannot wait.")],
    )
    reason = TextAreaField(
        "What has happened?",
        [required(f"Enter what has happened, in at least {SHORTEST_REASON} characters.")],
    )
    # None of these is optional: one or the other is asked for, which the rules say.
    nhs_number = StringField("NHS number", [Length(max=30, message="Enter the 10 digits of the NHS number.")])
    given_name = StringField("Given name", [Length(max=LONGEST_NAME, message=SHORTER)])
    family_name = StringField("Family name", [Length(max=LONGEST_NAME, message=SHORTER)])
    born_on = DayField("Date of birth")
    proof = PasswordField("Proof")

    def ask_for(self, *, code: bool) -> None:
        """Ask for a code of the authenticator app, or for the password."""
        self.proof.label.text = "Code from your authenticator app" if code else "Your password"

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Say all that is missing at once: there is no time to be asked twice."""
        is_filled = bool(super().validate(extra_validators))
        if not is_filled and (wrong := wrong_with_whom(self.wanted)):
            self.form_errors.append(wrong)
        return is_filled

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            nhs_number=self.nhs_number.data or "",
            given_name=self.given_name.data or "",
            family_name=self.family_name.data or "",
            born_on=self.born_on.data,
        )


class ReviewForm(FlaskForm):  # type: ignore[misc]
    """What a review came to."""

    finding = word_field(
        "What did you find?",
        Finding,
        sentence="Choose what you found.",
        validators=[required("Choose what you found.")],
    )
    note = TextAreaField("Why", description=f"Name nobody. {SHORTEST_REASON} to {LONGEST_REASON} characters.")


class ExplainForm(FlaskForm):  # type: ignore[misc]
    """What whoever opened it answers."""

    words = TextAreaField(
        "Your explanation", description=f"Name nobody. {SHORTEST_REASON} to {LONGEST_REASON} characters."
    )
