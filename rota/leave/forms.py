"""The questions of the leave pages."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from network.plumbing.fields import DayField, required, row_choices, row_field, word_field
from network.vocabulary import SessionKind, Word
from rota.leave.rules import ASKED_FOR, AbsenceKind, Away


class Begins(Word):
    MORNING = "morning", "In the morning"
    MIDDAY = "midday", "At midday"


class Ends(Word):
    EVENING = "evening", "At the end of the day"
    MIDDAY = "midday", "At midday"


class TimeAwayForm(FlaskForm):  # type: ignore[misc]
    """Who is away, and from when to when."""

    member_id = row_field("Who", "Choose a person from the list.")
    starts_on = DayField("First day", [required("Enter the first day.")])
    begins = word_field("Starts", Begins, default=Begins.MORNING)
    ends_on = DayField("Last day", [Optional()], description="Leave empty for one day.")
    ends = word_field("Ends", Ends, default=Ends.EVENING)
    note = TextAreaField("Note", [Optional(), Length(max=500, message="Shorten the note to 500 characters.")])

    def __init__(self, people: Sequence[tuple[uuid.UUID, str]], **given: Any) -> None:
        super().__init__(**given)
        self.member_id.choices = row_choices(people)
        if len(people) > 1:
            # Nobody is chosen beforehand: a click too few would put the wrong one on leave.
            self.member_id.choices = row_choices(people, empty="Choose a person")
            self.member_id.validators = [*self.member_id.validators, required("Choose who it is for.")]

    def away(self, kind: AbsenceKind) -> Away:
        """Give the answers as time away."""
        begins = SessionKind.AFTERNOON if self.begins.data is Begins.MIDDAY else SessionKind.EARLY
        ends = SessionKind.MORNING if self.ends.data is Ends.MIDDAY else SessionKind.SATURDAY_AFTERNOON
        return Away(kind, self.starts_on.data, self.ends_on.data or self.starts_on.data, begins, ends)


class LeaveForm(TimeAwayForm):
    kind = word_field("Kind of leave", ASKED_FOR, default=AbsenceKind.ANNUAL)


class SicknessForm(TimeAwayForm):
    pass


class ReasonForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        "Why do you decline it?",
        [
            required("Enter the reason, so that the person knows why."),
            Length(max=500, message="Shorten the reason to 500 characters."),
        ],
        description="The person reads this.",
    )


class BackForm(FlaskForm):  # type: ignore[misc]
    last_day = DayField("Last day away", [required("Enter the last day away.")])
