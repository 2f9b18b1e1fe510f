"""Columns that only the application can read, and hashes by which it still finds them."""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterator
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app
from sqlalchemy import Column, Connection, Dialect, MetaData, String, Table, Text, select, type_coerce, update
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator

from network.plumbing.settings import Settings

ROWS_AT_ONCE = 500


class Unreadable(RuntimeError):
    """None of the keys opens a stored text: a key was dropped while something was sealed with it."""


class Keyring:
    """The keys of an installation: the first one seals, all of them open."""

    def __init__(self, keys: tuple[str, ...], index_key: str) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._newest = Fernet(keys[0])
        self._index_key = index_key.encode()

    def seal(self, text: str) -> str:
        """Return the text so that only a holder of the keys can read it."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return what was sealed."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unreadable("None of QUORATE_KEYS opens a stored text: put the dropped key back.") from None

    def is_newest(self, sealed: str) -> bool:
        """Was it sealed with the first key?"""
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True

    def blind(self, purpose: str, text: str) -> str:
        """Return what stands for the text in an index; equal only for the same purpose."""
        message = f"{purpose}\0{normalised(text)}".encode()
        return hmac.new(self._index_key, message, hashlib.sha256).hexdigest()


def normalised(text: str) -> str:
    """Drop what people write differently: case, spaces, dashes and the like."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())


def install_encryption(app: Flask) -> None:
    """Give an app the keys of its settings."""
    settings: Settings = app.extensions["settings"]
    app.extensions["keyring"] = Keyring(settings.keys, settings.index_key)


def keyring() -> Keyring:
    found: Keyring = current_app.extensions["keyring"]
    return found


class EncryptedText(TypeDecorator[str]):
    """Text that the database keeps sealed; find it by a `BlindIndex` beside it."""

    impl = Text
    cache_ok = True

    class Comparator(TypeDecorator.Comparator[str]):
        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            # Sealing the same text twice gives two results, so a comparison would quietly find nothing.
            if op not in (operators.is_, operators.is_not):
                raise TypeError("Sealed text cannot be compared: look it up by its blind index.")
            return super().operate(op, *other, **kwargs)

    comparator_factory = Comparator

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().open(value)


class BlindIndex(TypeDecorator[str]):
    """The keyed hash of a text: give it, and compare it with, the plain text; what comes back is the hash."""

    impl = String(64)
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().blind(self.purpose, value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return value


def encrypted_columns(metadata: MetaData) -> list[Column[str]]:
    """Find every sealed column there is."""
    return [
        column
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, EncryptedText)
    ]


def seal_anew(connection: Connection, column: Column[str]) -> int:
    """Seal with the newest key what the transaction may see of a column; return how many rows that were."""
    changed = 0
    for rows in _batches(connection, column):
        for *key, sealed in rows:
            if not keyring().is_newest(sealed):
                changed += _replace(connection, column, key, sealed)
    return changed


def _batches(connection: Connection, column: Column[str]) -> Iterator[list[Any]]:
    key = list(column.table.primary_key.columns)
    raw = type_coerce(column, Text).label("sealed")
    wanted = select(*key, raw).where(column.is_not(None)).execution_options(yield_per=ROWS_AT_ONCE)
    yield from (list(rows) for rows in connection.execute(wanted).partitions())


def _replace(connection: Connection, column: Column[str], key: list[Any], sealed: str) -> int:
    table = column.table
    assert isinstance(table, Table)
    matches = [part == value for part, value in zip(table.primary_key.columns, key, strict=True)]
    anew = keyring().seal(keyring().open(sealed))
    # Somebody may have written a new text meanwhile; that one is sealed with the newest key already.
    statement = update(table).where(*matches, type_coerce(column, Text) == sealed)
    return connection.execute(statement.values({column: type_coerce(anew, Text)})).rowcount
