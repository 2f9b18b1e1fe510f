"""When a case is over, when it comes back, and what has to be done before it is closed. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from mdt.cases.rules import MOVES, CaseState
from network.vocabulary import Word

S = CaseState

CAN_CLOSE = frozenset(state for state, moves in MOVES.items() if S.CLOSED in moves)
# What is under way comes back on the day that was agreed.
CAN_COME_BACK = frozenset(state for state, moves in MOVES.items() if S.REVIEW_DUE in moves)
LONGEST_WHY = 500
LONGEST_REVIEW = timedelta(days=400)


class ClosedWhy(Word):
    """Why a case is over."""

    ANSWERED = "answered", "The question is answered and nothing is left to do"
    ELSEWHERE = "elsewhere", "Another service goes on with it"
    DECLINED = "declined", "The person does not want it any more"
    MOVED = "moved", "The person moved away"
    DIED = "died", "The person died"
    OTHER = "other", "Another reason"


@dataclass(frozen=True)
class Standing:
    """How a case stands, as far as closing asks."""

    state: CaseState
    open_actions: int = 0
    is_unsigned: bool = False
    is_told: bool = True
    has_died: bool = False
    has_huddle: bool = False
    has_place: bool = False


def missing_to_close(standing: Standing) -> list[str]:
    """Name what has to be done before a case is closed, each as a sentence to act on."""
    missing = []
    if standing.state not in CAN_CLOSE:
        return [f"This case is {standing.state.label.lower()}: only what was discussed can be closed."]
    if standing.has_huddle:
        missing.append("Hold the huddle that is called on it, or call it off.")
    if standing.is_unsigned:
        missing.append("Have the minutes signed: what was decided is not final before.")
    if standing.open_actions:
        one = standing.open_actions == 1
        missing.append(
            f"Answer for {standing.open_actions} open {'action' if one else 'actions'}: done, not done, or"
            " cancelled."
        )
    if standing.has_place:
        missing.append("Say whether they came to the clinic they are booked into, or give the place back.")
    if not standing.is_told and not standing.has_died:
        missing.append("Tell the person what was decided, and note how they were told.")
    return missing


def comes_back(state: CaseState, review_due: date | None, today: date) -> bool:
    """Say whether the day has come on which a case is to be looked at again."""
    return state in CAN_COME_BACK and review_due is not None and review_due <= today


def wrong_with_review(day: date, today: date) -> str:
    """Say what is wrong with the day on which a case is to be looked at again, or nothing."""
    if day <= today:
        return "Choose a day after today, or bring the case back now."
    if day > today + LONGEST_REVIEW:
        return "Choose a day within about a year: every plan is looked at once a year."
    return ""
