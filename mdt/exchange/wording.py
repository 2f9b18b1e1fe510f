"""How things are called where records are exchanged."""

from datetime import date

from mdt.actions.rules import ActionState
from mdt.exchange.incoming.rules import Incoming
from mdt.goals.rules import GoalState

# Source: HL7 FHIR R4, TaskStatus and GoalLifecycleStatus.
TASK_STATUS = {
    ActionState.PROPOSED: "draft",
    ActionState.OPEN: "requested",
    ActionState.ACCEPTED: "accepted",
    ActionState.DONE: "completed",
    ActionState.NOT_DONE: "failed",
    ActionState.HANDED_OVER: "cancelled",
    ActionState.CANCELLED: "cancelled",
}
GOAL_STATUS = {
    GoalState.ACTIVE: "active",
    GoalState.ACHIEVED: "completed",
    GoalState.ENDED: "cancelled",
}
FIELDS = {
    "title": "Title",
    "given_name": "Given name",
    "family_name": "Family name",
    "preferred_name": "Preferred name",
    "sex": "Sex",
    "address": "Address",
    "postcode": "Postcode",
    "phone": "Phone",
    "email": "Email",
    "language": "Language",
}
NOBODY = (
    "You know of nobody here with this NHS number. A file makes nobody known: refer them, or ask the care"
    " coordinator."
)
ANOTHER = (
    "This NHS number belongs to somebody with another name or date of birth here. Check all three with"
    " whoever sent the file."
)


def sent_plan_said(incoming: Incoming, today: date) -> str:
    """Write what others sent of a plan as the words of a draft, which say where they are from."""
    goals = [f"Goal: {words}" for words in incoming.goals]
    lines = [*incoming.plan_words, *goals]
    return "\n".join([f"From a record sent to us, {today:%d/%m/%Y}:", *lines]) if lines else ""
