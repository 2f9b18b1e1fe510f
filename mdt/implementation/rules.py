"""Whether what was agreed was done, as it stood 90 days after it was due. Pure."""

from datetime import date, timedelta

from mdt.actions.rules import ActionState

# Long enough for a slow service, short enough to change what a team does. Source: Raine and others (2014).
LOOKED_AT_AFTER = timedelta(days=90)
DONE, NOT_DONE, STILL_OPEN = "done", "not done", "no answer yet"
PARTS = (DONE, NOT_DONE, STILL_OPEN)


def became_of(state: ActionState, ended_on: date | None, due_on: date) -> str:
    """Say what had become of an action 90 days after it was due, or has by now."""
    if ended_on is None or ended_on > due_on + LOOKED_AT_AFTER:
        return STILL_OPEN
    return DONE if state is ActionState.DONE else NOT_DONE
