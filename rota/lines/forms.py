"""What the pages on one rota's cover ask."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from network.plumbing.fields import WholeNumberField, choice_field, required, word_field
from network.plumbing.templating import day as day_said
from network.vocabulary import Activity, FundingStream, RoleGroup, RoomKind, SessionKind
from rota.lines.rules import Numbers


class NumbersForm(FlaskForm):  # type: ignore[misc]
    """How many people a line asks for."""

    minimum = WholeNumberField("Minimum", [required("Enter the minimum, or 0.")])
    desired = WholeNumberField("Desired", [required("Enter the desired number.")])
    maximum = WholeNumberField("Most", [required("Enter the most that rooms and lists can bear.")])

    @property
    def numbers(self) -> Numbers:
        return Numbers(self.minimum.data, self.desired.data, self.maximum.data)


class LineForm(NumbersForm):
    """A line for one session of this rota."""

    session = choice_field("Session", "Choose a session of this week.")
    role_group = word_field("Who", RoleGroup)
    activity = word_field("Activity", Activity)
    room = word_field("Room needed", RoomKind, empty="No room")
    funding = word_field("Paid by", FundingStream, default=FundingStream.CORE)

    def __init__(self, sessions: Sequence[tuple[date, SessionKind]], **given: Any) -> None:
        super().__init__(**given)
        self.session.choices = [
            SelectChoice(value_of(day, kind), f"{day_said(day)} {kind.label}") for day, kind in sessions
        ]

    @property
    def chosen(self) -> tuple[date, SessionKind]:
        """The day and the session of a valid form."""
        day, kind = str(self.session.data).split(" ", 1)
        return date.fromisoformat(day), SessionKind(kind)


def value_of(day: date, kind: SessionKind) -> str:
    """Give a session as an answer of the form."""
    return f"{day.isoformat()} {kind.value}"
