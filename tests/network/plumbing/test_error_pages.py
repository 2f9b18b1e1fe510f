import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal

SENTENCE = "The meeting needs a pharmacist before decisions can be signed."
REFUSALS = {
    "refusal": Refusal(SENTENCE),
    "invalid": Invalid(SENTENCE),
    "not-allowed": NotAllowed(),
    "not-found": NotFound(),
}


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    site.config["PROPAGATE_EXCEPTIONS"] = False

    def refuse(kind: str) -> str:
        raise REFUSALS[kind]

    site.add_url_rule("/refuse/<kind>", "refuse", refuse)
    site.add_url_rule("/break", "break", lambda: {}["the password is hunter2"])
    site.add_url_rule("/abort/<int:code>", "abort", lambda code: abort(code))
    return site.test_client()


@pytest.mark.parametrize(
    ("kind", "status"), [("refusal", 409), ("invalid", 422), ("not-allowed", 403), ("not-found", 404)]
)
def test_a_refusal_is_a_page_with_its_sentence_and_a_way_on(browser: FlaskClient, kind: str, status: int):
    answer = browser.get(f"/refuse/{kind}")
    assert answer.status_code == status
    assert REFUSALS[kind].sentence.replace("'", "&#39;") in answer.text
    assert answer.text.count("<h1>") == 1
    assert 'href="/"' in answer.text


def test_an_address_that_never_was_looks_like_one_that_may_not_be_known(browser: FlaskClient):
    never, hidden = browser.get("/refuse/"), browser.get("/refuse/not-found")
    assert never.status_code == hidden.status_code == 404
    assert never.text.split("<main")[1] == hidden.text.split("<main")[1]


def test_a_fragment_is_refused_in_a_fragment(browser: FlaskClient):
    answer = browser.get("/refuse/refusal", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert SENTENCE in answer.text
    assert "<html" not in answer.text


def test_a_program_is_refused_in_json(browser: FlaskClient):
    answer = browser.get("/refuse/refusal", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (409, {"sentence": SENTENCE})


def test_a_fault_of_ours_shows_nothing_of_our_insides(browser: FlaskClient):
    answer = browser.get("/break")
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "KeyError" not in answer.text
    assert "P Manager" not in answer.text


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 418, 422, 429, 503])
def test_every_code_has_its_page(browser: FlaskClient, code: int):
    answer = browser.get(f"/abort/{code}")
    assert answer.status_code == code
    assert answer.text.count("<h1>") == 1


def test_the_way_back_stays_within_the_house(browser: FlaskClient):
    ours = browser.get("/refuse/refusal", headers={"Referer": "http://localhost/rota"})
    theirs = browser.get("/refuse/refusal", headers={"Referer": "https://elsewhere.example/rota"})
    assert 'href="http://localhost/rota"' in ours.text
    assert "elsewhere" not in theirs.text
