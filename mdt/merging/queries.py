"""Entries that may be one person, two of them side by side, and what was joined before."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import ColumnElement, Table, func, or_, select

from mdt.cases.queries import refs_of
from mdt.holdings.queries import rows_of
from mdt.merging.records import PatientMerge, PatientPair
from mdt.merging.rules import FIELDS, in_order, may_be_one, names_alike
from mdt.patients.queries import names_of
from mdt.patients.records import NameBeginning, Patient
from mdt.patients.rules import parts_of
from mdt.sharing.queries import accesses, objections_of
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import Reason
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound

# These name somebody, and do not move: the entry itself, how it is found, and what is said of pairs.
STAY = frozenset({Patient.__tablename__, NameBeginning.__tablename__, "patient_merge", "patient_pair"})
# Of whom only a draft speaks nobody knows yet.
DRAFTED = select(CareRelation.patient_id).where(CareRelation.reason == Reason.DRAFTED)


@dataclass(frozen=True)
class Entry:
    """One of two entries; whoever sees no names is shown their cases and what hangs on them."""

    patient: Patient
    refs: Sequence[str]
    is_known: bool


@dataclass(frozen=True)
class Compared(Entry):
    """An entry with all that hangs on it."""

    rows: dict[str, int]
    objections: int


@dataclass(frozen=True)
class Stays:
    """What was recorded of the kept entry since two were joined, and stays with it when they are parted."""

    rows: dict[str, list[uuid.UUID]]
    follow: dict[str, list[uuid.UUID]]


def moving_tables() -> list[Table]:
    """Return the tables whose rows move with a person: those that name them directly."""
    tables = [table for table in db.metadata.sorted_tables if table.name not in STAY]
    return [
        table
        for table in tables
        if any(key.column.table.name == Patient.__tablename__ for key in table.foreign_keys)
    ]


def rows_on(patient_id: uuid.UUID) -> dict[str, list[uuid.UUID]]:
    """Return the ids of the rows that name somebody directly, by table."""
    found = {
        table.name: sorted(db.session.scalars(select(table.c.id).where(table.c.patient_id == patient_id)))
        for table in moving_tables()
    }
    return {name: ids for name, ids in found.items() if ids}


def pairs_for(viewer: Actor) -> list[tuple[Entry, Entry]]:
    """Return entries with one date of birth and names alike, the latest first, but those told apart."""
    alike = pairs_alike(viewer)
    entries = _entries(viewer, [patient for pair in alike for patient in pair])
    return [(entries[one.id], entries[other.id]) for one, other in reversed(alike)]


def pairs_alike(viewer: Actor) -> list[tuple[Patient, Patient]]:
    """Return who may be one person and was not told apart, the latest last."""
    require(viewer.may(Permission.MERGE_PEOPLE))
    days = (
        select(Patient.born_index)
        .where(Patient.merged_into_id.is_(None))
        .group_by(Patient.born_index)
        .having(func.count() > 1)
    )
    rows = db.session.scalars(
        select(Patient)
        .where(Patient.born_index.in_(days), Patient.merged_into_id.is_(None), Patient.id.not_in(DRAFTED))
        .order_by(Patient.made_at, Patient.id)
    )
    by_day: dict[str, list[Patient]] = {}
    for patient in rows:
        by_day.setdefault(patient.born_index, []).append(patient)
    apart = _told_apart()
    return [
        pair
        for patients in by_day.values()
        for pair in combinations(patients, 2)
        if _is_alike(*pair) and in_order(pair[0].id, pair[1].id) not in apart
    ]


def compared_for(viewer: Actor, one_id: uuid.UUID, other_id: uuid.UUID) -> tuple[Compared, Compared]:
    """Return two entries side by side, the older first."""
    require(viewer.may(Permission.MERGE_PEOPLE))
    found = list(
        db.session.scalars(
            select(Patient)
            .where(
                Patient.id.in_([one_id, other_id]),
                Patient.merged_into_id.is_(None),
                Patient.id.not_in(DRAFTED),
            )
            .order_by(Patient.made_at, Patient.id)
        )
    )
    if len(found) != 2:
        raise NotFound
    entries = _entries(viewer, found)
    one, other = (_compared(entries[patient.id]) for patient in found)
    return one, other


def is_told_apart(one_id: uuid.UUID, other_id: uuid.UUID) -> bool:
    """Say whether somebody compared two entries and said that they are two people."""
    return in_order(one_id, other_id) in _told_apart()


def merges_for(viewer: Actor) -> list[tuple[PatientMerge, str]]:
    """Return what was joined, and parted again, the latest first, each with the references it is about."""
    require(viewer.may(Permission.MERGE_PEOPLE))
    rows = db.session.scalars(select(PatientMerge).order_by(PatientMerge.merged_at.desc())).all()
    refs = refs_of({row.kept_id for row in rows} | {row.merged_id for row in rows})
    return [(row, ", ".join([*refs[row.kept_id], *refs[row.merged_id]]) or "No case") for row in rows]


def get_merge_for(viewer: Actor, merge_id: uuid.UUID) -> PatientMerge:
    """Return a merge."""
    require(viewer.may(Permission.MERGE_PEOPLE))
    merge = db.session.get(PatientMerge, merge_id)
    if merge is None:
        raise NotFound
    return merge


def refs_of_merge(merge: PatientMerge) -> tuple[str, str]:
    """Return the references of the kept and of the other entry, as they stand now."""
    refs = refs_of([merge.kept_id, merge.merged_id])
    kept, merged = (", ".join(refs[patient_id]) for patient_id in (merge.kept_id, merge.merged_id))
    return kept or "No case", merged or "No case"


def knows_kept(viewer: Actor, merge: PatientMerge) -> bool:
    """Say whether the viewer may look at the person whose entries were joined."""
    return merge.kept_id in accesses(viewer, [merge.kept_id])


def later_merge(merge: PatientMerge) -> PatientMerge | None:
    """Return a merge that was made on top of this one and stands: that one is parted first."""
    of_either = or_(PatientMerge.kept_id == merge.kept_id, PatientMerge.merged_id == merge.kept_id)
    later = select(PatientMerge).where(
        PatientMerge.undone_at.is_(None), PatientMerge.merged_at > merge.merged_at, of_either
    )
    return db.session.scalars(later.order_by(PatientMerge.merged_at.desc()).limit(1)).one_or_none()


def recorded_since(merge: PatientMerge, held: dict[str, list[str]]) -> Stays:
    """Return what was recorded since: what belongs to a row that moved goes back with it, the rest stays."""
    moved = {name: {uuid.UUID(row_id) for row_id in ids} for name, ids in merge.moved.items()}
    rows, follow = {}, {}
    for table in moving_tables():
        known = moved.get(table.name, set()) | {uuid.UUID(row_id) for row_id in held.get(table.name, ())}
        since = select(table.c.id).where(table.c.patient_id == merge.kept_id, table.c.id.not_in(known))
        belongs = _belongs(table, moved)
        goes = set(db.session.scalars(since.where(or_(*belongs)))) if belongs else set()
        stays = set(db.session.scalars(since)) - goes
        follow[table.name], rows[table.name] = sorted(goes), sorted(stays)
    return Stays(
        {name: ids for name, ids in rows.items() if ids}, {name: ids for name, ids in follow.items() if ids}
    )


def values_of(patient: Patient) -> dict[str, object]:
    """Return what an entry says of somebody."""
    return {name: getattr(patient, name) for name in FIELDS}


def _belongs(table: Table, moved: dict[str, set[uuid.UUID]]) -> list[ColumnElement[bool]]:
    """Say when a row belongs to one that moved: by a foreign key, or by the case that it is about."""
    links = [
        (key.parent, key.column.table.name) for key in table.foreign_keys if moved.get(key.column.table.name)
    ]
    if "case_id" in table.c and moved.get("mdt_case"):
        links.append((table.c.case_id, "mdt_case"))
    return [column.in_(moved[name]) for column, name in links]


def _entries(viewer: Actor, patients: Collection[Patient]) -> dict[uuid.UUID, Entry]:
    ids = {patient.id for patient in patients}
    refs, known = refs_of(ids), accesses(viewer, ids)
    return {patient.id: Entry(patient, refs[patient.id], patient.id in known) for patient in patients}


def _compared(entry: Entry) -> Compared:
    patient_id = entry.patient.id
    rows = {name: len(ids) for name, ids in rows_of(patient_id).items()}
    objections = len(objections_of([patient_id]).get(patient_id, ()))
    return Compared(entry.patient, entry.refs, entry.is_known, rows, objections)


def _is_alike(one: Patient, other: Patient) -> bool:
    names = parts_of(names_of(one)), parts_of(names_of(other))
    return may_be_one((one.nhs_number, other.nhs_number)) and names_alike(*names)


def _told_apart() -> set[tuple[uuid.UUID, uuid.UUID]]:
    said = set(db.session.execute(select(PatientPair.first_id, PatientPair.second_id)))
    parted = select(PatientMerge.kept_id, PatientMerge.merged_id).where(PatientMerge.undone_at.is_not(None))
    return said | {in_order(*pair) for pair in db.session.execute(parted)}
