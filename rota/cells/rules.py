"""What a cell holds, as data that can be kept, compared and put back."""

from collections.abc import Mapping
from typing import Any

# What tells one content of a cell from another; who set it and when does not.
CONTENT = (
    "line_id",
    "site_id",
    "role_group",
    "activity",
    "starts_at",
    "ends_at",
    "minutes",
    "funding",
    "source",
    "is_pinned",
)

Content = Mapping[str, Any] | None


def same_content(one: Content, other: Content) -> bool:
    """Say whether two cells hold the same."""
    if one is None or other is None:
        return one is other
    return all(one[name] == other[name] for name in CONTENT)
