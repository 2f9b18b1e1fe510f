"""Requests for copies, and everything that goes into one."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, load_only

from mdt.cases.queries import refs_of
from mdt.cases.records import Case
from mdt.contributions.rules import Visibility
from mdt.holdings.queries import rows_of
from mdt.involvements.rules import UNPAID
from mdt.meetings.records import Meeting
from mdt.patients.queries import names_of
from mdt.patients.records import Patient
from mdt.patients.rules import is_called
from mdt.services.records import Service
from mdt.sharing.queries import access_to
from mdt.subject_access.records import SubjectRequest
from mdt.subject_access.rules import Apart
from mdt.subject_access.wording import HASHES, WITHOUT_WORDS, value_said, when
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.accounts.records import Account
from network.organisations.records import Organisation
from network.plumbing.database import db
from network.plumbing.refusals import NotFound

# The columns of a carer's row that are about the carer.
OF_CARERS = frozenset({"phone", "own_needs", "assessment"})
# Whose rows say who said something: it may have been somebody else.
SAID_BY = frozenset({"statement", "own_door_note", "goal_wording"})
# How to reach somebody unseen, and that it is not safe: whoever reads a copy may be whom it is kept from.
ABOUT_SAFETY = frozenset({"own_door", "own_door_stop"})
# Tables whose rows are about a carer, and not about the person they care for.
ABOUT_CARERS = frozenset({"carer_said", "carer_assessment_step", "carer_agreement"})
Row = dict[str, Any]


@dataclass(frozen=True)
class RequestSeen:
    """A request, by the references of the person's cases; `patient` only for those who may know of them."""

    request: SubjectRequest
    refs: Sequence[str]
    patient: Patient | None


@dataclass(frozen=True)
class Holding:
    """Everything that is held of a person, by table, and how much of what kind was left out."""

    tables: Mapping[str, Sequence[Row]]
    left_out: Mapping[Apart, int]
    names: Mapping[uuid.UUID, str]

    @property
    def rows(self) -> int:
        return sum(map(len, self.tables.values()))


def requests_for(viewer: Actor, *, is_open: bool) -> list[RequestSeen]:
    """Return the requests that wait, the first due first; or those that have ended, the latest first."""
    require(viewer.may(Permission.SEE_SHARING))
    order = SubjectRequest.due_on if is_open else SubjectRequest.ended_on.desc()
    wanted = select(SubjectRequest).where(
        SubjectRequest.outcome.is_(None) if is_open else SubjectRequest.outcome.is_not(None)
    )
    rows = db.session.scalars(wanted.order_by(order, SubjectRequest.id)).all()
    refs = refs_of({row.patient_id for row in rows})
    return [RequestSeen(row, refs[row.patient_id], None) for row in rows]


def get_request_for(viewer: Actor, request_id: uuid.UUID) -> RequestSeen:
    """Return a request: with its person only to those who may know of them."""
    request = db.session.get(SubjectRequest, request_id, options=[joinedload(SubjectRequest.patient)])
    if request is None or not viewer.may(Permission.SEE_SHARING):
        raise NotFound
    patient = None
    if viewer.may_somewhere(Permission.SEE_CASES):
        patient = access_to(viewer, request.patient_id).patient
    return RequestSeen(request, refs_of([request.patient_id])[request.patient_id], patient)


def holding_of(patient: Patient, included: Collection[Apart]) -> Holding:
    """Read everything that hangs on a person, without what is others' and was not ticked."""
    tables: dict[str, list[Row]] = {}
    left_out: Counter[Apart] = Counter()
    for name, ids in rows_of(patient.id).items():
        if name in WITHOUT_WORDS:
            continue
        table = db.metadata.tables[name]
        found = db.session.execute(select(table).where(table.c.id.in_(ids)).order_by(table.c.id)).mappings()
        for row in sorted(map(dict, found), key=when):
            kept = {column: value for column, value in row.items() if column not in HASHES}
            for apart in _others_in(name, kept, patient):
                if apart in included:
                    continue
                left_out[apart] += 1
                kept = _without(apart, kept)
            if kept:
                tables.setdefault(name, []).append(kept)
    return Holding(tables, left_out, _names(tables))


def _others_in(table: str, row: Row, patient: Patient) -> list[Apart]:
    """Say what of a row is not, or not only, the person's."""
    if table == "carer" and any(row[name] for name in OF_CARERS - {"assessment"}):
        return [Apart.CARERS]
    if table == "involvement" and row["kind"] in UNPAID and row["contact"]:
        return [Apart.CARERS]
    if table == "carer_said" and row["is_confidential"]:
        return [Apart.CONFIDED]
    if table in ABOUT_CARERS:
        return [Apart.CARERS]
    if table in SAID_BY and not is_called(row["said_by"], names_of(patient)):
        return [Apart.OTHERS]
    if table in ABOUT_SAFETY:
        return [Apart.SAFETY]
    if table == "contribution" and row["visibility"] is Visibility.NAMED:
        return [Apart.SENSITIVE]
    return []


def _without(apart: Apart, row: Row) -> Row:
    """Leave of a row what is the person's: of a carer that there is one, of others' words nothing."""
    kept = {name: value for name, value in row.items() if name not in OF_CARERS | {"contact"}}
    return kept if apart is Apart.CARERS and len(kept) < len(row) else {}


def _names(tables: Mapping[str, Sequence[Row]]) -> dict[uuid.UUID, str]:
    """Name the organisations, colleagues, cases and meetings that some rows point at."""
    ids = {
        value
        for rows in tables.values()
        for row in rows
        for value in row.values()
        if isinstance(value, uuid.UUID)
    }
    organisations = db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)))
    accounts = db.session.scalars(
        select(Account).where(Account.id.in_(ids)).options(joinedload(Account.person))
    )
    cases = db.session.scalars(select(Case).where(Case.id.in_(ids)).options(load_only(Case.number)))
    meetings = db.session.scalars(select(Meeting).where(Meeting.id.in_(ids)))
    services = db.session.scalars(select(Service).where(Service.id.in_(ids)))
    return {
        **{row.id: row.name for row in organisations},
        **{row.id: f"{row.name}, {row.provider}" for row in services},
        **{row.id: row.name for row in accounts},
        **{row.id: row.ref for row in cases},
        **{row.id: f"{row.name}, {value_said(row.starts_at)}" for row in meetings},
    }
