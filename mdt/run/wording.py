"""What keeps a meeting from ending, and what becomes of the cases it leaves."""

from collections.abc import Sequence
from datetime import date


def unread_said(refs: Sequence[str]) -> str:
    """Say which cases have minutes that nobody read back, and what to do."""
    named = refs[0] if len(refs) == 1 else f"{', '.join(refs[:-1])} and {refs[-1]}"
    verb, them = ("has", "it") if len(refs) == 1 else ("have", "them")
    return (
        f"{named} {verb} minutes that were not read back. Confirm {them}, or carry {them} over, then finish."
    )


def passed_on_said(following: date | None) -> str:
    """Say where a case goes that a meeting did not decide."""
    if following is None:
        return "No next date is set: what is not decided goes back to the cases that wait for one."
    return f"What is not decided goes on to the next date, {following:%A} {following.day} {following:%B}."
