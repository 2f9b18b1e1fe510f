"""What whoever plans a clinic is asked: four short questions."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from network.plumbing.fields import WholeNumberField, choice_field, required, row_choices, row_field
from rota.clinic_choices.rules import LONGEST_WEEKS, OFTEN, USUAL_WEEKS, Ask
from rota.clinic_series.rules import often_said

Rows = Iterable[tuple[uuid.UUID, str]]


class PlanForm(FlaskForm):  # type: ignore[misc]
    """A kind of clinic, for whom, and how often."""

    clinic_type = row_field("Clinic", "Choose a clinic.")
    neighbourhood = row_field("For the people of", "Choose a neighbourhood.")
    every_weeks = choice_field(
        "How often",
        "Choose how often.",
        int,
        choices=[SelectChoice(str(weeks), often_said(weeks).capitalize()) for weeks in OFTEN],
        default=4,
    )
    weeks = WholeNumberField(
        "For how many weeks",
        [required(f"Enter a number of weeks from 1 to {LONGEST_WEEKS}.")],
        default=USUAL_WEEKS,
    )

    def __init__(self, types: Rows, neighbourhoods: Rows, **given: Any) -> None:
        super().__init__(**given)
        self.clinic_type.choices = row_choices(types)
        self.neighbourhood.choices = row_choices(neighbourhoods)

    @property
    def ask(self) -> Ask:
        """What a valid form asks for."""
        return Ask(self.clinic_type.data, self.neighbourhood.data, self.every_weeks.data, self.weeks.data)
