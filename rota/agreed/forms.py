"""The questions about what was agreed with somebody."""

import uuid

from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import Optional

from network.plumbing.fields import (
    DayField,
    WholeNumberField,
    required,
    row_field,
    text_field,
    word_field,
)
from rota.agreed.rules import LONGEST_WHY, PairingKind, WorkAgreement


class AgreedForm(FlaskForm):  # type: ignore[misc]
    """One person's numbers; an empty answer leaves it to the rules."""

    opted_out_on = DayField(
        "Opted out of the 48-hour week on",
        [Optional()],
        description="The day from which a written opt-out holds. Leave empty if there is none.",
    )
    longest_run = WholeNumberField("Longest run of working days", [Optional()])
    shortest_run = WholeNumberField("Shortest run of working days", [Optional()])
    shortest_break = WholeNumberField("Shortest run of days off", [Optional()])
    most_weekends = WholeNumberField("Most weekends in a rota", [Optional()])
    most_evenings = WholeNumberField("Most evenings in a rota", [Optional()])
    least_hours = WholeNumberField("Least hours in a rota", [Optional()])
    most_hours = WholeNumberField("Most hours in a rota", [Optional()])

    @property
    def agreed(self) -> WorkAgreement:
        return WorkAgreement(**{name: self[name].data for name in WorkAgreement.__dataclass_fields__})


class PairingForm(FlaskForm):  # type: ignore[misc]
    """What holds between somebody and another."""

    other_id = row_field(
        "Colleague", "Choose somebody from the list.", validators=[required("Choose a person.")]
    )
    kind = word_field("What is agreed", PairingKind)
    third_id = row_field("Who meets with them", "Choose somebody from the list.")
    fourth_id = row_field("And who else", "Choose somebody from the list.")
    days = WholeNumberField(
        "Days at most between two meetings",
        [Optional()],
        description="Only for those who meet every so often.",
    )
    is_firm = BooleanField("It must hold; without this it is kept where it can be", default=True)
    why = text_field("Reason", LONGEST_WHY, description="Seen by those who may change this, never by peers.")

    @property
    def others(self) -> list[uuid.UUID]:
        """Who meets beside the two."""
        return [field.data for field in (self.third_id, self.fourth_id) if field.data]
