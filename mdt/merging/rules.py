"""When two entries may be one person, and what is chosen when they are joined. Pure."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mdt.patients.rules import LetterFormat, Sex

LONGEST_REASON = 500
# Shorter parts of names are too easily alike.
SHORTEST_ALIKE = 4
# What an entry says of somebody; the number first, since it decides.
FIELDS = (
    "nhs_number",
    "title",
    "family_name",
    "given_name",
    "preferred_name",
    "born",
    "sex",
    "died_on",
    "address",
    "postcode",
    "phone",
    "email",
    "care_home",
    "practice_id",
    "letter_format",
    "language",
    "lives_alone",
    "housebound",
    "ethnicity",
    "imd_decile",
)
# What stands for "nobody has said", in whose place the other entry's word is taken.
UNSAID = (None, "", Sex.UNKNOWN, LetterFormat.STANDARD)
Values = Mapping[str, object]


@dataclass(frozen=True)
class Difference:
    """Something the two entries do not say alike, and which of them is taken unless somebody chooses."""

    name: str
    first: object
    second: object
    takes_second: bool


def wrong_with_joining(reason: str, has_compared: bool) -> str:
    """Say what is missing before two entries may be joined, or nothing."""
    if not reason.strip():
        return "Enter how you know that they are one person."
    if len(reason) > LONGEST_REASON:
        return f"Shorten the reason to {LONGEST_REASON} characters: it has {len(reason)}."
    return "" if has_compared else "Compare the two, then tick that you have."


def names_alike(first: Collection[str], second: Collection[str]) -> bool:
    """Say whether two people may have one name: a part in common, or one letter apart in a longer one."""
    if set(first) & set(second):
        return True
    return any(_is_one_apart(one, other) for one in first for other in second)


def may_be_one(numbers: tuple[str | None, str | None]) -> bool:
    """Say whether the NHS numbers let two entries be one person: two different ones are two people."""
    return None in numbers or numbers[0] == numbers[1]


def differences(first: Values, second: Values) -> list[Difference]:
    """List what two entries do not say alike; the first's word is taken where it has one."""
    return [
        Difference(name, first[name], second[name], first[name] in UNSAID and second[name] not in UNSAID)
        for name in FIELDS
        if first[name] != second[name]
    ]


def in_order(one: uuid.UUID, other: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """Name a pair in one order only, so that it is there once."""
    return (one, other) if one < other else (other, one)


def as_kept(values: Values) -> dict[str, object]:
    """Turn what an entry says into what JSON can hold."""
    return {name: _plain(value) for name, value in values.items()}


def as_was(name: str, value: object) -> object:
    """Turn what JSON held back into what an entry says."""
    if value is None:
        return None
    if name == "died_on":
        return date.fromisoformat(str(value))
    if name == "practice_id":
        return uuid.UUID(str(value))
    if name == "sex":
        return Sex(str(value))
    return LetterFormat(str(value)) if name == "letter_format" else value


def changed_since(before: Values, taken: Iterable[str], written: Values, present: Values) -> list[str]:
    """Name what a merge changed of the kept entry and somebody has changed again: that stays as it is."""
    return [name for name in taken if present[name] != written[name] and present[name] != before[name]]


def _plain(value: object) -> object:
    if isinstance(value, Sex | LetterFormat):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID) else value


def _is_one_apart(one: str, other: str) -> bool:
    """Say whether one letter was added, left out or mistyped, or two stand the other way round."""
    if min(len(one), len(other)) < SHORTEST_ALIKE or abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    left, right = one[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left == right[1:]
        or left[1:] == right
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
