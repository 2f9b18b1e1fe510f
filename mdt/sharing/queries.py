"""Who may know of whom: relations, objections, and the basis of sharing."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from mdt.patients.queries import Match, find_by_nhs_number, matches_of
from mdt.patients.records import Patient
from mdt.patients.rules import Identity, tidy_nhs_number
from mdt.sharing.records import (
    CareRelation,
    Disclosure,
    MeetingSettings,
    ObjectionRecord,
    SharingRecord,
)
from mdt.sharing.rules import (
    EMERGENCIES,
    Objection,
    Relation,
    SharingMode,
    Standing,
    disciplines_at,
    reasons_to_know,
)
from mdt.sharing.wording import objection_said
from network.access.guard import require
from network.access.rules import TABLE, Actor, Permission, Role
from network.organisations.records import Organisation
from network.people.records import Engagement
from network.plumbing.database import db, now, today
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline

# Members of the voluntary sector see what is marked for everybody, not what is clinical.
NOT_CLINICAL = frozenset({Role.VOLUNTARY_MEMBER})


@dataclass(frozen=True)
class Access:
    """A person whom the viewer may know of, and by which relations: to one case of theirs, or to all."""

    patient: Patient
    relations: tuple[Relation, ...]
    standing: Standing

    @property
    def relation(self) -> Relation:
        """The reason that is told."""
        return self.relations[0]

    @property
    def is_emergency(self) -> bool:
        """Say whether nothing but an emergency opens this."""
        return all(relation.reason in EMERGENCIES for relation in self.relations)

    def knows_of(self, case_id: uuid.UUID) -> bool:
        """Say whether one of the relations is to that case."""
        return any(relation.opens(case_id) for relation in self.relations)

    def to_case(self, case_id: uuid.UUID) -> "Access | None":
        """Return the same access as far as it is to one case, None where it is to others only."""
        found = tuple(relation for relation in self.relations if relation.opens(case_id))
        return Access(self.patient, found, self.standing) if found else None


def standing_of(viewer: Actor) -> Standing:
    """Work out where a viewer stands: by the roles in which they meet patients, and their posts of today."""
    # A role in the rota tells nothing of whom its holder may know of, wherever it is held.
    held = [grant for grant in viewer.grants if Permission.SEE_CASES in TABLE[grant.role]]
    organisation_ids = {grant.organisation_id for grant in held}
    posts = posts_of({viewer.person_id} - {None})
    kinds = db.session.execute(
        select(Organisation.id, Organisation.kind).where(Organisation.id.in_(organisation_ids))
    )
    spoken = {
        row.id: disciplines_at(posts.get((viewer.person_id, row.id), frozenset()), row.kind) for row in kinds
    }
    learning = {grant.organisation_id for grant in held if grant.role is Role.LEARNER}
    taking_part = {grant.organisation_id for grant in held if grant.role is not Role.LEARNER}
    # What somebody may read where they take part is not widened by learning besides.
    roles = {grant.role for grant in held}
    return Standing(
        account_id=viewer.account_id,
        posts={key: said for key, said in spoken.items() if key in taking_part},
        learns={key: said for key, said in spoken.items() if key in learning},
        sees_all=viewer.may(Permission.SEE_CASES),
        is_clinical=viewer.is_system or bool((roles - {Role.LEARNER} or roles) - NOT_CLINICAL),
    )


def posts_of(
    person_ids: Collection[uuid.UUID | None],
) -> dict[tuple[uuid.UUID | None, uuid.UUID], frozenset[Discipline]]:
    """Return the disciplines of the posts that some people hold today, by person and employer."""
    day = today()
    rows = db.session.execute(
        select(Engagement.person_id, Engagement.employer_id, Engagement.role).where(
            Engagement.person_id.in_(person_ids),
            Engagement.starts_on <= day,
            or_(Engagement.ends_on.is_(None), Engagement.ends_on >= day),
        )
    )
    found: dict[tuple[uuid.UUID | None, uuid.UUID], frozenset[Discipline]] = {}
    for person_id, employer_id, role in rows:
        key = (person_id, employer_id)
        found[key] = found.get(key, frozenset()) | {role.discipline}
    return found


def access_to(viewer: Actor, patient_id: uuid.UUID) -> Access:
    """Return a person whom the viewer may know of; strangers and those objected to find nobody."""
    found = accesses(viewer, [patient_id])
    if not found:
        raise NotFound
    return found[patient_id]


def access_to_change(viewer: Actor, patient_id: uuid.UUID) -> Access:
    """Return a person of whom the viewer may read and change what is clinical."""
    access = access_to(viewer, patient_id)
    require(access.standing.is_clinical)
    return access


def accesses(viewer: Actor, patient_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Access]:
    """Return those of some people whom the viewer may know of."""
    if not viewer.may_somewhere(Permission.SEE_CASES):
        return {}
    wanted = list(patient_ids)
    standing = standing_of(viewer)
    relations = _relations(wanted)
    objections = objections_of(wanted)
    day = today()
    found = {}
    # An entry that was joined to another is nobody's any more.
    there = select(Patient).where(Patient.id.in_(wanted), Patient.merged_into_id.is_(None))
    for patient in db.session.scalars(there):
        held = reasons_to_know(
            standing,
            relations.get(patient.id, ()),
            [as_objection(each) for each in objections.get(patient.id, ())],
            day,
        )
        if held:
            found[patient.id] = Access(patient, held, standing)
    return found


def matches_for(
    viewer: Actor, nhs_number: str, family_name: str, given_name: str, born_on: date | None
) -> list[Match]:
    """Return who may be meant by what was typed: those the viewer may know of, as if nobody else were."""
    if born_on is not None and (family_name or given_name):
        found = matches_of(Identity(family_name, given_name, born_on, nhs_number))
    else:
        same = find_by_nhs_number(tidy_nhs_number(nhs_number)) if nhs_number else None
        found = [Match(same, "the same NHS number", is_certain=True)] if same else []
    known = accesses(viewer, [match.patient.id for match in found])
    return [match for match in found if match.patient.id in known]


def objections_of(patient_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[ObjectionRecord]]:
    """Return the objections that stand, of some people, the newest last."""
    lifting = aliased(ObjectionRecord)
    rows = db.session.scalars(
        select(ObjectionRecord)
        .where(
            ObjectionRecord.patient_id.in_(list(patient_ids)),
            ObjectionRecord.lifts_id.is_(None),
            ~select(lifting.id).where(lifting.lifts_id == ObjectionRecord.id).exists(),
        )
        .options(joinedload(ObjectionRecord.organisation))
        .order_by(ObjectionRecord.recorded_at)
    )
    found: dict[uuid.UUID, list[ObjectionRecord]] = {}
    for row in rows:
        found.setdefault(row.patient_id, []).append(row)
    return found


def objections_told(access: Access) -> list[tuple[uuid.UUID, str]]:
    """Return the objections of somebody that stand, each in words; which topic, only to clinical readers."""
    is_clinical = access.standing.is_clinical
    return [
        (
            row.id,
            objection_said(
                row.scope,
                row.organisation.name if row.organisation else "",
                row.discipline,
                row.topic if is_clinical else "",
            ),
        )
        for row in objections_of([access.patient.id]).get(access.patient.id, ())
    ]


def latest_sharing(patient_id: uuid.UUID) -> SharingRecord | None:
    """Return the sharing record that counts."""
    return db.session.scalars(
        select(SharingRecord)
        .where(SharingRecord.patient_id == patient_id)
        .order_by(SharingRecord.recorded_at.desc())
        .limit(1)
    ).one_or_none()


def told_of(*patient_ids: uuid.UUID) -> Sequence[Disclosure]:
    """Return who was told of somebody, or of some people, the latest first."""
    return db.session.scalars(
        select(Disclosure).where(Disclosure.patient_id.in_(patient_ids)).order_by(Disclosure.at.desc())
    ).all()


def sharing_mode() -> SharingMode:
    """Return what the current network asks for before a case is submitted."""
    chosen = db.session.scalars(select(MeetingSettings)).one_or_none()
    return chosen.sharing_mode if chosen else SharingMode.INFORM_AND_OBJECT


def _relations(patient_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Relation]]:
    found: dict[uuid.UUID, list[Relation]] = {}
    # What lasts longest comes first: it is the reason that is told.
    rows = select(CareRelation).where(
        CareRelation.patient_id.in_(patient_ids),
        or_(CareRelation.ends_at.is_(None), CareRelation.ends_at > now()),
    )
    for row in db.session.scalars(rows.order_by(CareRelation.ends_on.desc().nulls_first(), CareRelation.id)):
        found.setdefault(row.patient_id, []).append(
            Relation(
                row.reason,
                row.starts_on,
                row.ends_on,
                row.organisation_id,
                row.discipline,
                row.account_id,
                row.ends_at,
                row.case_id,
            )
        )
    return found


def as_objection(row: ObjectionRecord) -> Objection:
    """Read an objection as the rule takes it."""
    return Objection(row.scope, row.organisation_id, row.discipline)
