"""The questions about what was agreed with somebody."""

import uuid

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.validators import Optional

from network.plumbing.fields import (
    DayField,
    WholeNumberField,
    required,
    row_field,
    text_field,
    word_field,
)
from rota.agreed.rules import LONGEST_WHY, MOST_OTHERS, PairingKind, WorkAgreement


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


def _as_id(value: uuid.UUID | str) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


class PairingForm(FlaskForm):  # type: ignore[misc]
    """What holds between somebody and another."""

    other_id = row_field(
        "Colleague", "Choose somebody from the list.", validators=[required("Choose a person.")]
    )
    kind = word_field("What is agreed", PairingKind)
    others = SelectMultipleField(
        "Who else meets with them",
        [Optional()],
        coerce=_as_id,
        description=f"Only for those who meet every so often: at most {MOST_OTHERS} people beside the two.",
    )
    days = WholeNumberField(
        "Days at most between two meetings",
        [Optional()],
        description="Only for those who meet every so often.",
    )
    is_firm = BooleanField("It must hold; without this it is kept where it can be", default=True)
    why = text_field("Reason", LONGEST_WHY, description="Seen by those who may change this, never by peers.")
