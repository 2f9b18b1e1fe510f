"""What taking a list in would do, row by row, with what is known here of whom it names."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from mdt.findings.queries import columns, facts_of, practices_for
from mdt.findings.records import Finding
from mdt.findings.rules import joined, merged, who_of_text
from mdt.patients.records import Patient
from mdt.risk_lists.known.queries import People, known_among
from mdt.risk_lists.records import RiskList
from mdt.risk_lists.rules import ListState, Outcome, RawList, ReadRow, cells_of, read_row, twice_in
from mdt.risk_lists.wording import practice_wrong, twice_said
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.records import Organisation
from network.plumbing.database import db, now, today
from network.plumbing.refusals import NotFound
from network.plumbing.settings import Settings

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """A row of a list, and what would become of it."""

    row: ReadRow
    outcome: Outcome
    notes: tuple[str, ...] = ()
    practice: Organisation | None = None
    finding: Finding | None = None
    patient: Patient | None = None
    # Whether whoever brings the list in may know of that person.
    is_known: bool = False


@dataclass(frozen=True)
class Plan:
    """What taking a list in would do."""

    lines: Sequence[Line]
    left_out: Sequence[str]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(line.outcome for line in self.lines)

    @property
    def writes(self) -> bool:
        return bool(self.counts[Outcome.NEW] or self.counts[Outcome.CHANGED])


def get_list_for(viewer: Actor, list_id: uuid.UUID, *, to_change: bool = False) -> RiskList:
    """Return a list that the viewer brought not long ago; nobody else may see it."""
    require(viewer.may_somewhere(Permission.FIND_CASES), seen=False)
    wanted = select(RiskList).where(RiskList.id == list_id, RiskList.account_id == viewer.account_id)
    row = db.session.scalars(wanted.with_for_update() if to_change else wanted).one_or_none()
    if row is None or (row.state is ListState.READY and row.at < now() - KEPT_FOR):
        raise NotFound("This list is not kept any more. Choose it again.")
    return row


def lists_for(viewer: Actor) -> Sequence[RiskList]:
    """Return the lists that were taken in for the practices the viewer may look for, the latest first."""
    practices = [each.id for each in practices_for(viewer)]
    rows = select(RiskList).where(RiskList.organisation_id.in_(practices), RiskList.state == ListState.DONE)
    return db.session.scalars(rows.order_by(RiskList.confirmed_at.desc()).limit(20)).all()


def same_file(row: RiskList) -> RiskList | None:
    """Return when the same file was taken in before."""
    rows = select(RiskList).where(
        RiskList.digest == digest_of(row.content or ""),
        RiskList.state == ListState.DONE,
        RiskList.id != row.id,
    )
    return db.session.scalars(rows.order_by(RiskList.confirmed_at.desc()).limit(1)).one_or_none()


def digest_of(text: str) -> str:
    """Return what stands for the content of a file."""
    return hashlib.sha256(text.encode()).hexdigest()


def plan_of(viewer: Actor, listed: RiskList) -> Plan:
    """Say what taking a list in would do, as things stand now."""
    raw = cells_of(listed.content or "", columns())
    practices = {each.ods_code: each for each in practices_for(viewer) if each.ods_code}
    # Whoever looks for this practice's people no more takes in nobody of theirs.
    usual = next((each for each in practices_for(viewer) if each.id == listed.organisation_id), None)
    rows = _read(raw, listed)
    twice = twice_in(rows)
    people = known_among(viewer, [row.who for row in rows if not row.refused])
    lines = []
    for row in rows:
        practice = practices.get(row.practice_ods) if row.practice_ods else usual
        if not row.refused and practice is None:
            row = replace(row, refused=practice_wrong(row.practice_ods))
        if not row.refused and row.number in twice:
            row = replace(row, refused=twice_said(twice[row.number]))
        lines.append(_line(people, row, practice))
    return Plan(lines, raw.left_out)


def _line(people: People, row: ReadRow, practice: Organisation | None) -> Line:
    if row.refused or practice is None:
        return Line(row, Outcome.REFUSED, practice=practice)
    patient, wrong, notes = people.compared(row.who, practice.id)
    if wrong:
        return Line(replace(row, refused=wrong), Outcome.REFUSED, practice=practice, patient=patient)
    finding = people.finding_of(row.who, practice.id)
    is_known = patient is not None and patient.id in people.known
    outcome = (
        Outcome.NEW if finding is None else Outcome.CHANGED if _says_more(finding, row) else Outcome.SAME
    )
    return Line(row, outcome, notes, practice, finding, patient, is_known)


def _says_more(finding: Finding, row: ReadRow) -> bool:
    assert row.listed_on is not None
    held, who = facts_of(finding), who_of_text(finding.who)
    return (
        merged(held, row.values, row.listed_on) != held
        or joined(who, row.who) != who
        or row.listed_on > finding.listed_on
    )


def _read(raw: RawList, listed: RiskList) -> list[ReadRow]:
    settings: Settings = current_app.extensions["settings"]
    day = today()
    rows = [read_row(number, cells, columns(), day, not settings.is_production) for number, cells in raw.rows]
    return [
        replace(row, list_name=row.list_name or listed.name, listed_on=row.listed_on or listed.listed_on)
        for row in rows
    ]
