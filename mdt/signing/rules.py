"""What stands between minutes and their signature. Pure."""

from collections.abc import Sequence

from network.vocabulary import Discipline

LONGEST_REASON = 300


def wrong_with_signing(
    unfinished: Sequence[str], waiting: Sequence[Discipline], why_without_quorum: str
) -> str:
    """Say what is missing before minutes can be signed, or nothing."""
    if unfinished:
        return (
            f"Finish {', '.join(unfinished)} first: open the meeting again, and confirm a decision or carry"
            " the case over."
        )
    if waiting and not why_without_quorum.strip():
        missing = " and ".join(each.label.lower() for each in waiting)
        return f"The quorum was not met: {missing} was missing. Enter why the decisions hold all the same."
    if len(why_without_quorum.strip()) > LONGEST_REASON:
        return f"Shorten the reason to {LONGEST_REASON} characters."
    return ""
