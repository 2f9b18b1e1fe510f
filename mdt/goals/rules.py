"""Goals in the person's words, measured by goal attainment scaling. Pure.

Sources: Kiresuk and Sherman (1968), Community Mental Health Journal 4, 443-453; Turner-Stokes (2009),
Clinical Rehabilitation 23, 362-370, with its erratum.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt

from network.vocabulary import Word

LONGEST_WORDS = 500
LONGEST_LEVEL = 200
LONGEST_NAME = 120
# More goals than these at a time are nobody's goals.
MOST_GOALS = 10
# How far the goals of one person move together, as the authors of the method took it.
CORRELATION = 0.3
MEAN, SPREAD = 50.0, 10.0


class GoalState(Word):
    ACTIVE = "active", "Being worked on"
    ACHIEVED = "achieved", "Achieved"
    ENDED = "ended", "Ended"


GOAL_MOVES: dict[GoalState, frozenset[GoalState]] = {
    GoalState.ACTIVE: frozenset({GoalState.ACHIEVED, GoalState.ENDED}),
    # Ended by a slip, or wanted again.
    GoalState.ACHIEVED: frozenset({GoalState.ACTIVE}),
    GoalState.ENDED: frozenset({GoalState.ACTIVE}),
}


# Those that the score is of; what is not wanted any more is no goal.
COUNTED = frozenset({GoalState.ACTIVE, GoalState.ACHIEVED})


class Level(Word):
    """How far a goal is reached; the word is the number that the method gives it."""

    MUCH_LESS = "-2", "Much less than hoped"
    LESS = "-1", "Somewhat less than hoped"
    EXPECTED = "0", "As hoped"
    MORE = "1", "Somewhat more than hoped"
    MUCH_MORE = "2", "Much more than hoped"

    @property
    def number(self) -> int:
        return int(self.value)


LEVELS = tuple(Level)
# A goal of keeping what is there starts where one hopes to be; what is above that is reached already.
STARTS = (Level.MUCH_LESS, Level.LESS, Level.EXPECTED)


class Weight(Word):
    """How important a goal is to the person, or how hard the team thinks it is."""

    NONE = "0", "Not at all"
    LITTLE = "1", "A little"
    FAIRLY = "2", "Fairly"
    VERY = "3", "Very"

    @property
    def number(self) -> int:
        return int(self.value)


@dataclass(frozen=True)
class GoalDetails:
    """A goal as the person says it, and what one would see at each of its five levels."""

    words: str
    said_by: str
    measure: str = ""
    levels: tuple[str, ...] = ("", "", "", "", "")
    baseline: int | None = None
    importance: int = 1
    difficulty: int = 1

    @property
    def weight(self) -> int:
        """Return what the goal counts in the score."""
        return self.importance * self.difficulty

    @property
    def is_scaled(self) -> bool:
        """Say whether somebody could tell how far it is reached."""
        return all(self.levels) and self.baseline is not None


@dataclass(frozen=True)
class Reached:
    """How far a goal was reached on a day."""

    day: date
    level: int
    by: str = ""
    words: str = ""
    review_id: uuid.UUID | None = None


@dataclass(frozen=True)
class GoalSoFar:
    """A goal as it is worded now, and how far it was reached since its levels were described so."""

    goal_id: uuid.UUID
    details: GoalDetails
    set_on: date
    reached: tuple[Reached, ...] = ()
    state: GoalState = GoalState.ACTIVE
    version: int = 1
    # Measured by levels that were described in another way: no like for like.
    earlier: tuple[Reached, ...] = ()
    ended_on: date | None = None
    ended_why: str = ""

    @property
    def latest(self) -> Reached | None:
        return self.reached[-1] if self.reached else None

    @property
    def level(self) -> int | None:
        """Return where it stands now; what is achieved stands where one hoped, or above."""
        return self._at_least(self.latest.level if self.latest else self.details.baseline)

    @property
    def level_label(self) -> str:
        """Name where it stands now; empty while nobody has described its levels."""
        return "" if self.level is None else Level(str(self.level)).label

    def level_on(self, day: date) -> int | None:
        """Return where it stood on a day: what was reached last, else where it started."""
        until = [each for each in self.reached if each.day <= day]
        level = until[-1].level if until else self.details.baseline
        return self._at_least(level) if self.ended_on is not None and self.ended_on <= day else level

    def without_remarks(self) -> "GoalSoFar":
        """Leave out what those who looked at it said: members who are not clinical do not read that."""
        return replace(
            self,
            reached=tuple(replace(each, words="") for each in self.reached),
            earlier=tuple(replace(each, words="") for each in self.earlier),
            ended_why="",
        )

    def _at_least(self, level: int | None) -> int | None:
        if level is None or self.state is not GoalState.ACHIEVED:
            return level
        return max(level, Level.EXPECTED.number)


def t_score(weighted: Iterable[tuple[int, int]]) -> float | None:
    """Return the score of some goals, each a weight and a level: 50 where all are as hoped.

    None where no goal counts anything: there is no score of nothing.
    """
    counted = [(weight, level) for weight, level in weighted if weight]
    if not counted:
        return None
    weights = [weight for weight, _ in counted]
    spread = (1 - CORRELATION) * sum(weight**2 for weight in weights) + CORRELATION * sum(weights) ** 2
    return MEAN + SPREAD * sum(weight * level for weight, level in counted) / sqrt(spread)


def score_now(goals: Iterable[GoalSoFar]) -> float | None:
    """Return the score of the goals of one person as they stand."""
    return t_score((each.details.weight, each.level or 0) for each in _scaled(goals))


def score_at_start(goals: Iterable[GoalSoFar]) -> float | None:
    """Return the score of the same goals where they started."""
    return t_score((each.details.weight, each.details.baseline or 0) for each in _scaled(goals))


def course_of(goals: Iterable[GoalSoFar]) -> list[tuple[date, float]]:
    """Return the score on each day on which something was looked at, of one set of goals throughout.

    A goal that was set later counts from its start, so that a change is one of people and not of the sum.
    """
    counted = [each for each in _scaled(goals) if each.details.weight]
    days = sorted(
        {reached.day for each in counted for reached in each.reached}
        | {each.ended_on for each in counted if each.ended_on is not None}
    )
    if not counted or not days:
        return []
    first = min(each.set_on for each in counted)
    return [(day, _score_on(counted, day)) for day in sorted({min(first, days[0]), *days})]


def _score_on(goals: Sequence[GoalSoFar], day: date) -> float:
    return t_score((each.details.weight, each.level_on(day) or 0) for each in goals) or MEAN


def _scaled(goals: Iterable[GoalSoFar]) -> list[GoalSoFar]:
    # What was achieved counts on: a score must not fall because somebody got there.
    return [each for each in goals if each.state in COUNTED and each.details.is_scaled]


def months_between(start: date, day: date) -> float:
    """Return how many months lie between two days, to a tenth."""
    return round((day - start).days / 30.44, 1)


def wrong_with_goal(details: GoalDetails) -> str:
    """Say what is wrong with a goal as it is put down, or nothing."""
    if not details.words.strip():
        return "Enter what the person wants to reach, in their words."
    if not details.said_by.strip():
        return "Enter who said it."
    for name, text, longest in (
        ("goal", details.words, LONGEST_WORDS),
        ("name of who said it", details.said_by, LONGEST_NAME),
        ("way to measure it", details.measure, LONGEST_WORDS),
    ):
        if len(text) > longest:
            return f"Shorten the {name} to {longest} characters: it has {len(text)}."
    return _wrong_with_scale(details)


def _wrong_with_scale(details: GoalDetails) -> str:
    described = [level for level in details.levels if level]
    if not described and details.baseline is None:
        return ""
    if len(described) < len(LEVELS):
        return "Describe all five levels, or leave them all out for now."
    if any(len(level) > LONGEST_LEVEL for level in described):
        return f"Shorten each level to {LONGEST_LEVEL} characters."
    if len({level.casefold() for level in described}) < len(described):
        return "Describe each level in its own words: two of them say the same."
    if details.baseline is None:
        return "Choose where the person starts."
    if details.baseline not in {start.number for start in STARTS}:
        return "Set the goal further: the person is beyond it already."
    return ""


def wrong_with_review(day: date, set_on: date, reached: Collection[Reached], today: date) -> str:
    """Say what is wrong with the day on which a goal was looked at, or nothing."""
    if day > today:
        return "Enter a day that is not in the future."
    if day < set_on:
        return "Enter a day after the goal was set."
    if any(each.day == day for each in reached):
        return "This goal was looked at on that day already: take that back first if it was wrong."
    return ""
