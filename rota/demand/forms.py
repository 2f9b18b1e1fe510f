"""The questions of the demand pages."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from network.organisations.rules import WEEKDAYS, WeeklySession
from network.plumbing.fields import DayField, WholeNumberField, choice_field, required, text_field, word_field
from network.vocabulary import Activity, FundingStream, RoleGroup, RoomKind, SessionKind
from rota.demand.rules import Want, wrong_with_want
from rota.demand.wording import session_value

# The questions whose answers are the line's own values.
PLAIN = ("role_group", "activity", "minimum", "desired", "maximum", "room", "funding", "starts_on", "ends_on")


class WantForm(FlaskForm):  # type: ignore[misc]
    """A weekly line of demand."""

    session = choice_field("Session", "Choose a session in which the site is open.")
    role_group = word_field("Who", RoleGroup)
    activity = word_field("Activity", Activity)
    minimum = WholeNumberField("Minimum", [required("Enter the minimum, or 0.")])
    desired = WholeNumberField("Desired", [required("Enter the desired number.")])
    maximum = WholeNumberField("Most", [required("Enter the most that rooms and lists can bear.")])
    room = word_field("Room needed", RoomKind, empty="No room")
    funding = word_field("Paid by", FundingStream, default=FundingStream.CORE)
    competencies = SelectMultipleField("Competencies needed", [Optional()])
    starts_on = DayField("First day", [Optional()], description="Leave empty for today.")
    ends_on = DayField("Last day", [Optional()], description="Leave empty if it goes on.")

    def __init__(
        self, open_sessions: Sequence[WeeklySession], competencies: Mapping[str, str], **given: Any
    ) -> None:
        super().__init__(**given)
        self.session.choices = [
            SelectChoice(session_value(session), session.said) for session in open_sessions
        ]
        self.competencies.choices = [SelectChoice(code, label) for code, label in competencies.items()]

    @classmethod
    def answers_of(cls, want: Want) -> dict[str, Any]:
        """Give the answers that make this line."""
        return {**vars(want), "session": session_value(want.session), "competencies": list(want.competencies)}

    @property
    def want(self) -> Want:
        weekday, kind = str(self.session.data).split("-")
        return Want(
            weekday=int(weekday),
            kind=SessionKind(kind),
            competencies=tuple(self.competencies.data or ()),
            **{name: self[name].data for name in PLAIN},
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Put what the rules find wrong beside its question."""
        if not super().validate(extra_validators):
            return False
        for name, sentence in wrong_with_want(self.want).items():
            self[name].errors = [*self[name].errors, sentence]
        return not self.errors


class CopyForm(FlaskForm):  # type: ignore[misc]
    """Copy one weekday to others."""

    weekday = choice_field("Copy the lines of", "Choose a weekday from the list.", int)
    to = SelectMultipleField("To", [required("Choose at least one other weekday.")], coerce=int)

    def __init__(self, weekdays: Sequence[int], **given: Any) -> None:
        super().__init__(**given)
        choices = [SelectChoice(weekday, WEEKDAYS[weekday]) for weekday in weekdays]
        self.weekday.choices, self.to.choices = choices, choices


class ClosureForm(FlaskForm):  # type: ignore[misc]
    """Close a site for a day or a session."""

    day = DayField("Day", [required("Enter the day.")])
    kind = word_field("For", SessionKind, empty="The whole day")
    why = text_field("Why", 120, "Enter why the site is closed, such as 'Protected learning time'.")
