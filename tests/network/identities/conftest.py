from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient

from network.identities.provider import install_provider
from network.plumbing.settings import Provider
from tests.network.identities.a_provider import CLIENT_ID, CLIENT_SECRET, AProvider, open_provider

HERE = "http://localhost"


@pytest.fixture
def provider(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[AProvider]:
    """Let the site send people to a provider, for the length of a test."""
    opened, server = open_provider()
    chosen = Provider(opened.issuer, CLIENT_ID, CLIENT_SECRET, "Example ID", ("openid", "profile"), ("AAL3",))
    settings = replace(app.extensions["settings"], provider=chosen)
    for held, name, value in (
        (app.extensions, "settings", settings),
        (app.extensions, "oidc", None),
        (app.jinja_env.globals, "provider_name", ""),
    ):
        monkeypatch.setitem(held, name, value)
    install_provider(app)
    yield opened
    server.shutdown()
    server.server_close()


def sent_back(client: FlaskClient, path: str) -> str:
    """Set out on one of our pages, sign in at the provider, and say where it sends one back to."""
    there = client.get(path)
    assert there.status_code == 302, there.location
    back = requests.get(there.location, allow_redirects=False, timeout=5).headers["Location"]
    return back.removeprefix(HERE)


def there_and_back(client: FlaskClient, path: str = "/sign-in/with-service"):
    return client.get(sent_back(client, path))
