"""What a pasted summary seems to say: counts and dates, to be checked before they count as facts. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mdt.panels.rules import Answer, Value

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
# British records write the day first.
NUMERIC = re.compile(r"\b([0-3]?\d)[/.-]([01]?\d)[/.-]((?:19|20)\d\d|\d\d)\b")
ISO = re.compile(r"\b((?:19|20)\d\d)-([01]\d)-([0-3]\d)\b")
NAMED = re.compile(
    rf"\b(?:([0-3]?\d)(?:st|nd|rd|th)?[ -])?({'|'.join(MONTHS)})[a-z]*[ -]((?:19|20)\d\d|\d\d)\b", re.I
)
MEDICINES = re.compile(
    r"^\W*(?:current |repeat |regular |active |acute )*(?:medications?|medicines|drugs|prescriptions)\b", re.I
)
COUNTED = re.compile(
    r"^\D{0,40}?[:=]?\s*(\d{1,2})\b\s*(?:items?|medicines|medications|drugs|on repeat)?\s*$", re.I
)
DOSE = re.compile(r"\b\d+(?:\.\d+)?\s?(?:mg|mcg|micrograms?|g|ml|units?|%)(?:\b|/|$)", re.I)
HEADING = re.compile(
    r"^(?:problems?|allerg\w+|(?:past |medical |family |social )+history|results|consultations?|plan)\b", re.I
)
DATED = (
    ("Medicines review", re.compile(r"\b(?:SMR|medic\w+ review|medication review)\b", re.I)),
    ("Sight test", re.compile(r"\b(?:sight test|eye test|optician|optometrist|retinal screening)", re.I)),
    ("Dentist", re.compile(r"\b(?:dentist|dental)\b", re.I)),
    ("Hospital stay or A&E", re.compile(r"\b(?:admitted|admission|discharged?|A&E|ED attendance)\b", re.I)),
    ("Advance plan", re.compile(r"\b(?:ReSPECT|DNACPR|advance (?:care )?plan|ACP)\b", re.I)),
)
FALLS = re.compile(
    r"\bfalls?\s*[x×*]\s*(\d{1,2})\b|\b(\d{1,2}|one|two|three|four|five|six)\s+(?:recent\s+)?falls?\b", re.I
)
FRAILTY = re.compile(r"\b(?:CFS|clinical frailty (?:scale|score))\D{0,15}([1-9])\b", re.I)
INDEX = re.compile(r"\b(?:eFI|electronic frailty index)\D{0,20}(0?\.\d{1,3})\b", re.I)
ALLERGIES = re.compile(r"^\W*(?:allerg\w+|drug allergies|sensitivities)\s*[:-]\s*(\S.*)$", re.I)
LONGEST_SOURCE = 160
# What of it prompts may use once it is checked. A count of falls says not of which time.
FACTS = {
    "Medicines": "medicines",
    "Clinical Frailty Scale": "cfs",
    "Electronic frailty index": "efi_score",
    "Medicines review": "last_smr",
    "Sight test": "last_sight_test",
    "Dentist": "last_dental",
}


@dataclass(frozen=True)
class Noticed:
    """Something that a summary seems to say, and the line it was read from."""

    name: str
    said: str
    source: str


def noticed_in(pasted: str, today: date) -> list[Noticed]:
    """List what a summary seems to say, each thing once, in the order a reader looks for it."""
    lines = [line.strip() for line in pasted.splitlines()]
    found = [
        *_medicines(lines),
        *_first("Falls", FALLS, lines, _as_count),
        *_first("Clinical Frailty Scale", FRAILTY, lines, str),
        *_first("Electronic frailty index", INDEX, lines, lambda said: said.rjust(4, "0")),
        *_first("Allergies", ALLERGIES, lines, lambda said: said[:LONGEST_SOURCE]),
        *(each for name, words in DATED for each in _latest(name, words, lines, today)),
    ]
    return [each for number, each in enumerate(found) if each.name not in {e.name for e in found[:number]}]


def facts_of(checked: Iterable[Noticed], as_at: date) -> dict[str, Answer]:
    """Give what was checked as facts, as of the day on which the summary was pasted."""
    found = {FACTS[each.name]: _value(each.said) for each in checked if each.name in FACTS}
    return {key: Answer(value, as_at) for key, value in found.items()}


def _value(said: str) -> Value:
    if days := days_in(said):
        return days[0][1].isoformat()
    return int(said) if said.isdecimal() else float(said)


def days_in(line: str) -> list[tuple[int, date, str]]:
    """List the days a line names: where, which, and as it is said: a month alone stays a month."""
    found = [(match.start(), *_day(match[3], int(match[2]), match[1])) for match in NUMERIC.finditer(line)]
    found += [(match.start(), *_day(match[1], int(match[2]), match[3])) for match in ISO.finditer(line)]
    for match in NAMED.finditer(line):
        month = MONTHS.index(match[2][:3].lower()) + 1
        day, said = _day(match[3], month, match[1] or "1")
        found.append((match.start(), day, said if match[1] or day is None else f"{day:%B %Y}"))
    return sorted((start, day, said) for start, day, said in found if day is not None)


def _day(said_year: str, month: int, day: str) -> tuple[date | None, str]:
    year = int(said_year)
    # Nobody's record reaches ahead: 87 is 1987, and 26 is 2026.
    year = year if year > 99 else year + (2000 if year < 50 else 1900)
    try:
        found = date(year, month, int(day))
    except ValueError:
        return None, ""
    return found, f"{found.day} {found:%B %Y}"


def _latest(name: str, words: re.Pattern[str], lines: Iterable[str], today: date) -> Iterator[Noticed]:
    days = [
        (day, said, line)
        for line in lines
        for word in words.finditer(line)
        for day, said in _nearest(word.start(), days_in(line))
        if day <= today
    ]
    if days:
        _, said, line = max(days)
        yield Noticed(name, said, line[:LONGEST_SOURCE])


def _nearest(start: int, days: list[tuple[int, date, str]]) -> list[tuple[date, str]]:
    """Give the day that belongs to a word: the first after it, else the last before it."""
    after = [(day, said) for where, day, said in days if where > start]
    before = [(day, said) for where, day, said in days if where < start]
    return after[:1] or before[-1:]


def _first(
    name: str, words: re.Pattern[str], lines: Iterable[str], said: Callable[[str], str]
) -> Iterator[Noticed]:
    for line in lines:
        if found := words.search(line):
            yield Noticed(name, said(next(each for each in found.groups() if each)), line[:LONGEST_SOURCE])
            return


def _as_count(said: str) -> str:
    return str(NUMBERS.get(said.lower(), said))


def _medicines(lines: list[str]) -> Iterator[Noticed]:
    """Count the medicines: as the summary says it, as it lists them under a heading, or by their doses."""
    for number, line in enumerate(lines):
        if not MEDICINES.search(line):
            continue
        if said := COUNTED.search(line):
            yield Noticed("Medicines", said.group(1), line[:LONGEST_SOURCE])
            return
        if listed := _listed_under(lines[number + 1 :]):
            yield Noticed("Medicines", str(len(listed)), f"{line} {', '.join(listed)}"[:LONGEST_SOURCE])
            return
    if doses := [line for line in lines if DOSE.search(line)]:
        yield Noticed("Medicines", str(len(doses)), ", ".join(doses)[:LONGEST_SOURCE])


def _listed_under(lines: Iterable[str]) -> list[str]:
    listed: list[str] = []
    for line in lines:
        if (not line and listed) or line.endswith(":") or HEADING.match(line):
            break
        if line:
            listed.append(line)
    return listed
