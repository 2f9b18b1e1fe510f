"""Other keys for the application of the tests, for a while."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from network.plumbing.encryption import install_encryption


@pytest.fixture
def with_keys(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def use(*keys: str) -> None:
        settings = replace(app.extensions["settings"], keys=keys)
        monkeypatch.setitem(app.extensions, "settings", settings)
        monkeypatch.setitem(app.extensions, "keyring", app.extensions["keyring"])
        install_encryption(app)

    return use


@pytest.fixture
def without_owner(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], owner_url=None))
