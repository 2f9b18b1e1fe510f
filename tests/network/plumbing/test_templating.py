from datetime import UTC, date, datetime, time

import pytest
from flask import Flask, render_template_string
from jinja2 import UndefinedError

from network.plumbing import templating as say

PAGE = """{% extends "layouts/base.html" %}{% block title %}Staff{% endblock %}
{% block before_main %}{{ trail }}{% endblock %}{% block main %}<h1>Staff</h1>{% endblock %}"""


def test_days_and_times_are_said_as_people_say_them():
    assert say.day(date(2026, 12, 7)) == "Monday 7 December"
    assert say.short_day(date(2026, 12, 7)) == "Mon 7"
    assert say.full_date(date(1941, 3, 4)) == "4 March 1941"
    assert say.clock(time(8, 45)) == "08:45"


def test_moments_are_told_in_english_time_summer_and_winter():
    assert say.moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026, 00:30"
    assert say.moment(datetime(2026, 12, 7, 8, 45, tzinfo=UTC)) == "7 December 2026, 08:45"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 min"),
        (40, "40 min"),
        (240, "4 h"),
        (250, "4 h 10 min"),
        (60_000, "1,000 h"),
        (-30, "\N{MINUS SIGN}30 min"),
    ],
)
def test_minutes_are_said_as_hours(minutes: int, said: str):
    assert say.hours(minutes) == said


def test_counts_agree_with_their_nouns():
    assert say.plural(1, "session") == "1 session"
    assert say.plural(0, "session") == "0 sessions"
    assert say.plural(1250, "person", "people") == "1,250 people"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], ""),
        (["Elm"], "Elm"),
        (["Elm", "Oak"], "Elm and Oak"),
        (["Elm", "Oak", "Ash"], "Elm, Oak and Ash"),
    ],
)
def test_lists_read_as_sentences(words: list[str], said: str):
    assert say.listed(words) == said


def test_an_unknown_name_in_our_templates_is_an_error(site: Flask):
    with site.test_request_context(), pytest.raises(UndefinedError):
        render_template_string("{{ nobody_gave_this }}")


def test_the_design_systems_macros_may_be_called_with_little(site: Flask):
    source = """{% from "nhsuk/components/tag/macro.jinja" import tag %}{{ tag({"text": "<New>"}) }}"""
    with site.test_request_context():
        drawn = render_template_string(source)
    assert "&lt;New&gt;" in drawn
    assert 'class="nhsuk-tag"' in drawn


def test_a_page_has_its_title_its_menu_and_who_is_signed_in(site: Flask):
    with site.test_request_context():
        page = render_template_string(PAGE, trail="")
    assert "<title>Staff - Quorate</title>" in page
    assert '<a href="/rota" aria-current="true">Rota</a>' in page
    assert "P Manager" in page
    assert "Riverside network" in page


def test_a_page_without_a_way_back_has_no_empty_landmark(site: Flask):
    with site.test_request_context():
        assert 'class="trail"' not in render_template_string(PAGE, trail="  ")
        assert 'class="trail"' in render_template_string(PAGE, trail="Back")


def test_a_static_file_is_addressed_by_what_is_in_it(site: Flask):
    with site.test_request_context():
        address = render_template_string("{{ asset('site.css') }}")
    assert address.startswith("/static/site.css?v=")
    assert site.test_client().get(address).status_code == 200
