"""Who the demo's cases are about: invented people, read from a file, with NHS numbers issued to nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from mdt.cases.rules import Risk, Urgency
from mdt.patients.rules import Contact, EthnicCategory, Identity, LetterFormat, Sex
from mdt.sharing.rules import SharingBasis
from mdt.story.rules import CarerDetails, CarerRole, CarersAssessment, NeedKind, StatementKind
from network.vocabulary import Discipline

# As a town of this size might be; some people were never asked.
ETHNICITIES = (
    *(EthnicCategory.BRITISH,) * 5,
    EthnicCategory.PAKISTANI,
    EthnicCategory.BRITISH,
    EthnicCategory.CARIBBEAN,
    None,
)
DECILES = (2, 5, 1, 7, 3, None, 9, 4, 1, 6, 2)
FILE = Path(__file__).parent / "packs" / "invented.yaml"
FIRST_NUMBER = 999_000_001
STREETS = ("Elm Row", "Mill Lane", "Station Road", "Quay Street", "Orchard Close")
BORN_OF_THE_KNOWN = date(1944, 1, 15)


@dataclass(frozen=True)
class Report:
    """What a discipline of the demo says of a case; empty words mean nothing to add."""

    words: str = ""
    offer: str = ""
    need: str = ""
    has_met: bool | None = None
    is_unknown: bool = False
    is_sensitive: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """Words of an invented person, and how many days ago they were heard."""

    kind: StatementKind
    words: str
    by: str
    ago: int


@dataclass(frozen=True)
class Noted:
    """Facts of an invented person that somebody wrote down; a day is given as how many days ago it was."""

    ago: int
    source: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class InventedPatient:
    """An invented person with what is known of them, and their case where they have one."""

    identity: Identity
    contact: Contact
    practice: int
    said: tuple[Said, ...] = ()
    needs: dict[NeedKind, str] = field(default_factory=dict)
    noted: tuple[Noted, ...] = ()
    carers: tuple[CarerDetails, ...] = ()
    question: str = ""
    wants: str = ""
    why_not_asked: str = ""
    urgency: Urgency = Urgency.ROUTINE
    basis: SharingBasis = SharingBasis.INFORMED
    risks: tuple[Risk, ...] = ()
    referrer: str = "practice"
    reports: dict[Discipline, Report] = field(default_factory=dict)
    asked: tuple[Discipline, ...] = ()
    state: str = ""
    answer: str = ""
    decision: str = ""
    actions: tuple[str, ...] = ()
    # By its name: what the rota's part of the demo holds.
    clinic: str = ""


def for_today() -> list[InventedPatient]:
    """Return those whom the meeting of the day discusses."""
    return [_patient(row, place) for place, row in enumerate(_rows()["today"])]


def at_other_points() -> list[InventedPatient]:
    """Return those whose cases stand at every other point of their way."""
    return [_patient(row, 20 + place) for place, row in enumerate(_rows()["others"])]


def without_a_case() -> list[InventedPatient]:
    """Return those whom the network knows, with no case."""
    rows = ({"name": name, "born": _born(place), "practice": place % 5} for place, name in _known())
    return [_patient(row, 40 + place) for place, row in enumerate(rows)]


def nhs_numbers() -> Iterator[str]:
    """Yield valid numbers of the range that is issued to nobody."""
    for first in range(FIRST_NUMBER, FIRST_NUMBER + 1000):
        digits = str(first)
        total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True))
        if (check := (11 - total % 11) % 11) < 10:
            yield f"{digits}{check}"


def _rows() -> dict[str, Any]:
    rows: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return rows


def _known() -> Iterator[tuple[int, str]]:
    return iter(enumerate(_rows()["known"]))


def _born(place: int) -> date:
    return BORN_OF_THE_KNOWN + timedelta(days=411 * place)


def _patient(row: dict[str, Any], place: int) -> InventedPatient:
    given, family = row["name"].split()
    numbers = list(nhs_numbers())
    return InventedPatient(
        identity=Identity(
            family_name=family,
            given_name=given,
            born_on=row["born"],
            nhs_number=numbers[place],
            title=row.get("title", ""),
            sex=Sex(row.get("sex", "unknown")),
        ),
        contact=Contact(
            address=f"{3 + 2 * place} {STREETS[place % len(STREETS)]}, Exampleton",
            postcode="EX1 1AA",
            phone=f"01632 960{place:03}",
            care_home=row.get("home", ""),
            letter_format=LetterFormat(row.get("format", "standard")),
            language=row.get("language", ""),
            lives_alone=row.get("alone"),
            ethnicity=ETHNICITIES[place % len(ETHNICITIES)],
            imd_decile=DECILES[place % len(DECILES)],
        ),
        practice=row["practice"],
        said=tuple(_said(words, given) for words in row.get("statements", _one_statement(row))),
        needs={NeedKind(kind): words for kind, words in row.get("needs", {}).items()},
        noted=tuple(Noted(**each) for each in row.get("noted", ())),
        carers=tuple(_carer(carer) for carer in row.get("carers", ())),
        question=row.get("question", ""),
        wants=row.get("wants", ""),
        why_not_asked=row.get("why_not_asked", ""),
        urgency=Urgency(row.get("urgency", "routine")),
        basis=SharingBasis(row.get("basis", "informed")),
        risks=tuple(Risk(risk) for risk in row.get("risks", ())),
        referrer=row.get("referrer", "practice"),
        reports={Discipline(name): _report(report) for name, report in row.get("reports", {}).items()},
        asked=tuple(Discipline(name) for name in row.get("asked", ())),
        state=row.get("state", ""),
        answer=row.get("answer", ""),
        decision=row.get("decision", ""),
        actions=tuple(row.get("actions", ())),
        clinic=row.get("clinic", ""),
    )


def _one_statement(row: dict[str, Any]) -> list[dict[str, Any]]:
    words = row.get("statement")
    return [{"kind": "matters", "said": words, "by": row["name"].split()[0], "ago": 10}] if words else []


def _said(row: dict[str, Any], given_name: str) -> Said:
    return Said(StatementKind(row["kind"]), row["said"], row.get("by", given_name), row["ago"])


def _carer(row: dict[str, Any]) -> CarerDetails:
    return CarerDetails(
        name=row["name"],
        relation=row["relation"],
        role=CarerRole(row["role"]),
        patient_agrees=row["agrees"],
        own_needs=row["own_needs"],
        assessment=CarersAssessment(row["assessment"]),
        contingency=row["contingency"],
    )


def _report(row: dict[str, Any] | str) -> Report:
    if isinstance(row, str):
        return Report(is_unknown=row == "unknown")
    return Report(
        words=row["words"],
        offer=row.get("offer", ""),
        need=row.get("need", ""),
        has_met=row.get("met"),
        is_sensitive=row.get("visibility") == "named",
        facts=row.get("facts", {}),
    )
