import re

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

PAGE = """{% extends "layouts/base.html" %}{% block title %}Form{% endblock %}
{% block main %}<h1>Form</h1>{% endblock %}"""


@pytest.fixture
def browser(site: Flask) -> FlaskClient:
    site.add_url_rule("/form", "form", lambda: render_template_string(PAGE))
    site.add_url_rule("/do", "do", lambda: "done", methods=["POST"])
    return site.test_client()


def test_only_scripts_that_we_named_may_run(browser: FlaskClient):
    answer = browser.get("/form")
    policy = answer.headers["Content-Security-Policy"]
    (in_page,) = set(re.findall(r'nonce="([^"]+)"', answer.text))
    assert f"script-src 'self' 'nonce-{in_page}';" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_the_password_of_inline_scripts_is_never_used_twice(browser: FlaskClient):
    policies = {browser.get("/form").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_pages_are_not_kept_and_stamped_files_are(browser: FlaskClient):
    page = browser.get("/form")
    assert page.headers["Cache-Control"] == "no-store"
    stamped = re.findall(r'href="(/static/site\.css\?v=\w+)"', page.text)[0]
    assert "immutable" in browser.get(stamped).headers["Cache-Control"]
    assert browser.get("/static/site.css").headers["Cache-Control"] == "no-cache"


def test_a_form_from_elsewhere_is_refused_in_a_sentence(browser: FlaskClient):
    answer = browser.post("/do")
    assert answer.status_code == 400
    assert "open too long" in answer.text


def test_a_script_may_send_the_token_of_its_page_as_a_header(browser: FlaskClient):
    token = re.findall(r'name="csrf-token" content="([^"]+)"', browser.get("/form").text)[0]
    assert browser.post("/do", headers={"X-CSRFToken": token}).text == "done"


def test_transport_security_is_promised_only_where_it_holds(browser: FlaskClient):
    assert "Strict-Transport-Security" not in browser.get("/form").headers
    secure = browser.get("/form", base_url="https://localhost")
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=")
