"""Words for how far a goal is reached, and for the score of all of them."""

from mdt.goals.rules import LEVELS, GoalSoFar, Level, Weight

BY_NUMBER = {level.number: level for level in LEVELS}
# A mark beside the words, so that nothing hangs on colour.
TONES = {
    Level.MUCH_LESS: ("bad", "▼"),
    Level.LESS: ("warning", "▽"),
    Level.EXPECTED: ("good", "="),
    Level.MORE: ("good", "△"),
    Level.MUCH_MORE: ("good", "▲"),
}


def level_said(number: int | None) -> str:
    """Name a level, or say that there is none yet."""
    return BY_NUMBER[number].label if number is not None else "Not measured yet"


def tone_of(number: int) -> tuple[str, str]:
    """Return how a level is shown, beside its words."""
    return TONES[BY_NUMBER[number]]


def weight_said(number: int) -> str:
    """Name a weight."""
    return Weight(str(number)).label


def score_said(score: float | None) -> str:
    """Say a score in figures, or that there is none."""
    return f"{score:.1f}" if score is not None else "No score yet"


def change_said(goal: GoalSoFar) -> str:
    """Say in a sentence how far a goal has come since its start."""
    start, now = goal.details.baseline, goal.level
    if start is None or now is None:
        return "Nobody has described its levels yet."
    if goal.latest is None:
        return f"Nobody has looked at it since it was set. It started at “{level_said(start).lower()}”."
    steps = now - start
    if not steps:
        return f"No change since the start: {level_said(now).lower()}."
    number = {1: "One step", 2: "Two steps", 3: "Three steps", 4: "Four steps"}[abs(steps)]
    way = "up" if steps > 0 else "down"
    return f"{number} {way} since the start: {level_said(now).lower()}."
