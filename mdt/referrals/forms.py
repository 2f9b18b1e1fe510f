"""What the front door asks: twelve questions at most."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from mdt.cases.rules import LONGEST_QUESTION, Risk, Stream, Urgency
from mdt.patients.rules import Identity
from mdt.referrals.rules import LONGEST_PASTE, Referral
from mdt.sharing.rules import SharingBasis
from network.plumbing.fields import DayField, TextField, required, row_field, text_field, word_field


def words_field(label: str, longest: int, sentence: str = "", **options: Any) -> TextField:
    """Ask for some lines in somebody's words."""
    answer = required(sentence) if sentence else Optional()
    return TextField(
        label, [answer, Length(max=longest, message=f"Shorten this to {longest:,} characters.")], **options
    )


class ReferForm(FlaskForm):  # type: ignore[misc]
    """Who, what for, and how they were told."""

    nhs_number = text_field(
        "NHS number", 40, description="Paste it as it is. Leave it empty if there is none."
    )
    family_name = text_field("Family name", 80, "Enter the family name.")
    given_name = text_field("Given name", 80, "Enter the given name.")
    born_on = DayField("Date of birth", [required("Enter the date of birth.")])
    practice_id = row_field("GP practice", "Choose a practice from the list.")
    question = words_field("Question for the team", LONGEST_QUESTION, "Enter the question for the team.")
    wants = words_field("What the person wants from this", 2000)
    why_not_asked = text_field("If they could not be asked, why", 200)
    basis = word_field(
        "Why you may share this",
        SharingBasis,
        empty="Choose one",
        validators=[required("Choose why you may share this.")],
    )
    how_informed = text_field("How they were informed", 300, "Enter how the person was informed, or why not.")
    urgency = word_field("How soon", Urgency, default=Urgency.ROUTINE)
    pasted = words_field("Summary from your records", LONGEST_PASTE)
    organisation_id = row_field("You refer for", "Choose your organisation.")
    is_somebody_else = BooleanField("This is somebody else")

    @property
    def identity(self) -> Identity:
        return Identity(
            family_name=self.family_name.data,
            given_name=self.given_name.data,
            born_on=self.born_on.data,
            nhs_number=self.nhs_number.data,
        )

    @property
    def referral(self) -> Referral:
        return Referral(
            question=self.question.data or "",
            wants=self.wants.data or "",
            why_not_asked=self.why_not_asked.data or "",
            urgency=self.urgency.data,
            pasted=self.pasted.data or "",
            basis=self.basis.data,
            how_informed=self.how_informed.data or "",
        )


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """The words of an answer."""

    words = words_field("Your answer", 2000, "Enter your answer.")


class AcceptForm(FlaskForm):  # type: ignore[misc]
    """Taking a referral on."""

    coordinator_id = row_field(
        "Who coordinates",
        "Choose a coordinator from the list.",
        validators=[required("Choose who coordinates.")],
    )
    stream = word_field("How it is dealt with", Stream, default=Stream.DISCUSS)
    risks = SelectMultipleField(
        "Risks to keep in mind",
        [Optional()],
        choices=[SelectChoice(risk.value, risk.label) for risk in Risk],
        coerce=Risk,
    )
