"""What the pages of rotas ask."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired, ValidationError

from rota.rotas.rules import USUAL_WEEKS, wrong_with_period


class NewRotaForm(FlaskForm):  # type: ignore[misc]
    """Which weeks a rota is for."""

    starts_on = DateField(
        "First Monday", [InputRequired("Enter the Monday on which the rota starts, such as 7 12 2026.")]
    )
    weeks = IntegerField(
        "Weeks", [InputRequired("Enter the number of weeks, such as 4.")], default=USUAL_WEEKS
    )

    @property
    def answers(self) -> tuple[date, int]:
        """The first day and the weeks of a valid form."""
        starts_on, weeks = self.starts_on.data, self.weeks.data
        if starts_on is None or weeks is None:
            raise ValueError("The form has not been validated.")
        return starts_on, weeks

    def validate_starts_on(self, field: Any) -> None:
        day: date = field.data
        if wrong := wrong_with_period(day, 1):
            raise ValidationError(wrong)

    def validate_weeks(self, field: Any) -> None:
        if self.starts_on.data and not self.starts_on.errors:
            monday: date = self.starts_on.data
            if monday.weekday() == 0 and (wrong := wrong_with_period(monday, field.data or 0)):
                raise ValidationError(wrong)
