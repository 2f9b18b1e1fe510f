"""When people are asked how they fare, who may be asked, and how their answers change. Pure."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mdt.instruments.rules import Answers, Instrument, Item, Scoring, score_of
from network.vocabulary import Word

LONGEST_HELPER = 120
LONGEST_CORRECTION = 300


class Wave(Word):
    """How long after the case came on a list."""

    START = "start", "At the start"
    THREE_MONTHS = "three_months", "After 3 months"
    TWELVE_MONTHS = "twelve_months", "After 12 months"


class How(Word):
    """Who answered."""

    SELF = "self", "The person themselves"
    WITH_HELP = "with_help", "The person, with help"
    CARER = "carer", "A carer, for the person"


class Skipped(Word):
    """Why one wave was not asked."""

    NOT_THIS_TIME = "not_this_time", "They did not want to this time"
    TOO_UNWELL = "too_unwell", "They were too unwell"
    NOT_REACHED = "not_reached", "They could not be reached"
    NOT_RIGHT = "not_right", "It was not the right time to ask"


class MeasureState(Word):
    """How a measure stands; worked out from its days and answers, kept nowhere."""

    TO_COME = "to_come", "To come"
    WAITING = "waiting", "To be asked now"
    ANSWERED = "answered", "Answered"
    SKIPPED = "skipped", "Not asked"
    MISSED = "missed", "Missed"
    STOPPED = "stopped", "Not to be asked"


@dataclass(frozen=True)
class Window:
    """Months after the listing, and how many days before and after that somebody may be asked."""

    months: int
    before: int
    after: int


WINDOWS = {
    Wave.START: Window(0, 0, 28),
    Wave.THREE_MONTHS: Window(3, 14, 28),
    Wave.TWELVE_MONTHS: Window(12, 28, 56),
}


def days_of(wave: Wave, listed_on: date) -> tuple[date, date]:
    """Return the first and the last day on which a wave is asked."""
    window = WINDOWS[wave]
    middle = months_after(listed_on, window.months)
    return middle - timedelta(days=window.before), middle + timedelta(days=window.after)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_to_be_planned(listed_on: date, planned_before: date | None, today: date) -> bool:
    """Say whether the waves of a listing are to be planned: not twice at once, and not after the start."""
    if today > days_of(Wave.START, listed_on)[1]:
        return False
    return planned_before is None or listed_on > days_of(Wave.TWELVE_MONTHS, planned_before)[1]


def state_of(
    opens_on: date, closes_on: date, today: date, *, has_answers: bool, is_skipped: bool, is_stopped: bool
) -> MeasureState:
    """Say how a measure stands; nobody is asked who has died or does not want to be."""
    if has_answers:
        return MeasureState.ANSWERED
    if is_skipped:
        return MeasureState.SKIPPED
    if is_stopped:
        return MeasureState.STOPPED
    if today < opens_on:
        return MeasureState.TO_COME
    return MeasureState.WAITING if today <= closes_on else MeasureState.MISSED


def wrong_with_sheet(how: How, helper: str, answered_on: date, today: date) -> str:
    """Say what is wrong with how and when something was answered, or nothing."""
    if how is not How.SELF and not helper.strip():
        return "Enter who helped, or which carer answered."
    if len(helper) > LONGEST_HELPER:
        return f"Shorten who helped to {LONGEST_HELPER} characters."
    if answered_on > today:
        return "Enter the day on which they answered, up to today."
    return ""


def wrong_with_day(opens_on: date, closes_on: date, answered_on: date) -> str:
    """Say what is wrong with the day of answers to one wave, or nothing: later ones are not its answers."""
    if not opens_on <= answered_on <= closes_on:
        return f"Enter a day from {opens_on:%d/%m/%Y} to {closes_on:%d/%m/%Y}: they were asked in that time."
    return ""


def wrong_with_correction(correction: str) -> str:
    """Say what is wrong with why answers are put right, or nothing."""
    if not correction.strip():
        return "Enter why the earlier answers are put right. They are kept."
    if len(correction) > LONGEST_CORRECTION:
        return f"Shorten the reason to {LONGEST_CORRECTION} characters."
    return ""


@dataclass(frozen=True)
class Answered:
    """What was answered in one wave, to which wording of the questions."""

    wave: Wave
    version: str
    answers: Answers


@dataclass(frozen=True)
class Change:
    """How one question was answered from wave to wave; None where it was not."""

    item: Item
    values: tuple[tuple[Wave, int | None], ...]

    @property
    def given(self) -> list[tuple[Wave, int]]:
        return [(wave, value) for wave, value in self.values if value is not None]

    @property
    def steps(self) -> int | None:
        """How many steps the last answer is above the first; None with fewer than two answers."""
        given = self.given
        return given[-1][1] - given[0][1] if len(given) > 1 else None

    @property
    def is_better(self) -> bool | None:
        """Say whether the last answer is better than the first; None where it is neither better nor worse."""
        if not self.steps:
            return None
        return (self.steps < 0) == self.item.lower_is_better


def scores_of(instrument: Instrument, answered: Sequence[Answered]) -> list[float | None]:
    """Return the score of each wave, None where there is none; nothing for an instrument without a score."""
    if instrument.scoring is Scoring.EACH:
        return []
    same = {each.wave: each.answers for each in answered if each.version == instrument.version}
    return [score_of(instrument, same[wave]) if wave in same else None for wave in Wave]


def changes_of(instrument: Instrument, answered: Sequence[Answered]) -> list[Change]:
    """Put the answers to each question beside each other; those of another wording are left out."""
    same = {each.wave: each.answers for each in answered if each.version == instrument.version}
    return [
        Change(item, tuple((wave, same[wave].get(item.name) if wave in same else None) for wave in Wave))
        for item in instrument.items
    ]


@dataclass(frozen=True)
class Dot:
    """An answer in the picture: how far along the line, and whether it is the last."""

    across: float
    wave: Wave
    value: int
    is_last: bool


def dots_of(instrument: Instrument, change: Change) -> list[Dot]:
    """Lay the answers to one question out along its scale, in hundredths of the line."""
    scale, given = instrument.scale, change.given
    return [
        Dot(
            round(100 * (value - scale.low) / (scale.high - scale.low), 1),
            wave,
            value,
            place == len(given) - 1,
        )
        for place, (wave, value) in enumerate(given)
    ]
