"""A database connection that can be wound back: whatever was committed on it meanwhile never happened."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.pool import StaticPool

from network.plumbing.database import db

WRITES = re.compile(r'^\s*(?:insert\s+into|update|delete\s+from)\s+"?(\w+)', re.IGNORECASE)


class RewindingConnection(psycopg.Connection[Any]):
    """Commits to a savepoint inside one long transaction, which is never committed itself."""

    is_held = False

    def commit(self) -> None:
        if not self.is_held:
            super().commit()
            return
        self.execute("release savepoint kept")
        self.execute("savepoint kept")

    def rollback(self) -> None:
        if not self.is_held:
            super().rollback()
            return
        self.execute("rollback to savepoint kept")

    def hold(self) -> None:
        """From here on everything can be wound back."""
        super().rollback()
        self.execute("savepoint kept")
        self.is_held = True


class Rewinding:
    """The one connection of an application, and what was kept on it since it was last wound back."""

    def __init__(self, url: str) -> None:
        self._open: set[str] = set()
        self.kept: set[str] = set()
        self.connection = RewindingConnection.connect(url)
        self.engine = create_engine(
            "postgresql+psycopg://", creator=lambda: self.connection, poolclass=StaticPool
        )
        with self.engine.connect():
            # The dialect asks who answers, before anything may have to be wound back.
            pass
        self.connection.hold()
        event.listen(self.engine, "before_cursor_execute", self._note)
        event.listen(self.engine, "commit", lambda _: self._keep())
        event.listen(self.engine, "rollback", lambda _: self._open.clear())

    def wind_back(self) -> None:
        """Undo all that was done since the connection was made."""
        self.connection.hold()
        self.kept.clear()
        self._open.clear()

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if found := WRITES.match(statement):
            self._open.add(found[1])

    def _keep(self) -> None:
        self.kept |= self._open
        self._open.clear()


@contextmanager
def rewinding(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rewinding]:
    """Let the application of the moment work on a connection that is wound back in the end."""
    db.session.remove()
    back = Rewinding(url)
    with monkeypatch.context() as changed:
        changed.setitem(db.engines, None, back.engine)
        try:
            yield back
        finally:
            db.session.remove()
            back.connection.is_held = False
            back.connection.close()
