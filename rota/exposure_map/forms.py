"""What is asked about half-days with other disciplines: what a host offers, and which day a learner takes."""

import uuid
from typing import Any

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from network.organisations.rules import WEEKDAYS
from network.plumbing.fields import (
    ClockField,
    DayField,
    WholeNumberField,
    choice_field,
    required,
    row_field,
    word_field,
)
from network.vocabulary import Discipline, SessionKind
from rota.exposure_sessions.rules import LONGEST_NOTE, Offered, wrong_with_offered

NAMES = tuple(Offered.__dataclass_fields__)


class HalfDayForm(FlaskForm):  # type: ignore[misc]
    """A half-day of every week that a host offers."""

    host_id = row_field("Host", "Choose a host from the list.", validators=[required("Choose a host.")])
    discipline = word_field("Discipline that learners see", Discipline)
    weekday = choice_field("Day", "Choose a day from the list.", int)
    kind = word_field("Session", SessionKind)
    starts = ClockField("Starts", [required("Enter when it starts.")])
    ends = ClockField("Ends", [required("Enter when it ends.")])
    places = WholeNumberField("Learners at once", [required("Enter how many learners may come.")], default=1)
    starts_on = DayField("First day", [required("Enter the first day.")])
    ends_on = DayField("Last day", [Optional()], description="Leave empty if it has none.")
    notes = TextAreaField(
        "What learners need to know",
        [
            Optional(),
            Length(max=LONGEST_NOTE, message=f"Shorten this to {LONGEST_NOTE} characters."),
        ],
        description="Such as: ask for the optometrist at the desk. Name no learner.",
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.weekday.choices = [SelectChoice(str(each), name) for each, name in enumerate(WEEKDAYS[:6])]

    @property
    def offered(self) -> Offered:
        answers = {name: self[name].data for name in NAMES}
        return Offered(**{**answers, "notes": (self.notes.data or "").strip()})

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the rules find wrong beside its question."""
        if not super().validate(extra_validators):
            return False
        for name, sentence in wrong_with_offered(self.offered).items():
            self[name].errors = [*self[name].errors, sentence]
        return not self.errors


class ChooseForm(FlaskForm):  # type: ignore[misc]
    """Which half-day a learner comes to, and on which day."""

    offer_id = row_field("Half-day", "Choose a half-day from the list.", validators=[required("Choose one.")])
    day = DayField("Day", [required("Choose a day from the list.")])

    def offer(self, rows: list[uuid.UUID]) -> None:
        """Take any half-day that there is: whether it can be chosen is for the rules to say."""
        self.offer_id.choices = [SelectChoice(str(each), str(each)) for each in rows]


class EndForm(FlaskForm):  # type: ignore[misc]
    """On which day an offered half-day is held for the last time."""

    ends_on = DayField("Last day", [required("Enter the last day.")])
