"""What the screen of the room sends: JSON, of which each value is asked for by what it must be."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from network.plumbing.refusals import Invalid
from network.vocabulary import Word

WordT = TypeVar("WordT", bound=Word)


class Unreadable(Invalid):
    """The page sent something that no page of ours sends."""

    def __init__(self) -> None:
        super().__init__("Load the page again: it sent something we cannot read.")


class Sent:
    """What was sent, by name."""

    def __init__(self, body: object) -> None:
        if not isinstance(body, Mapping):
            raise Unreadable
        self._body: Mapping[str, Any] = body

    def text(self, name: str) -> str:
        """Give a text; one that was left out is empty."""
        value = self._body.get(name, "")
        if not isinstance(value, str):
            raise Unreadable
        # The database takes every sign but this one.
        return value.replace("\0", "")

    def number(self, name: str) -> float | None:
        value = self._body.get(name)
        if value is None:
            return None
        # NaN is no more a number here than a text is.
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
            raise Unreadable
        return value

    def whole(self, name: str) -> int:
        """Give a whole number; one that was left out is 0."""
        value = self.number(name) or 0
        if value != int(value):
            raise Unreadable
        return int(value)

    def flag(self, name: str) -> bool:
        value = self._body.get(name)
        if not isinstance(value, bool):
            raise Unreadable
        return value

    def word(self, name: str, words: type[WordT]) -> WordT:
        try:
            return words(self.text(name))
        except ValueError:
            raise Unreadable from None

    def day(self, name: str) -> date | None:
        """Give a day; an empty text is none."""
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise Invalid("Enter a real date.") from None

    def id(self, name: str) -> uuid.UUID | None:
        text = self.text(name)
        try:
            return uuid.UUID(text) if text else None
        except ValueError:
            raise Unreadable from None
