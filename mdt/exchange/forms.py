"""What is asked of whoever gives a case on, or takes over what others sent."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from mdt.exchange.incoming.rules import Difference
from mdt.exchange.wording import FIELDS
from network.plumbing.fields import text_field

KEEP, TAKE = "keep", "take"


class GiveForm(FlaskForm):  # type: ignore[misc]
    """Who gets the file, and what for."""

    recipient = text_field(
        "Who gets it", 200, "Enter who gets the file.", description="A service, such as the community trust."
    )
    reason = text_field(
        "What for", 200, "Enter what the file is for.", description="Without names: this is kept on record."
    )


class BringForm(FlaskForm):  # type: ignore[misc]
    """The file that others sent."""

    file = FileField("File", [FileRequired("Choose the file: a FHIR R4 bundle as JSON.")])


class TakeForm(FlaskForm):  # type: ignore[misc]
    """What is taken over; what differs gives its other fields."""

    with_plan = BooleanField("Put the plan and the goals into a draft, which nobody has agreed yet")
    row_version = HiddenField()

    @property
    def taken(self) -> list[str]:
        return [
            field.name.removeprefix("of_")
            for field in self
            if field.name.startswith("of_") and field.data == TAKE
        ]

    @property
    def seen(self) -> int:
        text = self.row_version.data or ""
        return int(text) if text.isdecimal() and len(text) < 9 else 0


def take_form(found: Iterable[Difference], row_version: int) -> TakeForm:
    """Return the form that asks of each difference which is right."""
    fields: dict[str, Any] = {}
    for each in found:
        fields[f"of_{each.name}"] = RadioField(
            FIELDS[each.name],
            choices=[
                SelectChoice(KEEP, f"Here: {each.ours or 'nothing'}"),
                SelectChoice(TAKE, f"In the file: {each.theirs}"),
            ],
            default=KEEP,
        )
    made: type[TakeForm] = type("TakeOfRecordForm", (TakeForm,), fields)
    return made(data={"row_version": str(row_version)})
