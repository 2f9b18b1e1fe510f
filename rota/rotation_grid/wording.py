"""How the plan's grid names weeks and marks the state of placements."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rota.rotations.rules import PlacementState, PlanVersionState, Stretch
from rota.solver.rotation_plan import Breach


@dataclass(frozen=True)
class Mark:
    """How a state is shown: never by colour alone."""

    text: str
    tone: str
    sign: str


MARKS: Mapping[PlacementState, Mark] = {
    PlacementState.WISH: Mark("Wish", "draft", "\N{WHITE HEART SUIT}"),
    PlacementState.PROPOSED: Mark("Proposed", "draft", "?"),
    PlacementState.HOST_DECLINED: Mark("Host declined", "bad", "\N{MULTIPLICATION SIGN}"),
    PlacementState.HOST_ACCEPTED: Mark("Host accepted", "good", "\N{CHECK MARK}"),
    PlacementState.LEARNER_INFORMED: Mark("Learner informed", "plain", "\N{ENVELOPE}"),
    PlacementState.CONFIRMED: Mark("Confirmed", "good", "\N{HEAVY CHECK MARK}"),
    PlacementState.ACTIVE: Mark("Under way", "done", "\N{BLACK RIGHT-POINTING TRIANGLE}"),
    PlacementState.COMPLETED: Mark("Completed", "done", "\N{BLACK SQUARE}"),
    PlacementState.CHANGED: Mark("Changed", "warning", "\N{ANTICLOCKWISE OPEN CIRCLE ARROW}"),
    PlacementState.ENDED_EARLY: Mark("Ended early", "warning", "\N{BLACK SQUARE}"),
}
# Kept apart, and what an adjustment rules out: those alone read why who may know what learners need.
KNOWN_TO_FEW = frozenset({"P19", "P29"})
# How many unmet requirements are seen at once; the others unfold.
MOST_SHOWN = 8
VERSION_TONES = {
    PlanVersionState.DRAFT: "draft",
    PlanVersionState.CHOSEN: "good",
    PlanVersionState.SUPERSEDED: "plain",
    PlanVersionState.DISCARDED: "plain",
}


def stretch_said(stretch: Stretch) -> str:
    """Say some weeks by their first and last day: '2 November to 29 November 2026'."""
    first, last = stretch.starts_on, stretch.ends_on
    begins = f"{first.day} {first:%B}" + ("" if first.year == last.year else f" {first.year}")
    return f"{begins} to {last.day} {last:%B %Y}"


def short_date(day: date) -> str:
    """Say a day where room is scarce: '2 Nov'."""
    return f"{day.day} {day:%b}"


def called(number: int, label: str) -> str:
    """Name a version: by its number, and what it tries out."""
    return f"Version {number}: {label}" if label else f"Version {number}"


def breach_said(breach: Breach, *, is_trusted: bool) -> str:
    """Say which rule is broken; why somebody cannot be somewhere is not everybody's to read."""
    if is_trusted or breach.code not in KNOWN_TO_FEW:
        return breach.said
    return f"A placement of {breach.about} has to change."


def placed_said(name: str, breaks: tuple[str, ...], gone: int) -> str:
    """Say what became of a change by hand."""
    said = f"{name} is placed there, and pinned."
    if gone:
        said += f" {gone} other {'placement' if gone == 1 else 'placements'} in these weeks went."
    if breaks:
        said += f" This breaks: {' '.join(breaks)}"
    return said
