"""Words and colours of cases."""

from datetime import date
from typing import NamedTuple

from mdt.cases.rules import OPEN, CaseState, Urgency

S = CaseState

LISTS: dict[str, tuple[str, frozenset[CaseState]]] = {
    "open": ("Open", OPEN),
    "mine": ("Mine", OPEN),
    "triage": ("Waiting for triage", frozenset({S.SUBMITTED, S.RETURNED})),
    "ready": ("Ready for a list", frozenset({S.TRIAGED, S.REVIEW_DUE})),
    "listed": ("On a list", frozenset({S.LISTED})),
    "after": ("After the meeting", frozenset({S.DISCUSSED, S.ACTING, S.REVIEW_DUE})),
    "over": ("Closed", frozenset(S) - OPEN - {S.DRAFT}),
}
# Where somebody waits for an answer, the page says how long.
WAITING = frozenset({S.SUBMITTED, S.RETURNED, S.TRIAGED})


class StateTag(NamedTuple):
    """How a state is shown: never by colour alone."""

    text: str
    tone: str
    mark: str


TONES = {
    S.SUBMITTED: ("warning", "▲"),
    S.RETURNED: ("warning", "?"),
    S.REDIRECTED: ("plain", "→"),
    S.DECLINED: ("bad", "✕"),
    S.TRIAGED: ("good", "✓"),
    S.REVIEW_DUE: ("warning", "▲"),
    S.CLOSED: ("done", "✓"),
    S.DRAFT: ("draft", ""),
}


URGENT = {Urgency.THIS_WEEK: ("bad", "▲"), Urgency.SOON: ("warning", "▲")}


def state_tag(state: CaseState) -> StateTag:
    return StateTag(state.label, *TONES.get(state, ("plain", "")))


def urgency_tag(urgency: Urgency) -> StateTag | None:
    """Say how soon it is, where that is more than routine."""
    return StateTag(urgency.label, *URGENT[urgency]) if urgency in URGENT else None


def waited_said(since: date, today: date) -> str:
    """Say how long somebody has waited."""
    days = (today - since).days
    return "since today" if days < 1 else "since yesterday" if days == 1 else f"for {days} days"
