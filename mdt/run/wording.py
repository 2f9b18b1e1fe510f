"""What keeps a meeting from ending."""

from collections.abc import Sequence


def unread_said(refs: Sequence[str]) -> str:
    """Say which cases have minutes that nobody read back, and what to do."""
    named = refs[0] if len(refs) == 1 else f"{', '.join(refs[:-1])} and {refs[-1]}"
    verb, them = ("has", "it") if len(refs) == 1 else ("have", "them")
    return (
        f"{named} {verb} minutes that were not read back. Confirm {them}, or carry {them} over, then finish."
    )
