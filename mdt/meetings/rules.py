"""States of a meeting, and of those expected at it. Pure."""

from network.vocabulary import Word


class MeetingState(Word):
    PLANNED = "planned", "List being built"
    PUBLISHED = "published", "List published"
    RUNNING = "running", "Running"
    MINUTES_DRAFT = "minutes_draft", "Minutes to be signed"
    SIGNED = "signed", "Signed"
    CANCELLED = "cancelled", "Cancelled"


M = MeetingState

MEETING_MOVES: dict[MeetingState, frozenset[MeetingState]] = {
    # A huddle begins at once, with no list to publish.
    M.PLANNED: frozenset({M.PUBLISHED, M.RUNNING, M.CANCELLED}),
    M.PUBLISHED: frozenset({M.RUNNING, M.PLANNED, M.CANCELLED}),
    M.RUNNING: frozenset({M.MINUTES_DRAFT}),
    M.MINUTES_DRAFT: frozenset({M.SIGNED, M.RUNNING}),
    M.SIGNED: frozenset(),
    M.CANCELLED: frozenset(),
}


class MeetingKind(Word):
    MEETING = "meeting", "Meeting"
    HUDDLE = "huddle", "Urgent huddle"


class AttendanceState(Word):
    EXPECTED = "expected", "Expected"
    PRESENT = "present", "Present"
    APOLOGIES = "apologies", "Apologies"
    DEPUTY = "deputy", "Sent a deputy"
