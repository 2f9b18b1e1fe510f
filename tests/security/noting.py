"""Which fields a page reads, noted while it reads them: of a form, of an address, of JSON."""

from typing import Any

import pytest
from flask import Flask

from network.plumbing.arriving import Answers, Arriving, read_json

# Read by every form, and of no page's own.
OF_ALL = {"csrf_token"}

read: set[str] = set()


class NotedAnswers(Answers):
    """A form of which every field that is looked for is noted."""

    def getlist(self, key: str, type: Any = None) -> list[Any]:
        read.add(key)
        return super().getlist(key, type)

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:
        read.add(key)
        return super().get(key, default, type)

    def __contains__(self, key: object) -> bool:
        read.add(str(key))
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        read.add(key)
        return super().__getitem__(key)


class NotedDocument(dict[str, Any]):
    """The values of a JSON document."""

    def get(self, key: str, default: Any = None) -> Any:
        read.add(key)
        return super().get(key, default)


class NotedJSON:
    """What a request reads JSON with."""

    @staticmethod
    def loads(text: str | bytes) -> Any:
        found = read_json(text)
        return NotedDocument(found) if isinstance(found, dict) else found


class NotedRequest(Arriving):
    parameter_storage_class = NotedAnswers

    @property
    def json_module(self) -> Any:
        return NotedJSON

    @json_module.setter
    def json_module(self, _: Any) -> None:
        pass


def note_what_is_read(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on note which fields the pages of an app look for."""
    monkeypatch.setattr(app, "request_class", NotedRequest)


def read_lately() -> set[str]:
    """Give what was looked for since this was last asked."""
    found = read - OF_ALL
    read.clear()
    return found
