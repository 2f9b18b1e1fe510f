import io
import json
import math

import pytest
from flask import Flask, request
from werkzeug.datastructures import FileStorage, MultiDict

from network.plumbing.arriving import LARGEST_BODY, Answers, install_arriving, keepable, read_json


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Two falls.\n\tRings her son.\r\n", "Two falls.\n\tRings her son.\r\n"),
        ("a\0b", "ab"),
        ("a line\vthat Word broke", "a line\nthat Word broke"),
        ("\ud800half a sign\udfff", "half a sign"),
        ("\x1b[31mred\x7f", "[31mred"),
        ("Zoë Ó Súilleabháin 李 😀", "Zoë Ó Súilleabháin 李 😀"),
    ],
)
def test_only_what_can_be_typed_is_kept(typed: str, kept: str) -> None:
    assert keepable(typed) == kept


def test_fields_their_names_and_the_names_of_files_are_kept_alike() -> None:
    sent = MultiDict([("wo\0rds", "a\0"), ("words", "b"), ("file", FileStorage(filename="ro\0ta.xlsx"))])
    answers = Answers(sent)
    assert answers.getlist("words") == ["a", "b"]
    assert answers["file"].filename == "rota.xlsx"


def test_json_is_read_as_our_pages_write_it() -> None:
    assert read_json('{"a": ["b\\u0000", 1.5, null, {"c\\ud800": true}]}') == {
        "a": ["b", 1.5, None, {"c": True}]
    }


@pytest.mark.parametrize("text", ["", "[", "NaN", '{"a": Infinity}', "[" * 40 + "]" * 40, "[" * 90_000])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_json(text)


def test_a_number_too_large_for_json_is_no_number() -> None:
    assert math.isinf(json.loads("1e999"))
    with pytest.raises(ValueError, match="no number"):
        read_json('{"a": 1e999}')


@pytest.mark.parametrize(("letters", "answered"), [(70_000, (200, "70000")), (LARGEST_BODY, (413, ""))])
@pytest.mark.parametrize("kind", ["form", "json"])
def test_what_comes_in_pieces_is_taken_whole_or_not_at_all(kind: str, letters: int, answered) -> None:
    app = Flask("pieces")
    install_arriving(app)

    @app.post("/form")
    def as_form() -> str:
        return str(len(request.form["words"]))

    @app.post("/json")
    def as_json() -> str:
        return str(len(request.get_json()["words"]))

    words = "a" * letters
    sent = f"words={words}" if kind == "form" else f'{{"words": "{words}"}}'
    answer = app.test_client().post(
        f"/{kind}",
        input_stream=io.BytesIO(sent.encode()),
        content_type="application/x-www-form-urlencoded" if kind == "form" else "application/json",
        # As gunicorn hands it on; it names no length.
        environ_overrides={"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"},
    )
    assert (answer.status_code, answer.text if answer.status_code == 200 else "") == answered
