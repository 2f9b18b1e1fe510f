"""How measures and what they show read."""

from mdt.instruments.rules import Instrument, Scoring
from mdt.outcomes.rules import Change, How, MeasureState, Wave

# Text, tone and mark of a tag.
Tag = tuple[str, str, str]

STATES: dict[MeasureState, Tag] = {
    MeasureState.TO_COME: ("To come", "plain", ""),
    MeasureState.WAITING: ("To be asked now", "warning", "?"),
    MeasureState.ANSWERED: ("Answered", "good", "\N{CHECK MARK}"),
    MeasureState.SKIPPED: ("Not asked", "done", ""),
    MeasureState.MISSED: ("Missed", "draft", "\N{MULTIPLICATION SIGN}"),
    MeasureState.STOPPED: ("Not to be asked", "done", ""),
}
# The table of figures: the question, then what was answered in each wave.
COLUMNS = ["Question", *((wave.label, "numeric") for wave in Wave)]
RATHER_NOT = "I would rather not say"


def change_said(change: Change) -> str:
    """Say how a question was answered first and last: 'From 3 to 6: 3 higher, which is better.'"""
    given = change.given
    if not given:
        return "Not answered yet."
    if change.steps is None:
        return f"{given[0][1]}, {given[0][0].label.lower()}. Nothing to compare it with yet."
    first, last = given[0], given[-1]
    if change.steps == 0:
        return f"{first[1]}, {first[0].label.lower()} and {last[0].label.lower()}: the same."
    way = "higher" if change.steps > 0 else "lower"
    worth = "better" if change.is_better else "worse"
    return (
        f"From {first[1]} to {last[1]}, {last[0].label.lower()}: {abs(change.steps)} {way}, which is {worth}."
    )


def who_answered(how: How, helper: str) -> str:
    """Say who answered."""
    if how is How.SELF:
        return "the person themselves"
    return f"the person, helped by {helper}" if how is How.WITH_HELP else f"{helper}, for the person"


def scoring_said(instrument: Instrument) -> str:
    """Say how the answers are put together, or that they are not."""
    if instrument.scoring is Scoring.EACH:
        return "Each question stands for itself: no total is made."
    return (
        "The score is the mean of the answers, turned so that 0 is the worst and 100 the best;"
        f" with fewer than {instrument.fewest} answers there is none."
    )
