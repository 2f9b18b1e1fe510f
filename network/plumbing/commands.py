"""`@command`: a verb of the trade in one transaction, which commits only when the audit trail knows of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from network.plumbing.database import db
from network.plumbing.refusals import Refusal

P = ParamSpec("P")
R = TypeVar("R")
A = TypeVar("A")

COMMANDS: dict[str, Callable[..., object]] = {}

_write_entries: list[Callable[[list[Any]], None]] = []


def keeps_the_trail(writer: Callable[[list[Any]], None]) -> Callable[[list[Any]], None]:
    """Name the function that writes a command's audit entries, last thing before it commits."""
    _write_entries.append(writer)
    return writer


class Unaudited(RuntimeError):
    """A command reached its end without an audit entry: a fault of the programmer, nothing was written."""


class MadeMeanwhile(Refusal):
    """Two people made the same thing at the same moment; the second hears of it."""

    def __init__(self) -> None:
        super().__init__("Somebody else has just made the same. Go back, look again and change theirs.")


class ChangedAtOnce(Refusal):
    """Two people changed the same row at the same moment; the second hears of it."""

    def __init__(self) -> None:
        super().__init__("Somebody else has just changed this. Go back, look again, then change it.")


def command(verb: Callable[Concatenate[A, P], R]) -> Callable[Concatenate[A, P], R]:
    """Run `verb(actor, ...)` in one transaction; inside another command, join that one's."""

    @wraps(verb)
    def run(actor: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if "command" in db.session.info:
            return verb(actor, *args, **kwargs)
        db.session.info.update(command=verb.__qualname__, entries=[], though_refused=[], posted=[])
        try:
            answer = verb(actor, *args, **kwargs)
            _finish(verb.__qualname__)
        except IntegrityError as clash:
            db.session.rollback()
            if not isinstance(clash.orig, UniqueViolation):
                raise
            raise MadeMeanwhile from None
        except StaleDataError:
            db.session.rollback()
            raise ChangedAtOnce from None
        except Refusal:
            db.session.rollback()
            _keep_refused()
            raise
        except BaseException:
            db.session.rollback()
            raise
        finally:
            for name in ("command", "entries", "though_refused", "posted"):
                db.session.info.pop(name, None)
        return answer

    COMMANDS[f"{verb.__module__}.{verb.__qualname__}"] = run
    return run


@contextmanager
def apart() -> Iterator[None]:
    """Do part of a command so that, where it raises, nothing of it stays: neither rows nor audit entries."""
    entries, posted = db.session.info["entries"], db.session.info["posted"]
    kept, written = len(entries), len(posted)
    savepoint = db.session.begin_nested()
    try:
        yield
    except BaseException:
        savepoint.rollback()
        del entries[kept:], posted[written:]
        raise
    savepoint.commit()


def _keep_refused() -> None:
    """Write what the trail keeps of a refusal: nothing else of the command stays, and no letter went out."""
    db.session.info["posted"] = []
    if entries := db.session.info["though_refused"]:
        for write in _write_entries:
            write(entries)
        db.session.commit()


def _finish(name: str) -> None:
    entries = db.session.info["entries"]
    if not entries:
        raise Unaudited(f"{name} left no audit entry.")
    db.session.flush()
    for write in _write_entries:
        write(entries)
    db.session.commit()
