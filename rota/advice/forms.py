"""What is asked of who asks for leave, or records it beside the grid."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import Optional

from network.plumbing.fields import DayField, required, row_choices, row_field, word_field
from network.vocabulary import SessionKind
from rota.leave.forms import Ends
from rota.leave.rules import AbsenceKind, Away

CHOOSE = "Choose a person"


class QuickForm(FlaskForm):  # type: ignore[misc]
    """Leave recorded from a cell of the grid: what it is, and how long it lasts."""

    absence = word_field("Kind", AbsenceKind, default=AbsenceKind.ANNUAL)
    last_day = DayField("Last day", [Optional()])
    ends = word_field("Ends", Ends, default=Ends.EVENING)

    def away(self, day: date, kind: SessionKind) -> Away:
        ends = SessionKind.MORNING if self.ends.data is Ends.MIDDAY else SessionKind.SATURDAY_AFTERNOON
        return Away(self.absence.data, day, self.last_day.data or day, kind, ends)


class IllForm(FlaskForm):  # type: ignore[misc]
    """Somebody is ill today."""

    member_id = row_field("Who is ill?", "Choose a person from the list.")

    def __init__(self, people: Sequence[tuple[uuid.UUID, str]], **given: Any) -> None:
        super().__init__(**given)
        self.member_id.choices = row_choices(people, empty=CHOOSE)
        self.member_id.validators = [required("Choose who is ill.")]
