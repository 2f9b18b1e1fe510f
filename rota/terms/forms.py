"""The questions of the terms of leave."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from network.plumbing.fields import NumberField, WholeNumberField
from rota.leave.rules import ASKED_FOR, AbsenceKind


class TermsForm(FlaskForm):  # type: ignore[misc]
    """On what terms an employer gives leave; what is left empty follows the network."""

    weeks = NumberField("Weeks of leave a year", [Optional()])
    year_day = WholeNumberField("Leave year starts: day", [Optional()])
    year_month = WholeNumberField("Month", [Optional()])
    notice_days = WholeNumberField("Notice at least", [Optional()])
    own_kinds = BooleanField("Choose here which kinds the rule may approve")
    automatic = SelectMultipleField(
        "Kinds that rule R39 approves when nothing stands against them",
        choices=[SelectChoice(kind.value, kind.label) for kind in ASKED_FOR],
    )

    @property
    def kinds(self) -> frozenset[AbsenceKind] | None:
        chosen = frozenset(AbsenceKind(value) for value in self.automatic.data or ())
        return chosen if self.own_kinds.data else None

    @property
    def tenths(self) -> int | None:
        weeks: Any = self.weeks.data
        return None if weeks is None else round(10 * weeks)
