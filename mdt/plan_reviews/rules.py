"""How the review of a plan comes to a meeting. Pure."""

from mdt.cases.rules import CaseState
from mdt.closing.rules import CAN_COME_BACK
from network.vocabulary import Word

# Before or on a list: the meeting sees the plan there.
COMING = frozenset({CaseState.SUBMITTED, CaseState.TRIAGED, CaseState.LISTED, CaseState.REVIEW_DUE})


class Way(Word):
    COMING = "coming", "It comes to a meeting anyhow: the plan is looked at there"
    BRING_BACK = "bring_back", "Bring it back for a review"
    REOPEN = "reopen", "Open it again for a review"


def way_to_a_meeting(state: CaseState, *, coordinates: bool) -> Way | None:
    """Say how a case takes its person's plan to a meeting, None where it cannot or somebody else does it."""
    if state in COMING:
        return Way.COMING
    if not coordinates:
        return None
    if state in CAN_COME_BACK:
        return Way.BRING_BACK
    return Way.REOPEN if state is CaseState.CLOSED else None
