import json
import math

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from network.plumbing.arriving import Answers, keepable, read_json


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
    assert read_json('{"a": ["b\\u0000", 1.5, null, {"c\\ud800": true}]}') == {"a": ["b", 1.5, None, {"c": True}]}


@pytest.mark.parametrize("text", ["", "[", "NaN", '{"a": Infinity}', "[" * 40 + "]" * 40, "[" * 90_000])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_json(text)


def test_a_number_too_large_for_json_is_no_number() -> None:
    assert math.isinf(json.loads("1e999"))
    with pytest.raises(ValueError, match="no number"):
        read_json('{"a": 1e999}')
