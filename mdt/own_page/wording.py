"""How a person's own page reads: plain words, and easier ones for who asked for them."""

from mdt.own_door.rules import Part
from network.audit.rules import DeedKind

# What people did with a record, to be followed by how often.
DID: dict[DeedKind, str] = {
    DeedKind.VIEW: "looked at it",
    DeedKind.SEARCH: "looked you up",
    DeedKind.CREATE: "wrote something down",
    DeedKind.CHANGE: "changed something",
    DeedKind.PRINT: "printed it",
    DeedKind.EXPORT: "made a copy",
    DeedKind.SEND: "told somebody",
    DeedKind.EMERGENCY: "opened it in an emergency",
    DeedKind.SIGN_IN: "signed in",
}
OWN_LINK = "You, or whoever has your link"
CARERS_LINK = "Your carer, by their link"

HEADINGS: dict[Part, str] = {part: part.label for part in Part}
EASY_HEADINGS: dict[Part, str] = HEADINGS | {
    Part.PLAN: "My plan",
    Part.GOALS: "What I want to do",
    Part.TEAM: "People who help me",
    Part.ACTIONS: "What happens next",
    Part.WORDS: "What I said",
    Part.SERVICES: "Help near me",
    Part.MEASURES: "Questions for me",
    Part.READERS: "Who looked at my page",
}
# A carer reads of somebody else.
CARERS_HEADINGS: dict[Part, str] = HEADINGS | {
    Part.PLAN: "The plan",
    Part.GOALS: "Goals",
    Part.TEAM: "The team",
    Part.WORDS: "What was said, in their own words",
}


def headings_for(is_easy: bool, is_carer: bool) -> dict[Part, str]:
    """Return how the parts of a page are called for its reader."""
    if is_carer:
        return CARERS_HEADINGS
    return EASY_HEADINGS if is_easy else HEADINGS
