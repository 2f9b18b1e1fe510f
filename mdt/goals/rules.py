"""Goals in the person's words, measured by goal attainment scaling. Pure.

Sources: Kiresuk and Sherman (1968), Community Mental Health Journal 4, 443-453; Turner-Stokes (2009),
Clinical Rehabilitation 23, 362-370.
"""

from dataclasses import dataclass

from network.vocabulary import Word

LONGEST_WORDS = 500
LONGEST_LEVEL = 200
LEVELS = (-2, -1, 0, 1, 2)
WEIGHTS = (0, 1, 2, 3)
# How far goals of one person move together, as the authors of the method took it.
CORRELATION = 0.3
MEAN, SPREAD = 50, 10


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


@dataclass(frozen=True)
class GoalDetails:
    """A goal as the person says it, and how one would see how far it is reached."""

    words: str
    said_by: str
    measure: str = ""
    # What one would see at -2, -1, 0, +1 and +2.
    levels: tuple[str, str, str, str, str] = ("", "", "", "", "")
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
        return all(level.strip() for level in self.levels) and self.baseline is not None
