"""Words and colours of cases."""

from typing import NamedTuple

from mdt.cases.rules import OPEN, CaseState

S = CaseState

LISTS: dict[str, tuple[str, frozenset[CaseState]]] = {
    "open": ("Open", OPEN),
    "triage": ("Waiting for triage", frozenset({S.SUBMITTED, S.RETURNED})),
    "ready": ("Ready for a list", frozenset({S.TRIAGED, S.REVIEW_DUE})),
    "over": ("Closed", frozenset({S.CLOSED, S.WITHDRAWN, S.DECLINED, S.REDIRECTED})),
}


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


def state_tag(state: CaseState) -> StateTag:
    return StateTag(state.label, *TONES.get(state, ("plain", "")))
