"""What the pages of rotas ask."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import Optional, ValidationError

from network.plumbing.fields import DayField, WholeNumberField, required, text_field
from rota.rotas.rules import LONGEST_LABEL, USUAL_WEEKS, wrong_with_period, wrong_with_requests_until


class NewRotaForm(FlaskForm):  # type: ignore[misc]
    """Which weeks a rota is for, and whether requests are collected first."""

    def __init__(self, today: date, **given: Any) -> None:
        super().__init__(**given)
        self.today = today

    starts_on = DayField(
        "First Monday", [required("Enter the Monday on which the rota starts, such as 7 12 2026.")]
    )
    weeks = WholeNumberField(
        "Weeks", [required("Enter the number of weeks, such as 4.")], default=USUAL_WEEKS
    )

    requests_until = DayField("Last day for requests", [Optional()])

    @property
    def answers(self) -> tuple[date, int, date | None]:
        """The first day, the weeks and the last day for requests of a valid form."""
        starts_on, weeks = self.starts_on.data, self.weeks.data
        if starts_on is None or weeks is None:
            raise ValueError("The form has not been validated.")
        return starts_on, weeks, self.requests_until.data

    def validate_starts_on(self, field: Any) -> None:
        # What is no day has been said by the field.
        day: date | None = field.data
        if day is not None and (wrong := wrong_with_period(day, 1)):
            raise ValidationError(wrong)

    def validate_requests_until(self, field: Any) -> None:
        if field.data and self.starts_on.data and not self.starts_on.errors:
            monday: date = self.starts_on.data
            if wrong := wrong_with_requests_until(field.data, monday, self.today):
                raise ValidationError(wrong)

    def validate_weeks(self, field: Any) -> None:
        if self.starts_on.data and not self.starts_on.errors:
            monday: date = self.starts_on.data
            if monday.weekday() == 0 and (wrong := wrong_with_period(monday, field.data or 0)):
                raise ValidationError(wrong)


class LabelForm(FlaskForm):  # type: ignore[misc]
    """What a draft tries out."""

    label = text_field(
        "What does it try out?", LONGEST_LABEL, "Enter a label, such as 'If Oak had a second GP on Mondays'."
    )
