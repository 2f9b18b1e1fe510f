"""What is asked about schemes and preparation."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField

from mdt.effort.rules import LONGEST_CODE, LONGEST_NAME, SchemeDetails
from network.plumbing.fields import DayField, WholeNumberField, required, row_field, text_field, word_field
from network.vocabulary import Discipline


class SchemeForm(FlaskForm):  # type: ignore[misc]
    """A scheme under which time can be claimed."""

    code = text_field("Code", LONGEST_CODE, "Enter the code that the payer knows it by.")
    name = text_field("Name", LONGEST_NAME, "Enter the name of the scheme.")
    payer = text_field("Who pays", LONGEST_NAME, "Enter who pays.")
    starts_on = DayField("First day", [required("Enter the first day.")])
    pays_preparation = BooleanField("It pays for preparation too")

    @property
    def details(self) -> SchemeDetails:
        return SchemeDetails(
            self.code.data,
            self.name.data,
            self.payer.data,
            self.starts_on.data,
            bool(self.pays_preparation.data),
        )


class ClaimantForm(FlaskForm):  # type: ignore[misc]
    """An organisation whose time is claimed under a scheme."""

    scheme_id = row_field("Scheme", "Choose a scheme.", validators=[required("Choose a scheme.")])
    organisation_id = row_field(
        "Organisation", "Choose an organisation.", validators=[required("Choose an organisation.")]
    )
    discipline = word_field("Whose time", Discipline, empty="All disciplines")
    starts_on = DayField("First day", [required("Enter the first day.")])


class EndForm(FlaskForm):  # type: ignore[misc]
    """On which day something holds for the last time."""

    ends_on = DayField("Last day", [required("Enter the last day, such as 31/03/2027.")])


class PreparationForm(FlaskForm):  # type: ignore[misc]
    """How long somebody prepared."""

    minutes = WholeNumberField(
        "Minutes of preparation", [required("Enter the minutes, 0 if there were none.")]
    )

    def first_error(self) -> str:
        """Say what is wrong where the form itself is not shown again."""
        found: Any = self.minutes.errors
        return str(found[0]) if found else "Enter the minutes."
