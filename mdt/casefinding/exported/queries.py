"""The list as a table to take out: what lists said, and how far each person's case is."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from mdt.decisions.records import Decision
from mdt.findings.queries import Found, columns, findings_for, not_to_be_shown, opened
from mdt.findings.rules import FindingState, Value
from network.access.rules import Actor
from network.organisations.queries import organisations_for
from network.plumbing.database import day_of, db

OF_A_PERSON = (
    "nhs_number",
    "family_name",
    "given_name",
    "dob",
    "sex",
    "postcode",
    "practice_ods",
    "care_home",
)
OF_THE_CASE = ("case_ref", "state", "coordinator", "next_review", "last_decision_on")


@dataclass(frozen=True)
class Exported:
    """Those on the list, and its table."""

    found: list[Found]
    rows: list[list[str]]


def headings() -> list[str]:
    """Return the columns: those that a list is brought in with, and how far the case is."""
    # Whether somebody lives in a care home stands in the column of its name.
    said = [key for key in columns() if key != "in_care_home"]
    return [*OF_A_PERSON, *said, "list_name", "list_date", *OF_THE_CASE]


def exported_for(viewer: Actor) -> Exported:
    """Return everybody on lists in the viewer's charge, but those who object or have died."""
    rows = findings_for(viewer, FindingState)
    out = not_to_be_shown({row.patient_id for row in rows if row.patient_id})
    found = opened(viewer, [row for row in rows if row.patient_id not in out])
    decided = _last_decisions([each.case.case.id for each in found if each.case])
    codes = {each.id: each.ods_code or "" for each in organisations_for(viewer)}
    return Exported(found, [_row(each, codes.get(each.finding.practice_id, ""), decided) for each in found])


def _row(found: Found, ods_code: str, decided: dict[uuid.UUID, date]) -> list[str]:
    who, row = found.who, found.finding
    in_home = found.facts.get("in_care_home")
    home = who.care_home or (_plain(in_home.value) if in_home else "")
    person = [who.nhs_number, who.family_name, who.given_name, _plain(who.born_on or ""), who.sex.value]
    said = [
        _plain(found.facts[key].value) if key in found.facts else ""
        for key in columns()
        if key != "in_care_home"
    ]
    return [
        *person,
        who.postcode,
        ods_code,
        home,
        *said,
        row.list_name,
        row.listed_on.isoformat(),
        *_case(found, decided),
    ]


def _case(found: Found, decided: dict[uuid.UUID, date]) -> list[str]:
    if found.case is None:
        return ["", found.finding.state.label, "", "", ""]
    case = found.case.case
    return [
        case.ref,
        case.state.label,
        case.coordinator,
        _plain(case.review_due or ""),
        _plain(decided.get(case.id, "")),
    ]


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _last_decisions(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    rows = db.session.execute(
        select(Decision.case_id, func.max(day_of(Decision.confirmed_at)))
        .where(Decision.case_id.in_(case_ids))
        .group_by(Decision.case_id)
    )
    return {case_id: day for case_id, day in rows}
