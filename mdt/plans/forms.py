"""What is asked of a plan: its words, how it was agreed, why it ends."""

import uuid
from collections.abc import Iterable
from datetime import date

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectMultipleField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from mdt.plans.rules import (
    LONGEST_TEXT,
    LONGEST_WHY,
    LONGEST_WITH,
    AgreedHow,
    Agreement,
    Criterion,
    PlanWords,
    year_after,
)
from network.plumbing.database import today
from network.plumbing.fields import DayField, required, row_choices, row_field, text_field, word_field


class SeenForm(FlaskForm):  # type: ignore[misc]
    """Which version of a draft somebody looked at."""

    seen = IntegerField(widget=HiddenInput())

    def show_version(self, version: int) -> None:
        """Send the version that stands now, whatever was sent before."""
        self.seen.data, self.seen.raw_data = version, None


class WordsForm(SeenForm):
    """What a plan says besides its goals."""

    own_part = text_field("What the person does", LONGEST_TEXT)
    others_part = text_field("What others do, and who", LONGEST_TEXT)
    signs = text_field(
        "How one knows that things go wrong",
        LONGEST_TEXT,
        description="What they and those near them notice.",
    )
    steps = text_field("What to do then", LONGEST_TEXT, description="Step by step, the first one first.")
    contact = text_field(
        "Whom to ring, day and night", LONGEST_TEXT, description="Names and numbers that the person may call."
    )

    @property
    def words(self) -> PlanWords:
        return PlanWords(
            self.own_part.data, self.others_part.data, self.signs.data, self.steps.data, self.contact.data
        )


class AgreeForm(SeenForm):
    """With whom and when a plan was agreed, and how honest it is."""

    how = word_field("How it was agreed", AgreedHow, validators=[required("Choose how it was agreed.")])
    agreed_with = text_field(
        "Who agreed", LONGEST_WITH, "Enter who agreed.", description="Such as “Edith and her daughter Ann”."
    )
    agreed_on = DayField("When", [required("Enter the day on which it was agreed.")], default=today)
    ticks = SelectMultipleField(
        "What is true of this plan",
        [Optional()],
        choices=[SelectChoice(each.value, each.label) for each in Criterion],
        coerce=Criterion,
        description="Tick what the person would say yes to. An honest gap is worth more than a tick.",
    )
    unticked_why = text_field(
        "What is still missing, and what you will do about it",
        LONGEST_WHY,
        description="Needed where something is not ticked.",
    )
    next_review = DayField(
        "To be looked at again by",
        [required("Enter the day of the next review.")],
        description="Within twelve months of the day it was agreed.",
    )
    coordinator_id = row_field(
        "Who coordinates",
        "Choose a coordinator from the list.",
        validators=[required("Choose who coordinates: the person needs somebody to turn to.")],
        description="The person turns to them about this plan.",
    )

    def offer(self, coordinators: Iterable[tuple[uuid.UUID, str]]) -> None:
        """Offer those who can coordinate."""
        self.coordinator_id.choices = row_choices(coordinators, empty="Choose one")

    def start(self, day: date) -> None:
        """Start from a review in a year."""
        self.next_review.data = year_after(day)

    @property
    def agreement(self) -> Agreement:
        return Agreement(
            how=self.how.data,
            agreed_with=self.agreed_with.data,
            agreed_on=self.agreed_on.data,
            next_review=self.next_review.data,
            coordinator_id=self.coordinator_id.data,
            ticks=frozenset(self.ticks.data or ()),
            unticked_why=self.unticked_why.data,
        )


class EndForm(FlaskForm):  # type: ignore[misc]
    """Why there is no plan any more."""

    why = text_field("Why", LONGEST_WHY, "Enter why there is no plan any more.")
