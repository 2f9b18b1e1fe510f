"""Public medical student scheduling instances, as they stand in their files: MiniZinc data."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path

# A stay of a solution: student, discipline, hospital, first period; the first three numbered from 1 as in the
# files, and so are periods.
Row = tuple[int, int, int, int]
Table = tuple[tuple[int, ...], ...]

SCALARS = ("Students", "Disciplines", "Hospitals", "Duration", "Horizon", "Groups", "MaxDiscPerHosp")
# What each table is counted by.
TABLES: Mapping[str, tuple[str, ...]] = {
    "DiscGroup": ("Disciplines",),
    "StudDiscGroup": ("Students", "Groups"),
    "AllowedDisc": ("Students", "Disciplines"),
    "Precededby": ("Disciplines", "Disciplines"),
    "Availability": ("Students", "Horizon"),
    "Ability": ("Students", "Hospitals", "Disciplines"),
    "MaxPosHosp": ("Hospitals", "Disciplines", "Horizon"),
    "MinPosHosp": ("Hospitals", "Disciplines", "Horizon"),
    "WeightPref": ("Students", "Weights"),
    "PrefStudDisc": ("Students", "Disciplines"),
    "PrefStudHosp": ("Students", "Hospitals"),
    "ManPref": ("Disciplines",),
}
WEIGHTS = 4
ENTRY = re.compile(r"(\w+)\s*=\s*([^;]*);")
COMMENT = re.compile(r"%[^\n]*")
# The sizes of an array stand before its values.
SIZES = re.compile(r"array\d*d\s*\([^\[]*")


class BadInstance(Exception):
    """A file that is missing, or is not an instance of this family; says what to do."""


@dataclass(frozen=True)
class Weights:
    """How much a student's wishes count; what is not wished for counts below nought."""

    discipline: int
    hospital: int
    change: int
    waiting: int


@dataclass(frozen=True)
class Student:
    """`needs` are the disciplines taken of each group; `can` says by hospital what the student is able to."""

    number: int
    needs: tuple[int, ...]
    allowed: frozenset[int]
    available: frozenset[int]
    can: Mapping[int, frozenset[int]]
    weights: Weights
    likes: tuple[int, ...]
    likes_hospitals: tuple[int, ...]


@dataclass(frozen=True)
class Instance:
    """One instance. Everything is numbered from 0 here; `most` and `least` stand by hospital, discipline and
    period; `before` says which disciplines come before each.
    """

    name: str
    students: tuple[Student, ...]
    disciplines: int
    hospitals: int
    duration: int
    horizon: int
    most_in_hospital: int
    group_of: tuple[int, ...]
    before: tuple[frozenset[int], ...]
    most: tuple[Table, ...]
    least: tuple[Table, ...]
    managers: tuple[int, ...]

    @property
    def starts(self) -> range:
        return range(self.horizon - self.duration + 1)

    def satisfaction_of(self, student: Student, discipline: int, hospital: int) -> int:
        """Say what a stay is worth, but for when it is."""
        weights = student.weights
        return (
            weights.discipline * student.likes[discipline]
            + weights.hospital * student.likes_hospitals[hospital]
            + self.managers[discipline]
        )


def read(path: Path) -> Instance:
    """Read an instance; what cannot be read is refused in a sentence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadInstance(f"{path} cannot be read: name the data file of an instance.") from wrong
    try:
        return instance_in(path.stem, dict(ENTRY.findall(COMMENT.sub("", text))))
    except ValueError as wrong:
        raise BadInstance(f"{path} is not a student scheduling instance: {wrong}.") from wrong


def instance_in(name: str, entries: Mapping[str, str]) -> Instance:
    """Put an instance together from what its names are given."""
    if missing := [key for key in (*SCALARS, *TABLES) if key not in entries]:
        raise ValueError(f"it has no {missing[0]}")
    size = {key: scalar_in(key, entries[key]) for key in SCALARS} | {"Weights": WEIGHTS}
    values = {key: values_in(key, entries[key], [size[each] for each in by]) for key, by in TABLES.items()}
    disciplines, hospitals, horizon = size["Disciplines"], size["Hospitals"], size["Horizon"]
    places = [disciplines, horizon]
    return Instance(
        name=name,
        students=tuple(student_in(number, values, size) for number in range(size["Students"])),
        disciplines=disciplines,
        hospitals=hospitals,
        duration=size["Duration"],
        horizon=horizon,
        most_in_hospital=size["MaxDiscPerHosp"],
        group_of=tuple(group_in(group, size["Groups"]) for group in values["DiscGroup"]),
        before=tuple(ones_in(row) for row in table_in(values["Precededby"], [disciplines, disciplines])),
        most=tuple(table_in(each, places) for each in parts_of(values["MaxPosHosp"], hospitals)),
        least=tuple(table_in(each, places) for each in parts_of(values["MinPosHosp"], hospitals)),
        managers=values["ManPref"],
    )


def scalar_in(key: str, text: str) -> int:
    """Read one number."""
    try:
        number = int(text)
    except ValueError:
        raise ValueError(f"its {key} is no whole number") from None
    if number < 1:
        raise ValueError(f"its {key} is {number}, and must be 1 or more")
    return number


def values_in(key: str, text: str, sizes: list[int]) -> tuple[int, ...]:
    """Read the values of a table, one after the other."""
    words = re.split(r"[\s,|\[\]()]+", SIZES.sub("", text))
    try:
        found = tuple(int(word) for word in words if word)
    except ValueError:
        raise ValueError(f"its {key} holds something that is no whole number") from None
    if len(found) != prod(sizes):
        raise ValueError(f"its {key} has {len(found)} values, and should have {prod(sizes)}")
    return found


def student_in(number: int, values: Mapping[str, tuple[int, ...]], size: Mapping[str, int]) -> Student:
    """Read what the tables say of one student."""

    def own(key: str) -> tuple[int, ...]:
        return list(parts_of(values[key], size["Students"]))[number]

    return Student(
        number=number,
        needs=own("StudDiscGroup"),
        allowed=ones_in(own("AllowedDisc")),
        available=ones_in(own("Availability")),
        can={
            hospital: ones_in(row) for hospital, row in enumerate(parts_of(own("Ability"), size["Hospitals"]))
        },
        weights=Weights(*own("WeightPref")),
        likes=own("PrefStudDisc"),
        likes_hospitals=own("PrefStudHosp"),
    )


def group_in(group: int, groups: int) -> int:
    """Read the group of a discipline."""
    if not 1 <= group <= groups:
        raise ValueError(f"it speaks of group {group}, which it does not have")
    return group - 1


def table_in(values: tuple[int, ...], sizes: list[int]) -> Table:
    """Put values in rows."""
    return tuple(parts_of(values, sizes[0]))


def parts_of(values: tuple[int, ...], number: int) -> Iterator[tuple[int, ...]]:
    """Cut values into so many parts of one length."""
    length = len(values) // number
    yield from (values[start : start + length] for start in range(0, len(values), length))


def ones_in(row: tuple[int, ...]) -> frozenset[int]:
    """Give the places at which something holds."""
    return frozenset(place for place, holds in enumerate(row) if holds)
