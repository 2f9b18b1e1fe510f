"""How a person's own page reads: plain words, and easier ones for who asked for them."""

from mdt.own_door.rules import Part

HELPS_FIND = "Helps you find your way"
PLAN_PARTS = {"own_part": "What I do", "others_part": "What others do"}

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
