"""What is asked about a goal: the person's words, five levels, how far it is reached, why it ends."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from mdt.goals.rules import (
    LEVELS,
    LONGEST_LEVEL,
    LONGEST_NAME,
    LONGEST_WORDS,
    STARTS,
    GoalDetails,
    GoalState,
    Level,
    Weight,
)
from network.plumbing.database import today
from network.plumbing.fields import DayField, WholeNumberField, required, text_field, word_field

LEVEL_NAMES = ("much_less", "less", "expected", "more", "much_more")


class GoalForm(FlaskForm):  # type: ignore[misc]
    """A goal in the person's words, and how one would see how far it is reached."""

    # A goal that is new has no version yet: browsers send the field empty.
    seen = WholeNumberField("", [Optional()], widget=HiddenInput())
    words = text_field(
        "What they want to reach, in their words",
        LONGEST_WORDS,
        "Enter what the person wants to reach, in their words.",
    )
    said_by = text_field(
        "Who said it", LONGEST_NAME, "Enter who said it.", description="The person, or who speaks for them."
    )
    measure = text_field(
        "How one can tell",
        LONGEST_WORDS,
        description="What is looked at, and by when, such as “walks outdoors, by Easter”.",
    )
    much_less = text_field(Level.MUCH_LESS.label, LONGEST_LEVEL)
    less = text_field(Level.LESS.label, LONGEST_LEVEL)
    expected = text_field(Level.EXPECTED.label, LONGEST_LEVEL)
    more = text_field(Level.MORE.label, LONGEST_LEVEL)
    much_more = text_field(Level.MUCH_MORE.label, LONGEST_LEVEL)
    baseline = word_field("Where they are now", STARTS, empty="Not described yet")
    importance = word_field("How important it is to the person", Weight, default=Weight.FAIRLY)
    difficulty = word_field("How hard the team thinks it is", Weight, default=Weight.FAIRLY)

    def fill(self, details: GoalDetails, version: int) -> None:
        """Start from a goal as it is worded now."""
        self.seen.data = version
        self.words.data, self.said_by.data = details.words, details.said_by
        self.measure.data = details.measure
        for name, text in zip(LEVEL_NAMES, details.levels, strict=True):
            self[name].data = text
        self.baseline.data = None if details.baseline is None else Level(str(details.baseline))
        self.importance.data = Weight(str(details.importance))
        self.difficulty.data = Weight(str(details.difficulty))

    def show_version(self, version: int) -> None:
        """Send the version that stands now: whoever sends again has seen what the refusal says."""
        self.seen.data, self.seen.raw_data = version, None

    @property
    def details(self) -> GoalDetails:
        return GoalDetails(
            words=self.words.data,
            said_by=self.said_by.data,
            measure=self.measure.data,
            levels=tuple(self[name].data for name in LEVEL_NAMES),
            baseline=self.baseline.data.number if self.baseline.data else None,
            importance=self.importance.data.number,
            difficulty=self.difficulty.data.number,
        )


class ReviewForm(FlaskForm):  # type: ignore[misc]
    """How far a goal is reached."""

    level = word_field("How far they are", LEVELS, validators=[required("Choose how far they are.")])
    day = DayField("When you looked at it", [required("Enter the day.")], default=today)
    words = text_field("What is to be said of it", LONGEST_WORDS, description="In their words where you can.")

    def describe(self, levels: Iterable[str]) -> None:
        """Show each level as it was described for this goal."""
        pairs: list[Any] = [
            SelectChoice(level.value, f"{level.label}: {text}")
            for level, text in zip(LEVELS, levels, strict=True)
        ]
        self.level.choices = pairs


class EndForm(FlaskForm):  # type: ignore[misc]
    """Why a goal is not worked on any more."""

    state = word_field(
        "What became of it",
        (GoalState.ACHIEVED, GoalState.ENDED),
        validators=[required("Choose what became of it.")],
    )
    why = text_field("Why", LONGEST_WORDS, description="Needed where it is ended without being achieved.")
