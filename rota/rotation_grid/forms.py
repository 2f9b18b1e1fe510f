"""What whoever plans rotations is asked: for a plan, for a placement, for a reason."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from network.plumbing.fields import (
    DayField,
    WholeNumberField,
    required,
    row_choices,
    row_field,
    text_field,
)
from rota.placing.rules import Spot
from rota.rotations.rules import LONGEST_LABEL, LONGEST_NAME, LONGEST_REASON

Rows = Iterable[tuple[uuid.UUID, str]]


class PlanForm(FlaskForm):  # type: ignore[misc]
    """A plan to be made: its name and its weeks."""

    name = text_field("Name", LONGEST_NAME, "Give the plan a name.", description="Such as the training year")
    starts_on = DayField(
        "First Monday", [required("Enter the Monday on which the plan begins.")], description="A Monday"
    )
    weeks = WholeNumberField("Weeks", [required("Enter how many weeks the plan has.")], default=52)
    block_weeks = WholeNumberField(
        "Weeks in a block", [required("Enter how many weeks a block has.")], default=4
    )


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """Where a learner is to be, from when and for how long."""

    offer = row_field("Host", "Choose a host.")
    starts_on = DayField("From Monday", [required("Enter the Monday on which the placement begins.")])
    weeks = WholeNumberField("Weeks", [required("Enter how many weeks the placement lasts.")])
    reason = text_field(
        "Reason",
        LONGEST_REASON,
        description="Wanted nearer than the learner's notice. Nobody sees it but those who plan",
    )

    def __init__(self, offers: Rows, **given: Any) -> None:
        super().__init__(**given)
        self.offer.choices = row_choices(offers, empty="Choose a host")

    @property
    def spot(self) -> Spot:
        """What a valid form says."""
        return Spot(self.offer.data, self.starts_on.data, self.weeks.data)


class CopyForm(FlaskForm):  # type: ignore[misc]
    """A copy that tries something out."""

    label = text_field("What it tries out", LONGEST_LABEL, "Say what the copy tries out.")


class MendForm(FlaskForm):  # type: ignore[misc]
    """Who may be moved nearer than their notice when a plan is mended, and why."""

    allowed = SelectMultipleField("Who may be moved nearer than their notice", [Optional()])
    reason = text_field(
        "Reason",
        LONGEST_REASON,
        description="Wanted where you tick anybody. Those who plan alone see it",
    )

    def __init__(self, learners: Rows, **given: Any) -> None:
        super().__init__(**given)
        self.allowed.choices = [SelectChoice(str(learner_id), name) for learner_id, name in learners]


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why learners hear nearer than their notice."""

    reason = text_field(
        "Reason",
        LONGEST_REASON,
        description="Kept for those who plan; no letter names it",
    )
