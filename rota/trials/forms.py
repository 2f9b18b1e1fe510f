"""What the page that tries something out asks."""

import uuid
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms.validators import Optional

from network.plumbing.fields import DayField, WholeNumberField, required, row_choices, row_field, word_field
from network.vocabulary import JobRole
from rota.trials.rules import MOST_SESSIONS, Days


class ClosedForm(FlaskForm):  # type: ignore[misc]
    """A site, and the days on which it would be closed."""

    site = row_field("Site", "Choose a site.")
    first = DayField("First day", [required("Enter the first day on which the site is closed.")])
    last = DayField("Last day", [Optional()])

    def __init__(self, sites: Iterable[tuple[uuid.UUID, str]], **given: Any) -> None:
        super().__init__(**given)
        self.site.choices = row_choices(sites)

    @property
    def days(self) -> Days:
        """The days of a valid form; without a last day it is one."""
        first: date = self.first.data
        return first, self.last.data or first


class LocumForm(FlaskForm):  # type: ignore[misc]
    """A role, and how many sessions a week."""

    role = word_field("Role", [role for role in JobRole if not role.is_learner])
    sessions = WholeNumberField(
        "Sessions a week",
        [required(f"Enter how many sessions a week, from 1 to {MOST_SESSIONS}.")],
        default=4,
    )
