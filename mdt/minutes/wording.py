"""Why minutes cannot be written now, and what to do instead."""

from mdt.lists.rules import ItemState
from mdt.meetings.rules import MeetingState

M = MeetingState

NOT_NOW = {
    M.PLANNED: "Begin the meeting first: then its minutes can be written.",
    M.PUBLISHED: "Begin the meeting first: then its minutes can be written.",
    M.SIGNED: "These minutes are signed: decisions take addenda only.",
    M.CANCELLED: "This meeting was cancelled: nothing is written in it.",
}


def not_now(meeting: MeetingState, item: ItemState) -> str:
    """Say why nothing can be written of a case now, or nothing where it can."""
    if meeting in NOT_NOW:
        return NOT_NOW[meeting]
    if item is ItemState.WITHDRAWN:
        return "This case was taken off the list: nothing is written of it."
    return ""


def read_back_said(ref: str) -> str:
    return f"{ref} was read back and confirmed: open it again to change it."


def ended_said(ref: str, state: ItemState) -> str:
    if state is ItemState.DECIDED:
        return read_back_said(ref)
    return f"{ref}: “{state.label}”. Open it again to change it."
