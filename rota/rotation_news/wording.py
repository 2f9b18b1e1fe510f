"""What learners read of their placements, and what the lead is asked before publishing."""

from collections.abc import Sequence

MOST_NAMED = 3


def subject_of(is_first: bool) -> str:
    """Give the subject of a letter."""
    return "Your placements are published" if is_first else "Your placements have changed"


def reasons_wanted(names: Sequence[str]) -> str:
    """Say whose placements change nearer than their notice, without a reason."""
    named = ", ".join(names[:MOST_NAMED])
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return (
        f"{named}{more} would hear of a change nearer than their notice. Say why: it is kept for those who "
        "plan, and no letter names it."
    )


def blocked_said(broken: Sequence[str]) -> str:
    """Say which rules that nobody may set aside are broken: the first, and how many more."""
    more = f" So {'is' if len(broken) == 2 else 'are'} {len(broken) - 1} more." if len(broken) > 1 else ""
    return f"A rule that nobody may set aside is broken: {broken[0]}{more} Mend that first."


def published_said(told: int) -> str:
    """Say that a plan is published, and how many hear of it."""
    return f"Published. {told} {'learner is' if told == 1 else 'learners are'} being told, and nobody else."
