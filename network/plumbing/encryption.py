"""Columns that only the application can read, and hashes by which it still finds them."""

import base64
import hashlib
import hmac
import unicodedata
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app
from sqlalchemy import Dialect, String, Text
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator

from network.plumbing.settings import Settings

FINGERPRINT_LENGTH = 16


class Unreadable(RuntimeError):
    """None of the keys opens a stored text: a key was dropped while something was sealed with it."""


class Keyring:
    """The keys of an installation: the first one seals, all of them open."""

    def __init__(self, keys: tuple[str, ...], index_key: str) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._newest = Fernet(keys[0])
        self._by_fingerprint = {fingerprint(key): Fernet(key) for key in keys}
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

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """Name the keys without telling them, the newest first."""
        return tuple(self._by_fingerprint)

    def opened_by(self, sealed: str) -> str:
        """Return the fingerprint of the key that opens a text."""
        for name, key in self._by_fingerprint.items():
            try:
                key.decrypt(sealed.encode())
            except InvalidToken:
                continue
            return name
        raise Unreadable("None of QUORATE_KEYS opens a stored text: put the dropped key back.")

    def sign(self, purpose: str, message: str) -> str:
        """Return what only a holder of the index key can make of a message; no two purposes share a key."""
        key = hmac.new(self._index_key, f"sign\0{purpose}".encode(), hashlib.sha256).digest()
        return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()

    def blind(self, purpose: str, text: str) -> str:
        """Return what stands for the text in an index; equal only for the same purpose."""
        message = f"{purpose}\0{normalised(text)}".encode()
        return hmac.new(self._index_key, message, hashlib.sha256).hexdigest()


def fingerprint(key: str) -> str:
    """Name a key without telling it."""
    return hashlib.sha256(b"fingerprint\0" + base64.urlsafe_b64decode(key)).hexdigest()[:FINGERPRINT_LENGTH]


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
