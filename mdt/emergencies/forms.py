"""What the pages of an emergency ask."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, TextAreaField

from mdt.emergencies.rules import LONGEST_REASON, SHORTEST_REASON, EmergencyKind, Finding, Wanted
from network.plumbing.fields import DayField, required, text_field, word_field


class EmergencyForm(FlaskForm):  # type: ignore[misc]
    """Who is looked for, and why the usual ways cannot be waited for."""

    kind = word_field(
        "Why can this not wait?",
        EmergencyKind,
        sentence="Choose why this cannot wait.",
        validators=[required("Choose why this cannot wait.")],
    )
    reason = TextAreaField("What has happened?")
    nhs_number = text_field("NHS number", 30)
    given_name = text_field("Given name", 60)
    family_name = text_field("Family name", 60)
    born_on = DayField("Date of birth")
    proof = PasswordField("Proof")

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            nhs_number=self.nhs_number.data,
            given_name=self.given_name.data,
            family_name=self.family_name.data,
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
