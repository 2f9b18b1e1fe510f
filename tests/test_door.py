"""The door between the wings: what crosses it is named in one place, and no word about anybody can."""

import ast
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from inspect import getmembers, isfunction, signature
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from network.access.rules import Actor
from rota import diary
from rota.exposures.records import MeetingExposure
from rota.holds.records import HeldPerson, Hold
from rota.places.records import AskedPlace
from tests.test_architecture import modules

# Whoever writes words of their own could name somebody in them: what goes in is made of these alone.
WORDLESS = (uuid.UUID, date, time, int, bool, NoneType)
# These come out, in words of this wing's own; nothing that came in is among them.
SAID = {
    "Free.why",
    "Held.warnings",
    "PlaceStatus.clinic",
    "PlaceStatus.site",
    "Slot.site",
    "ClinicOffered.name",
    "quorum_of",
}
COLUMNS_OF_WORDS = {"discipline", "disciplines", "least", "kind", "priority", "state", "short"}


def names_used(source: str) -> Iterator[str]:
    """Give what a module takes from the door, by whichever name it calls it."""
    tree = ast.parse(source)
    doors = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "rota.diary":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "rota":
            doors |= {alias.asname or alias.name for alias in node.names if alias.name == "diary"}
            yield from (alias.name for alias in node.names if alias.name != "diary")
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "rota")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in doors:
            yield node.attr


def test_meetings_take_from_the_door_what_it_offers_and_nothing_else() -> None:
    used = {
        (module, name)
        for module, path in modules()
        if module.startswith("mdt.")
        for name in names_used(path.read_text())
    }
    assert used
    assert not [(module, name) for module, name in used if name not in diary.__all__]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("from rota.diary import places", "places"),
        ("from rota import diary as door\ndoor.holds.hold_time", "holds"),
        ("from rota import staff", "staff"),
        ("import rota.staff.queries", "rota.staff.queries"),
    ],
)
def test_each_way_past_the_door_is_seen(source: str, name: str) -> None:
    assert name in set(names_used(source)) - set(diary.__all__)


def kinds_in(hint: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Give the plain types that an annotation is made of, those of dataclasses under their own name."""
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType) or inner:
        for each in inner:
            if each is not Ellipsis:
                yield from kinds_in(each, where)
    elif is_dataclass(hint) and hint is not Actor:
        for each in fields(hint):
            yield from kinds_in(get_type_hints(hint)[each.name], f"{hint.__name__}.{each.name}")
    else:
        yield where, hint


def crossing() -> Iterator[tuple[str, Any]]:
    """Give every plain type that crosses, with where: what goes in and what comes out."""
    for name, function in getmembers(diary, isfunction):
        if name in diary.__all__:
            hints = get_type_hints(function)
            for parameter in (*signature(function).parameters, "return"):
                if hints.get(parameter) is not Actor:
                    yield from kinds_in(hints[parameter], name)


def is_plain(kind: Any) -> bool:
    return kind in WORDLESS or (isinstance(kind, type) and issubclass(kind, Enum))


def test_only_ids_days_times_counts_and_words_of_the_vocabulary_cross() -> None:
    found = list(crossing())
    assert {"Asked.due", "Holding.key", "Slot.day"} <= {where for where, _ in found}
    assert {where for where, kind in found if not is_plain(kind)} == SAID


def test_everything_that_crosses_is_frozen() -> None:
    offered = [getattr(diary, name) for name in diary.__all__]
    assert all(each.__dataclass_params__.frozen for each in offered if is_dataclass(each))
    assert all(is_dataclass(each) or isfunction(each) or issubclass(each, Enum) for each in offered)


def test_no_table_behind_the_door_has_a_column_for_words_about_anybody() -> None:
    for table in (Hold, HeldPerson, AskedPlace, MeetingExposure):
        words = {
            column.name
            for column in table.__table__.columns
            if column.type.python_type in (str, list, dict, object)
        }
        assert words <= COLUMNS_OF_WORDS, table


def test_a_field_for_words_would_be_seen() -> None:
    assert not is_plain(str)
    assert [kind for _, kind in kinds_in(Mapping[uuid.UUID, Collection[str]], "x")] == [uuid.UUID, str]
