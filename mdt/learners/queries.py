"""Who can be let in to learn, who learns on a case, and what a learner may see."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from mdt.cases.queries import CaseSeen, cases_known, get_case_for
from mdt.cases.records import Case
from mdt.learners.records import LearnerVisit
from mdt.sharing.queries import as_objection, objections_of, standing_of
from mdt.sharing.rules import Reason, Relation
from network.access.rules import TABLE, Actor, Permission, Role
from network.accounts.queries import workplace_of
from network.accounts.records import Account, RoleGrant
from network.organisations.queries import network_of
from network.plumbing.database import current_network, db, today
from network.plumbing.refusals import NotFound

TAKES_PART = frozenset(role for role in Role if Permission.CONTRIBUTE in TABLE[role])


@dataclass(frozen=True)
class Learner:
    """Somebody who only learns with the team, and until when."""

    account_id: uuid.UUID
    name: str
    organisation_id: uuid.UUID
    organisation: str
    last_day: date | None


@dataclass(frozen=True)
class VisitSeen:
    """A case that the viewer learns from, and until when."""

    visit: LearnerVisit
    seen: CaseSeen


def may_let_in(viewer: Actor, case_id: uuid.UUID) -> bool:
    """Say whether somebody may let learners see a case that they know of: a coordinator, or a chair."""
    get_case_for(viewer, case_id)
    return viewer.may(Permission.BUILD_LISTS) or viewer.may_somewhere(Permission.RUN_MEETINGS)


def learners_for(viewer: Actor) -> list[Learner]:
    """Return who only learns in the viewer's network today, by name: whoever takes part is asked instead."""
    day = today()
    grants = db.session.scalars(
        select(RoleGrant)
        .join(RoleGrant.account)
        .where(
            RoleGrant.network_id == network_of(viewer),
            RoleGrant.role.in_({Role.LEARNER, *TAKES_PART}),
            Account.active,
            or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= day),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= day),
        )
        .options(joinedload(RoleGrant.account).joinedload(Account.person), joinedload(RoleGrant.organisation))
    ).all()
    taking_part = {grant.account_id for grant in grants if grant.role in TAKES_PART}
    found = [
        Learner(
            grant.account_id,
            grant.account.name,
            grant.organisation_id,
            grant.organisation.short_name,
            grant.ends_on,
        )
        for grant in grants
        if grant.account_id not in taking_part
    ]
    return sorted(found, key=lambda one: (one.name, one.last_day or date.max))


def visits_of(case_id: uuid.UUID) -> Sequence[LearnerVisit]:
    """Return who learns or learnt on a case, the latest first; whoever calls has asked for access."""
    return db.session.scalars(
        select(LearnerVisit).where(LearnerVisit.case_id == case_id).order_by(LearnerVisit.let_in_at.desc())
    ).all()


def standing_visits(patient_id: uuid.UUID) -> list[LearnerVisit]:
    """Return the visits to cases of a person that stand; whoever calls has asked for access."""
    rows = db.session.scalars(
        select(LearnerVisit).join(LearnerVisit.case).where(Case.patient_id == patient_id)
    )
    return [row for row in rows if row.stands]


def visits_over(first: date, today: date) -> list[LearnerVisit]:
    """Return the visits of the current network that ended between a day and today, and took place at all."""
    rows = db.session.scalars(
        select(LearnerVisit)
        .where(LearnerVisit.starts_on < today, LearnerVisit.ends_on >= first)
        .order_by(LearnerVisit.let_in_at, LearnerVisit.id)
    )
    return [row for row in rows if row.starts_on <= row.last_day and first <= row.last_day < today]


def get_visit_for(viewer: Actor, visit_id: uuid.UUID) -> LearnerVisit:
    """Return a visit to a case that the viewer may know of."""
    visit = db.session.get(LearnerVisit, visit_id)
    if visit is None:
        raise NotFound
    get_case_for(viewer, visit.case_id)
    return visit


def learns_from(viewer: Actor) -> list[VisitSeen]:
    """Return the cases that the viewer learns from now, the first to end first."""
    rows = db.session.scalars(
        select(LearnerVisit)
        .where(LearnerVisit.account_id == viewer.account_id, LearnerVisit.ends_on >= today())
        .options(joinedload(LearnerVisit.case))
        .order_by(LearnerVisit.ends_on)
    ).all()
    known = cases_known(viewer, {row.case for row in rows})
    return [VisitSeen(row, known[row.case_id]) for row in rows if row.stands and row.case_id in known]


def only_learns(viewer: Actor) -> bool:
    """Say whether somebody meets cases as a learner and as nothing else."""
    return viewer.may_somewhere(Permission.SEE_CASES) and not viewer.may_somewhere(Permission.CONTRIBUTE)


def is_shut_out(case: Case, account_id: uuid.UUID) -> bool:
    """Say whether the person of a case does not want somebody to know of them."""
    account = db.session.get_one(Account, account_id)
    standing = standing_of(workplace_of(account, current_network()).actor)
    relation = Relation(Reason.LEARNING, today(), account_id=account_id)
    objections = objections_of([case.patient_id]).get(case.patient_id, ())
    return any(as_objection(each).shuts_out(standing, relation) for each in objections)
