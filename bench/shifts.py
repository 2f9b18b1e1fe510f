"""Public shift scheduling instances, as they stand in their files: text in sections, `#` before comments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# A worked cell of a solution: employee, day from 0, shift.
Row = tuple[str, int, str]

SECTIONS = (
    "SECTION_HORIZON",
    "SECTION_SHIFTS",
    "SECTION_STAFF",
    "SECTION_DAYS_OFF",
    "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS",
    "SECTION_COVER",
)
NEEDED = SECTIONS[:3]


class BadInstance(Exception):
    """A file that is missing, or is not an instance of this family; says what to do."""


@dataclass(frozen=True)
class Shift:
    name: str
    minutes: int
    # Shifts that cannot be worked on the day after this one.
    not_next: frozenset[str]


@dataclass(frozen=True)
class Employee:
    name: str
    most_of: Mapping[str, int]
    most_minutes: int
    least_minutes: int
    longest_run: int
    shortest_run: int
    shortest_break: int
    most_weekends: int
    days_off: frozenset[int]


@dataclass(frozen=True)
class Request:
    """A request to work a shift, or not to, and what it costs when it is not met."""

    employee: str
    day: int
    shift: str
    weight: int


@dataclass(frozen=True)
class Cover:
    day: int
    shift: str
    wanted: int
    weight_under: int
    weight_over: int


@dataclass(frozen=True)
class Instance:
    """One instance; day 0 is a Monday."""

    name: str
    days: int
    shifts: Mapping[str, Shift]
    employees: Mapping[str, Employee]
    on_requests: tuple[Request, ...]
    off_requests: tuple[Request, ...]
    cover: tuple[Cover, ...]


def read(path: Path) -> Instance:
    """Read an instance; what cannot be read is refused in a sentence."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadInstance(f"{path} cannot be read: name the text file of an instance.") from wrong
    try:
        return instance_in(path.stem, sections_in(text))
    except (ValueError, IndexError, KeyError) as wrong:
        raise BadInstance(f"{path} is not a shift scheduling instance: {wrong}.") from wrong


def sections_in(text: str) -> dict[str, list[list[str]]]:
    """Give the lines of each section, split at commas."""
    found: dict[str, list[list[str]]] = {}
    lines: list[list[str]] | None = None
    for line in filter(None, (each.strip() for each in text.splitlines())):
        if line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            if line not in SECTIONS:
                raise ValueError(f"it has a section {line}, which is not known")
            lines = found.setdefault(line, [])
        elif lines is None:
            raise ValueError("it does not begin with a section")
        else:
            lines.append([part.strip() for part in line.split(",")])
    if missing := [section for section in NEEDED if not found.get(section)]:
        raise ValueError(f"it has no {missing[0]}")
    return found


def instance_in(name: str, sections: Mapping[str, list[list[str]]]) -> Instance:
    """Put an instance together from its sections."""
    shifts = {parts[0]: shift_in(parts) for parts in sections["SECTION_SHIFTS"]}
    off: dict[str, frozenset[int]] = {}
    for who, *days in sections.get("SECTION_DAYS_OFF", ()):
        off[who] = off.get(who, frozenset()) | frozenset(map(int, filter(None, days)))
    instance = Instance(
        name=name,
        days=int(sections["SECTION_HORIZON"][0][0]),
        shifts=shifts,
        employees={parts[0]: employee_in(parts, off) for parts in sections["SECTION_STAFF"]},
        on_requests=requests_in(sections.get("SECTION_SHIFT_ON_REQUESTS", ())),
        off_requests=requests_in(sections.get("SECTION_SHIFT_OFF_REQUESTS", ())),
        cover=tuple(cover_in(parts) for parts in sections.get("SECTION_COVER", ())),
    )
    refuse_repeats(instance, sections)
    refuse_strangers(instance, frozenset(off))
    return instance


def shift_in(parts: list[str]) -> Shift:
    """Read a line of the section on shifts; the last column may be missing."""
    after = parts[2] if len(parts) > 2 else ""
    return Shift(parts[0], int(parts[1]), frozenset(filter(None, after.split("|"))))


def employee_in(parts: list[str], off: Mapping[str, frozenset[int]]) -> Employee:
    """Read a line of the section on staff."""
    name, most_of, *numbers = parts
    pairs = (pair.split("=") for pair in filter(None, most_of.split("|")))
    most, least, longest, shortest, shortest_break, weekends = map(int, numbers)
    return Employee(
        name,
        {shift: int(number) for shift, number in pairs},
        most,
        least,
        longest,
        shortest,
        shortest_break,
        weekends,
        off.get(name, frozenset()),
    )


def requests_in(lines: Iterable[list[str]]) -> tuple[Request, ...]:
    """Read the lines of a section on requests."""
    return tuple(Request(who, int(day), shift, int(weight)) for who, day, shift, weight in lines)


def cover_in(parts: list[str]) -> Cover:
    """Read a line of the section on cover."""
    day, shift, wanted, under, over = parts
    return Cover(int(day), shift, int(wanted), int(under), int(over))


def refuse_repeats(instance: Instance, sections: Mapping[str, list[list[str]]]) -> None:
    """Refuse two shifts or employees of one name, and two lines of cover for one shift of a day."""
    if len(instance.shifts) < len(sections["SECTION_SHIFTS"]):
        raise ValueError("two of its shifts have one name")
    if len(instance.employees) < len(sections["SECTION_STAFF"]):
        raise ValueError("two of its employees have one name")
    if len({(line.day, line.shift) for line in instance.cover}) < len(instance.cover):
        raise ValueError("it asks twice for cover of one shift on one day")


def refuse_strangers(instance: Instance, off: frozenset[str]) -> None:
    """Refuse lines that speak of employees, shifts or days that are not in the instance."""
    requests = (*instance.on_requests, *instance.off_requests)
    dated: tuple[Request | Cover, ...] = (*requests, *instance.cover)
    named = {name for shift in instance.shifts.values() for name in shift.not_next}
    named |= {name for employee in instance.employees.values() for name in employee.most_of}
    named |= {each.shift for each in dated}
    if strange := named - instance.shifts.keys():
        raise ValueError(f"it speaks of shift {min(strange)}, which it does not have")
    if unknown := (off | {each.employee for each in requests}) - instance.employees.keys():
        raise ValueError(f"it speaks of employee {min(unknown)}, whom it does not have")
    days = {each.day for each in dated}
    days |= {day for employee in instance.employees.values() for day in employee.days_off}
    if strange_days := days - set(range(instance.days)):
        raise ValueError(f"it speaks of day {min(strange_days)}, which it does not have")
