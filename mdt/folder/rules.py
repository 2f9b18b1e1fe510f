"""What a reader of a case can do next, by where it stands. Pure."""

from mdt.cases.rules import OPEN, CaseState
from network.vocabulary import Word

S = CaseState
# From triage to the close, a case takes requests and actions.
UNDER_WAY = frozenset({S.TRIAGED, S.LISTED, S.DISCUSSED, S.ACTING, S.REVIEW_DUE})


class Step(Word):
    TRIAGE = "triage", "Answer this referral"
    REPLY = "reply", "Answer the question"
    LIST = "list", "Put it on a list"
    ASK = "ask", "Ask disciplines"
    ACT = "act", "Add an action"
    BOOK = "book", "Book into a clinic"
    HUDDLE = "huddle", "Call a huddle"
    LEARN = "learn", "Let a learner see it"
    TEACH = "teach", "Tell it as an example to learn from"
    REVIEW = "review", "Set when it is reviewed"
    CLOSE = "close", "Close this case"
    REOPEN = "reopen", "Open it again"
    WITHDRAW = "withdraw", "Withdraw this case"


def steps_open_to(
    state: CaseState,
    *,
    is_own: bool,
    coordinates: bool,
    may_call: bool,
    may_tell: bool,
    may_let_in: bool,
    may_book: bool,
    may_teach: bool = False,
) -> frozenset[Step]:
    """Say what somebody can do with a case that stands there."""
    open_now = {
        Step.TRIAGE: coordinates and state is S.SUBMITTED,
        Step.REPLY: is_own and state is S.RETURNED,
        Step.LIST: coordinates and state in {S.TRIAGED, S.DISCUSSED, S.ACTING, S.REVIEW_DUE},
        Step.ASK: coordinates and state in UNDER_WAY,
        Step.ACT: may_tell and state in UNDER_WAY,
        Step.BOOK: may_book and state in UNDER_WAY,
        Step.HUDDLE: may_call,
        Step.LEARN: may_let_in and state in OPEN,
        Step.TEACH: may_teach and state in {S.DISCUSSED, S.ACTING, S.REVIEW_DUE, S.CLOSED},
        Step.REVIEW: coordinates and state in UNDER_WAY,
        Step.CLOSE: coordinates and state in {S.DISCUSSED, S.ACTING, S.REVIEW_DUE},
        Step.REOPEN: coordinates and state is S.CLOSED,
        Step.WITHDRAW: (is_own or coordinates) and state in OPEN,
    }
    return frozenset(step for step, is_open in open_now.items() if is_open)
