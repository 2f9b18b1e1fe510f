"""What the front door asks: twelve questions at most."""

import uuid
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Length, Optional

from mdt.cases.rules import LONGEST_QUESTION, Urgency
from mdt.patients.rules import Identity
from mdt.referrals.rules import LONGEST_PASTE, Referral
from mdt.sharing.rules import SharingBasis
from network.plumbing.fields import DayField, TextField, required, row_field, text_field, word_field


def words_field(label: str, longest: int, sentence: str = "", **options: Any) -> TextField:
    """Ask for some lines in somebody's words."""
    answer = required(sentence) if sentence else Optional()
    return TextField(label, [answer, shorter_than(longest)], **options)


def shorter_than(longest: int) -> Length:
    """Ask for no more than so many characters."""
    return Length(max=longest, message=f"Shorten this to {longest:,} characters.")


# What is only begun may be longer than what is sent.
LONGEST_BEGUN = 2000
WHO = ("nhs_number", "family_name", "given_name", "born_on", "practice_id")


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
    # One of the two is needed; a label that calls either optional would mislead.
    wants = TextField("What the person wants from this", [shorter_than(2000)])
    why_not_asked = TextField("If they could not be asked, why", [shorter_than(200)])
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
    # Who it is, where somebody known was chosen, or was looked at and is not meant.
    patient_id = HiddenField()
    is_somebody_else = HiddenField()

    def choose(self) -> None:
        """Ask no more who it is: somebody known was chosen."""
        for name in WHO:
            del self[name]

    def ease(self) -> None:
        """Ask for no more than who it is about: the rest is kept as far as it goes."""
        for field in (self.question, self.how_informed):
            field.validators = (Optional(), shorter_than(LONGEST_BEGUN))
        self.basis.validators = (Optional(),)

    @property
    def chosen_id(self) -> uuid.UUID | None:
        return uuid.UUID(self.patient_id.data) if self.patient_id.data else None

    @property
    def practice(self) -> uuid.UUID | None:
        return self.practice_id.data if "practice_id" in self else None

    @property
    def identity(self) -> Identity | None:
        if "family_name" not in self:
            return None
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
