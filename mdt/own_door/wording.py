"""How links to people's own pages read to those who give them out."""

from mdt.own_door.rules import DoorState, NoteKind, Part

# Text, tone and mark of a tag.
Tag = tuple[str, str, str]

STATES: dict[DoorState, Tag] = {
    DoorState.OPEN: ("Works", "good", "\N{CHECK MARK}"),
    DoorState.SHUT: ("Shut for now", "warning", "▲"),
    DoorState.ENDED: ("Turned off", "done", "\N{MULTIPLICATION SIGN}"),
    DoorState.EXPIRED: ("Out of date", "plain", ""),
}
# What a carer's link may show, in a coordinator's words.
SHOWN_TO_CARERS: dict[Part, str] = {
    Part.PLAN: "The plan, and what to do if things go wrong",
    Part.GOALS: "Their goals",
    Part.TEAM: "Who is in the team",
    Part.ACTIONS: "What is being done, by whom and by when",
    Part.WORDS: "What the person said in their own words",
    Part.SERVICES: "Services and support that were offered",
}
NOTES: dict[NoteKind, str] = {
    NoteKind.COMMENT: "wrote to you",
    NoteKind.CORRECTED: "corrected their words",
    NoteKind.SHUT_OUT: "The link turned itself off: the date of birth was wrong too often",
    NoteKind.LEFT: "turned their link off",
}
