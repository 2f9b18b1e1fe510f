"""What the page of shares asks: a share for each practice, from when, and who agreed."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from network.plumbing.fields import DayField, WholeNumberField, required, text_field

BY_LIST, AGREED = "list", "agreed"


class SharesForm(FlaskForm):  # type: ignore[misc]
    """How a group of roles is shared; the practices' own fields are added by `shares_form`."""

    way = RadioField(
        "How is it shared?",
        choices=[
            SelectChoice(AGREED, "As agreed below"),
            SelectChoice(BY_LIST, "By the practices' lists of patients"),
        ],
        default=AGREED,
    )
    starts_on = DayField("From", [required("Enter the day from which this holds.")])
    why = text_field(
        "Who agreed on this, and when?",
        300,
        "Enter who agreed on this and when, such as 'Network board, 3 November'.",
    )
    names: tuple[tuple[str, uuid.UUID], ...] = ()

    @property
    def shares(self) -> dict[uuid.UUID, int]:
        """The shares that were entered; a practice without one has none."""
        return {organisation_id: self[name].data or 0 for name, organisation_id in self.names}

    @property
    def is_by_list(self) -> bool:
        return bool(self.way.data == BY_LIST)


def shares_form(practices: Sequence[tuple[uuid.UUID, str, int]], **given: Any) -> SharesForm:
    """Make the form with one question for each practice: its id, its name and its share so far."""
    names = tuple((f"share_{number}", practice_id) for number, (practice_id, _, _) in enumerate(practices))
    fields = {
        name: WholeNumberField(said, default=percent)
        for (name, _), (_, said, percent) in zip(names, practices, strict=True)
    }
    form: SharesForm = type("SharesOfPractices", (SharesForm,), {**fields, "names": names})(**given)
    return form
