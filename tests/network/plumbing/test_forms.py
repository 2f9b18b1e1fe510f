from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired, Optional

from network.plumbing.forms import choices, errors_of, one_of, question, yes_or_no

SITES = [SelectChoice("elm", "Elm Surgery"), SelectChoice("oak", "Oak Surgery")]


class Post(Form):
    sessions = IntegerField("Sessions", [InputRequired("Enter the sessions")])


class Person(FlaskForm):
    name = StringField("Full name", [DataRequired("Enter the full name")], description="As on the rota")
    leaves = DateField("Last day", [Optional()])
    site = SelectField("Site", choices=[SelectChoice("", "Choose a site"), *SITES])
    contract = RadioField("Contract", choices=SITES, validators=[InputRequired("Choose a contract")])
    inducted = SelectMultipleField("Inducted at", choices=SITES, default=["oak"])
    opted_out = BooleanField("Has opted out")
    posts = FieldList(FormField(Post), min_entries=1)


@pytest.fixture
def form(site: Flask) -> Iterator[Person]:
    with site.test_request_context():
        yield Person()


@pytest.fixture
def refused(site: Flask) -> Iterator[Person]:
    sent = MultiDict({"name": "  ", "leaves": "31 February", "site": "elm"})
    with site.test_request_context(method="POST", data=sent):
        form = Person()
        form.validate()
        yield form


def test_a_question_carries_its_label_hint_and_value(form: Person):
    form.name.data = "G Instance"
    asked = question(form.name, {})
    assert asked["label"]["text"] == "Full name"
    assert asked["hint"] == {"text": "As on the rota"}
    assert asked["value"] == "G Instance"
    assert asked["errorMessage"] is None


def test_only_what_may_be_left_out_says_so(form: Person):
    assert question(form.leaves, {})["label"]["text"] == "Last day (optional)"
    assert "optional" not in question(form.name, {})["label"]["text"]


def test_a_refused_answer_is_shown_again_with_what_is_wrong(refused: Person):
    asked = question(refused.leaves, {})
    assert asked["value"] == "31 February"
    assert asked["errorMessage"] == {"text": "Not a valid date value."}


def test_the_summary_leads_to_every_wrong_answer_in_page_order(refused: Person):
    lines = [(line["href"], line["text"]) for line in errors_of(refused) if "href" in line]
    assert lines == [
        ("#name", "Enter the full name"),
        ("#leaves", "Not a valid date value."),
        ("#contract", "Choose a contract"),
        ("#posts-0-sessions", "Enter the sessions"),
    ]


def test_a_select_marks_what_was_chosen_even_a_blank(form: Person, refused: Person):
    assert [item["selected"] for item in one_of(refused.site, {})["items"]] == [False, True, False]
    form.site.data = ""
    assert [item["selected"] for item in one_of(form.site, {})["items"]] == [True, False, False]


def test_choices_have_a_legend_and_may_explain_themselves(form: Person):
    asked = choices(form.inducted, {"hints": {"oak": "Back door"}})
    assert asked["fieldset"]["legend"]["text"] == "Inducted at"
    assert [(item["checked"], item["hint"]) for item in asked["items"]] == [
        (False, None),
        (True, "Back door"),
    ]


def test_a_single_box_is_its_own_label(form: Person):
    form.opted_out.data = True
    (box,) = yes_or_no(form.opted_out, {"hint": "In writing"})["items"]
    assert (box["text"], box["checked"], box["hint"]) == ("Has opted out", True, {"text": "In writing"})


def test_every_macro_draws_a_labelled_question(refused: Person):
    drawn = render_template_string(
        """{% from "parts/fields.html" import checkbox, checkboxes, date, post, radios, select, text %}
        {% call post(form, "/people") %}{{ text(form.name) }}{{ date(form.leaves) }}{{ select(form.site) }}
        {{ radios(form.contract) }}{{ checkboxes(form.inducted) }}{{ checkbox(form.opted_out) }}
        {% endcall %}""",
        form=refused,
    )
    for name in ("name", "leaves", "site", "contract", "inducted", "opted_out"):
        assert f'for="{name}"' in drawn
        assert f'id="{name}"' in drawn
    assert 'name="csrf_token"' in drawn
    assert 'href="#contract"' in drawn
    assert 'aria-describedby="name-hint name-error"' in drawn
