"""Reading a FHIR R4 bundle that others sent: one patient, their plan and goals; all else is named. Pure."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mdt.exchange.rules import GENDERS, NHS_NUMBER
from mdt.patients.rules import Sex, parts_of, tidy_nhs_number, wrong_with_nhs_number
from network.vocabulary import Word

LARGEST_FILE = 1024 * 1024
DEEPEST = 24
MOST_ENTRIES = 500
LONGEST_VALUE = 200
# Who somebody is comes before how they are reached. A date of birth that differs is another person's.
COMPARED = (
    "title",
    "given_name",
    "family_name",
    "preferred_name",
    "sex",
    "address",
    "postcode",
    "phone",
    "email",
    "language",
)
READ = ("Patient", "CarePlan", "Goal")
SEXES = {code: sex for sex, code in GENDERS.items()}


class FileState(Word):
    READY = "ready", "Waits to be looked at"
    DONE = "done", "Taken over"


class Unreadable(ValueError):
    """A file that cannot be taken; the text says why and what to do."""


@dataclass(frozen=True)
class PatientIn:
    """Who somebody is, as others sent it; what they did not send is empty."""

    nhs_number: str
    family_name: str = ""
    given_name: str = ""
    born_on: date | None = None
    title: str = ""
    preferred_name: str = ""
    sex: Sex | None = None
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""


@dataclass(frozen=True)
class Difference:
    """What two records say of one thing."""

    name: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Incoming:
    """What a file says: who, the words of plans, the goals, and what of it is not read."""

    patient: PatientIn
    plan_words: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def read_incoming(content: bytes, *, only_invented: bool) -> Incoming:
    """Read a bundle, or a single patient; raise Unreadable with a sentence."""
    resources = list(_resources(_parsed(content)))
    patients = [each for each in resources if each["resourceType"] == "Patient"]
    if len(patients) != 1:
        said = "no Patient" if not patients else f"{len(patients)} Patients"
        raise Unreadable(f"This file has {said}. Send one person at a time.")
    patient = _patient(patients[0], only_invented)
    others = Counter(
        _text(each["resourceType"], 40) or "without a name"
        for each in resources
        if each["resourceType"] not in READ
    )
    return Incoming(
        patient,
        tuple(_plan_words([each for each in resources if each["resourceType"] == "CarePlan"])),
        tuple(_goals([each for each in resources if each["resourceType"] == "Goal"])),
        tuple(f"{count} {name}" for name, count in sorted(others.items())),
    )


def differences(ours: Mapping[str, Any], theirs: PatientIn) -> list[Difference]:
    """Return what the file says otherwise, or besides; what it does not say takes nothing away."""
    found = []
    for name in COMPARED:
        mine, sent = _said(ours[name]), _said(getattr(theirs, name))
        if sent and " ".join(mine.casefold().split()) != " ".join(sent.casefold().split()):
            found.append(Difference(name, mine, sent))
    return found


def is_another(names: Iterable[str], born_on: date, theirs: PatientIn) -> bool:
    """Say whether a file and our entry of one NHS number speak of two people."""
    sent = {*parts_of(f"{theirs.given_name} {theirs.family_name} {theirs.preferred_name}")}
    if theirs.born_on is not None and theirs.born_on != born_on:
        return True
    ours = {part for name in names for part in parts_of(name)}
    # A name in another script has no parts that compare: then the number and the day of birth decide.
    return bool(sent and ours) and not sent & ours


def _said(value: object) -> str:
    if isinstance(value, Sex):
        return "" if value is Sex.UNKNOWN else value.label
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _parsed(content: bytes) -> Mapping[str, Any]:
    if len(content) > LARGEST_FILE:
        raise Unreadable("This file is larger than 1 MB. Ask for the person and their plan alone.")
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except RecursionError:
        raise Unreadable("This file is nested too deeply to be a record. Ask for it again.") from None
    except ValueError:
        raise Unreadable("This file is no JSON. Ask for a FHIR R4 bundle as JSON, not as XML.") from None
    if _depth(found) > DEEPEST:
        raise Unreadable("This file is nested too deeply to be a record. Ask for it again.")
    if not isinstance(found, dict) or not isinstance(found.get("resourceType"), str):
        raise Unreadable("This file is no FHIR resource: it does not say its resourceType.")
    return found


def _refuse_constant(word: str) -> None:
    raise ValueError(word)


def _depth(value: Any) -> int:
    """Measure how deep something is nested, level by level: a recursion of our own could run over."""
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return depth


def _resources(found: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if found["resourceType"] != "Bundle":
        yield found
        return
    entries = found.get("entry", [])
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        raise Unreadable(f"This bundle has more than {MOST_ENTRIES} entries, or none that can be read.")
    for entry in entries:
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
            raise Unreadable("An entry of this bundle is no resource. Ask for the file again.")
        yield resource


def _patient(resource: Mapping[str, Any], only_invented: bool) -> PatientIn:
    numbers = {
        tidy_nhs_number(_text(each.get("value")))
        for each in _dicts(resource.get("identifier"))
        if each.get("system") == NHS_NUMBER
    }
    if len(numbers) != 1:
        raise Unreadable(f"The Patient needs one NHS number, with the system {NHS_NUMBER}.")
    number = numbers.pop()
    if wrong := wrong_with_nhs_number(number, only_invented):
        raise Unreadable(wrong)
    names = list(_dicts(resource.get("name")))
    official = next((each for each in names if each.get("use") == "official"), names[0] if names else {})
    usual: Mapping[str, Any] = next((each for each in names if each.get("use") in ("usual", "nickname")), {})
    address: Mapping[str, Any] = next(_dicts(resource.get("address")), {})
    return PatientIn(
        nhs_number=number,
        family_name=_text(official.get("family")),
        given_name=_joined(official.get("given")),
        born_on=_birth(resource.get("birthDate")),
        title=_joined(official.get("prefix")),
        preferred_name=_joined(usual.get("given")),
        sex=SEXES.get(_text(resource.get("gender"))),
        address=_address(address),
        postcode=_text(address.get("postalCode")),
        phone=_reached(resource, "phone"),
        email=_reached(resource, "email"),
        language=_language(resource),
    )


def _birth(value: object) -> date | None:
    text = _text(value)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable("The birthDate is no whole date, such as 1941-03-04.") from None


def _address(address: Mapping[str, Any]) -> str:
    lines = [*_strings(address.get("line")), _text(address.get("city")), _text(address.get("district"))]
    return _text(address.get("text")) or ", ".join(line for line in lines if line)


def _reached(resource: Mapping[str, Any], system: str) -> str:
    found = (each for each in _dicts(resource.get("telecom")) if each.get("system") == system)
    return _text(next(found, {}).get("value"))


def _language(resource: Mapping[str, Any]) -> str:
    spoken = next(_dicts(resource.get("communication")), {}).get("language")
    if not isinstance(spoken, dict):
        return ""
    coded = next(_dicts(spoken.get("coding")), {})
    return _text(spoken.get("text")) or _text(coded.get("display"))


def _plan_words(plans: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for plan in plans:
        yield from filter(None, [_text(plan.get("description"), 1000)])
        for activity in _dicts(plan.get("activity")):
            detail = activity.get("detail")
            if isinstance(detail, dict):
                heading = _text(_concept(detail.get("code")))
                words = _text(detail.get("description"), 1000)
                yield from filter(None, [": ".join(filter(None, [heading, words]))])
        for note in _dicts(plan.get("note")):
            yield from filter(None, [_text(note.get("text"), 1000)])


def _goals(goals: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for goal in goals:
        if words := _text(_concept(goal.get("description")), 500):
            yield words


def _concept(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    coded = next(_dicts(value.get("coding")), {})
    return _text(value.get("text"), 1000) or _text(coded.get("display"), 1000)


def _dicts(value: object) -> Iterator[Mapping[str, Any]]:
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def _strings(value: object) -> Iterator[str]:
    return (_text(each) for each in value) if isinstance(value, list) else iter(())


def _joined(value: object) -> str:
    return " ".join(filter(None, _strings(value)))[:LONGEST_VALUE]


def _text(value: object, longest: int = LONGEST_VALUE) -> str:
    """Give what somebody typed elsewhere as one line that can be kept."""
    if not isinstance(value, str):
        return ""
    kept = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in value)
    return " ".join(kept.split())[:longest]
