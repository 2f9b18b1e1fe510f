"""How examples and what became of them read."""

from mdt.learning.rules import ExampleState, Verdict

STATES: dict[ExampleState, tuple[str, str, str]] = {
    ExampleState.OFFERED: ("Waits for a second person", "warning", "?"),
    ExampleState.RETURNED: ("Sent back", "draft", "\N{LEFTWARDS ARROW}"),
    ExampleState.APPROVED: ("In the library", "good", "\N{CHECK MARK}"),
    ExampleState.WITHDRAWN: ("Withdrawn", "done", "\N{MULTIPLICATION SIGN}"),
}
VERDICTS = {
    Verdict.OFFERED: "offered it",
    Verdict.APPROVED: "approved it",
    Verdict.RETURNED: "sent it back",
    Verdict.WITHDRAWN: "withdrew it",
}


def verdict_said(verdict: Verdict, by: str, reason: str) -> str:
    """Say what somebody decided, and why."""
    return f"{by} {VERDICTS[verdict]}{f': {reason}' if reason else '.'}"
