"""Counting what is asked of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def counted() -> Iterator[list[str]]:
    """Gather every statement sent while the block runs."""
    sent: list[str] = []

    def gather(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", gather)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", gather)
