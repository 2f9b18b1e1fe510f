"""What the pages of sharing agreements ask."""

from datetime import timedelta

from flask_wtf import FlaskForm

from mdt.agreements.rules import LONGEST_WORDS, AgreementDetails
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, text_field

A_YEAR = timedelta(days=365)


class AgreementForm(FlaskForm):  # type: ignore[misc]
    """What is written under an agreement; it is usually looked at again after a year."""

    signed_by = text_field("Who signed for them", LONGEST_WORDS, "Enter who signed for the organisation.")
    signed_on = DayField("Signed on", [required("Enter the day of signing.")], default=today)
    review_on = DayField(
        "To be reviewed by",
        [required("Enter the day of the next review.")],
        default=lambda: today() + A_YEAR,
    )
    reference = text_field("Reference", LONGEST_WORDS, description="Where the signed paper is kept.")

    @property
    def details(self) -> AgreementDetails:
        return AgreementDetails(
            reference=self.reference.data,
            signed_by=self.signed_by.data,
            signed_on=self.signed_on.data,
            review_on=self.review_on.data,
        )


class EndForm(FlaskForm):  # type: ignore[misc]
    """When an agreement ended."""

    ended_on = DayField("Ended on", [required("Enter the day on which it ended.")], default=today)
