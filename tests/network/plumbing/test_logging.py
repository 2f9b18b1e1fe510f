import logging

import pytest
import structlog
from flask import Flask

from network.plumbing.logging import configure_logging, install_request_log
from network.plumbing.settings import Environment

NAME = "Ada Lovelace"


@pytest.fixture(autouse=True)
def logging_as_before():
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    logging.raiseExceptions = True
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(params=[Environment.PRODUCTION, Environment.DEMO])
def said(request, capsys):
    configure_logging(request.param)
    return lambda: capsys.readouterr().err


def test_an_exception_is_logged_by_kind_and_place_without_its_message(said):
    try:
        raise LookupError(f"no patient called {NAME}")
    except LookupError:
        logging.getLogger("some.library").exception("Exception on /patients/%s", NAME)
    line = said()
    assert NAME not in line
    assert "LookupError at test_logging.py" in line


def test_only_what_is_known_to_be_harmless_is_logged(said):
    structlog.get_logger("quorate").error("solve ended", job=12, person=NAME)
    line = said()
    assert NAME not in line
    assert "solve ended" in line
    assert "12" in line


def test_a_page_that_fails_is_logged_by_its_pattern_and_never_by_its_address(said):
    app = Flask("pages")
    install_request_log(app)
    app.add_url_rule("/invitations/<token>", view_func=lambda token: {}[token], endpoint="invitation")
    assert app.test_client().get("/invitations/secret-token").status_code == 500
    line = said()
    assert "secret-token" not in line
    assert "/invitations/<token>" in line
