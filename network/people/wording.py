"""How a post is put into words."""

from typing import Protocol

from network.plumbing.templating import hours


class Post(Protocol):
    """What is said of a post's length."""

    @property
    def weekly_minutes(self) -> int: ...

    @property
    def session_minutes(self) -> int: ...


def sessions(minutes: int, session_minutes: int) -> str:
    """Count minutes in sessions of a length: '8', '7.5'."""
    return f"{minutes / session_minutes:.2f}".rstrip("0").rstrip(".")


def working_week(post: Post) -> str:
    """Say how long a post is: '8 sessions of 4 h 10 min, 33 h 20 min a week'."""
    count = sessions(post.weekly_minutes, post.session_minutes)
    unit = "session" if count == "1" else "sessions"
    return f"{count} {unit} of {hours(post.session_minutes)}, {hours(post.weekly_minutes)} a week"
