"""What the grid and the panel beside it send."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional, ValidationError

from network.plumbing.arriving import read_json
from network.plumbing.fields import DayField, required
from network.plumbing.refusals import Invalid
from network.plumbing.typed import day_of_address
from network.vocabulary import Activity, SessionKind
from rota.desk.rules import Change
from rota.edits.rules import Cell, EditKind
from rota.rows.rules import EMPTY

# The name of a site and of an activity, and some more.
LONGEST_TEXT = 120
DEEDS = ("place", "make", "clear", "pin", "unpin", "move")


class Identity(StringField):
    """The id of a row, as text."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0]:
            try:
                self.data = uuid.UUID(valuelist[0])  # type: ignore[assignment]
            except ValueError as error:
                raise ValidationError("Choose one of the list.") from error


class CellForm(FlaskForm):  # type: ignore[misc]
    """One change of one cell."""

    member = Identity("Person", [required("Choose a person.")])
    day = DayField("Day", [required("Choose a day.")])
    kind = SelectField("Session", choices=[SelectChoice(kind.value, kind.label) for kind in SessionKind])
    seen = StringField("Seen", default=EMPTY)
    deed = SelectField("What", choices=[SelectChoice(deed, deed) for deed in DEEDS], default="place")
    line = Identity("Duty", [Optional()])
    to = StringField("Session", default="")
    site = Identity("Site", [Optional()])
    activity = SelectField(
        "Activity",
        [Optional()],
        choices=[SelectChoice(each.value, each.label) for each in Activity],
        default=None,
    )

    def validate_deed(self, field: SelectField) -> None:
        """Refuse a place made by hand of which nobody said what for."""
        if field.data == "make" and not self.activity.data:
            raise ValidationError("Choose an activity.")

    @property
    def cell(self) -> Cell:
        return Cell(self.member.data, self.day.data, SessionKind(self.kind.data))  # type: ignore[arg-type]

    @property
    def target(self) -> tuple[Cell, str]:
        """Where somebody is to be moved, and the mark of what was seen there."""
        day, kind, seen = (*(self.to.data or "").split(), "", "", "")[:3]
        cell = cell_from(str(self.member.data), day, kind)
        if cell is None:
            raise Invalid("Choose a session to move to.")
        return cell, seen


def cell_from(member: str, day: str, kind: str) -> Cell | None:
    """Read the cell that an address names, None where it names none."""
    try:
        return Cell(uuid.UUID(member), day_of_address(day), SessionKind(kind))
    except ValueError:
        return None


def changes_in(text: str) -> Sequence[Change]:
    """Read the cells that the grid sends, as JSON."""
    try:
        return [_change(each) for each in read_json(text)]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Invalid("We could not read which cells to change. Reload the page and try again.") from error


def kind_in(text: str) -> EditKind:
    """Read how the grid came by its changes: pasted, or one by one."""
    return EditKind.PASTE if text == EditKind.PASTE else EditKind.CHANGE


def _change(each: Any) -> Change:
    cell = cell_from(each["member"], each["day"], each["kind"])
    if cell is None:
        raise ValueError(each)
    return Change(cell, str(each.get("to") or "")[:LONGEST_TEXT], str(each.get("seen") or EMPTY))
