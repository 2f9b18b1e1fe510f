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
def log_of(request, capsys):
    def listen(act):
        configure_logging(request.param)
        act()
        return capsys.readouterr().err

    return listen


def test_an_exception_is_logged_by_kind_and_place_without_its_message(log_of):
    def fail():
        try:
            raise LookupError(f"no patient called {NAME}")
        except LookupError:
            logging.getLogger("some.library").exception("Exception on /patients/%s", NAME)

    line = log_of(fail)
    assert NAME not in line
    assert "LookupError at test_logging.py" in line


def test_only_what_is_known_to_be_harmless_is_logged(log_of):
    line = log_of(lambda: structlog.get_logger("quorate").error("solve ended", job=12, person=NAME))
    assert NAME not in line
    assert "solve ended" in line
    assert "12" in line


def test_a_page_that_fails_is_logged_by_its_pattern_and_never_by_its_address(log_of):
    app = Flask("pages")
    install_request_log(app)
    app.add_url_rule("/invitations/<token>", view_func=lambda token: {}[token], endpoint="invitation")
    line = log_of(lambda: app.test_client().get("/invitations/secret-token"))
    assert "secret-token" not in line
    assert "/invitations/<token>" in line
