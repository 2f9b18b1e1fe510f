"""The one database: models, naming, and the network that a transaction works for (row-level security)."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    MetaData,
    SQLColumnExpression,
    cast,
    event,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, SessionTransaction, mapped_column, registry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            datetime: DateTime(timezone=True),
            dict[str, Any]: JSONB,
            list[str]: JSONB,
        },
    )


ENGLAND = ZoneInfo("Europe/London")

db = SQLAlchemy(model_class=Base)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def word(words: type) -> Enum:
    """Store an enum of the vocabulary as its value, in plain text that needs no migration to grow."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda e: [m.value for m in e],
    )


_set_back: ContextVar[timedelta] = ContextVar("set_back", default=timedelta())


def now() -> datetime:
    return datetime.now(UTC) - _set_back.get()


@contextmanager
def days_ago(days: float) -> Iterator[None]:
    """Set the clock back inside the block: the demo's past is made by the same commands as its present."""
    token = _set_back.set(timedelta(days=days))
    try:
        yield
    finally:
        _set_back.reset(token)


def today() -> date:
    """Return the day it is in England."""
    return now().astimezone(ENGLAND).date()


def day_of(moment: SQLColumnExpression[datetime]) -> ColumnElement[date]:
    """Ask, within a query, for the day it was in England: the database's own days may be another place's."""
    return cast(func.timezone(ENGLAND.key, moment), Date)


class Identified:
    """A row with an unguessable id."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)


class NetworkScoped(Identified):
    """A row that belongs to one network; the database itself hides it from all others."""

    network_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("organisation.id"), index=True, default=lambda: current_network()
    )


_network: ContextVar[uuid.UUID | None] = ContextVar("network", default=None)


def current_network() -> uuid.UUID | None:
    return _network.get()


def enter_network(network_id: uuid.UUID | None) -> None:
    """Work for this network from now on, also in the transaction that is already open."""
    _network.set(network_id)
    if db.session.registry.has() and db.session().in_transaction():
        _tell_database(db.session.connection())


def take_turns(what: str) -> None:
    """Let others of this network who set about the same wait until this transaction is over."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"{what} {current_network()}"))))


@contextmanager
def in_network(network_id: uuid.UUID | None) -> Iterator[None]:
    """Work for one network inside the block, then go back to the one before."""
    before = current_network()
    enter_network(network_id)
    try:
        yield
    finally:
        enter_network(before)


def _tell_database(connection: Connection) -> None:
    network_id = current_network()
    # Local to the transaction: a plain SET would leak to the next user of a pooled connection.
    setting = "" if network_id is None else str(network_id)
    connection.execute(text("select set_config('quorate.network_id', :setting, true)"), {"setting": setting})


@event.listens_for(Session, "after_begin")
def _on_begin(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        _tell_database(connection)
