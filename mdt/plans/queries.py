"""Plans of people: the one that holds, its draft, earlier versions, and whose review is due."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from mdt.cases.queries import cases_known, open_cases_of, refs_of
from mdt.goals.queries import goals_of, so_far
from mdt.goals.records import Goal, GoalWording
from mdt.goals.rules import GoalSoFar, GoalState
from mdt.patients.records import Patient
from mdt.plans.records import CarePlan, PlannedGoal
from mdt.plans.rules import KEPT, AgreedHow, Criterion, PlanState, PlanWords, is_in_date
from mdt.sharing.queries import Access, access_to_change, accesses
from network.access.rules import Actor, Role
from network.accounts.queries import Colleague, colleagues_of
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound

COORDINATES = frozenset({Role.CARE_COORDINATOR})


@dataclass(frozen=True)
class PlanSeen:
    """A plan as it was agreed, with how far each of its goals has been reached since."""

    plan_id: uuid.UUID
    patient_id: uuid.UUID
    version: int
    state: PlanState
    words: PlanWords
    goals: tuple[GoalSoFar, ...]
    ticks: frozenset[Criterion]
    unticked_why: str
    agreed_how: AgreedHow | None
    agreed_with: str
    agreed_on: date | None
    agreed_by: str
    next_review: date | None
    coordinator: str
    coordinator_id: uuid.UUID | None
    ended_on: date | None = None
    ended_why: str = ""

    @property
    def contingency(self) -> tuple[tuple[str, str], ...]:
        """Return what happens if things go wrong, each part with its heading."""
        return self.words.contingency

    @property
    def is_in_date(self) -> bool:
        return is_in_date(self.state, self.next_review, today())


@dataclass(frozen=True)
class PlanDue:
    """A plan whose review is due, and why the viewer may know of its person."""

    plan: CarePlan
    access: Access
    refs: tuple[str, ...]

    @property
    def is_late(self) -> bool:
        return self.plan.next_review is not None and self.plan.next_review < today()


def current_plan(patient_id: uuid.UUID) -> PlanSeen | None:
    """Return the plan that holds; whoever calls has asked for access before."""
    rows = db.session.scalars(
        _whole()
        .where(CarePlan.patient_id == patient_id, CarePlan.state == PlanState.AGREED)
        .order_by(CarePlan.agreed_on.desc(), CarePlan.version.desc())
        .limit(1)
    ).all()
    return plan_seen(rows[0]) if rows else None


def find_draft(patient_id: uuid.UUID) -> CarePlan | None:
    """Find the draft of somebody's next version; whoever calls has asked for access before."""
    return db.session.scalars(
        select(CarePlan)
        .where(CarePlan.patient_id == patient_id, CarePlan.state == PlanState.DRAFT)
        .order_by(CarePlan.begun_at.desc())
        .limit(1)
    ).one_or_none()


def versions_of(patient_id: uuid.UUID) -> Sequence[CarePlan]:
    """Return all that was ever agreed with somebody, the latest first."""
    return db.session.scalars(
        select(CarePlan)
        .where(CarePlan.patient_id == patient_id, CarePlan.state.in_(KEPT))
        .order_by(CarePlan.agreed_on.desc(), CarePlan.version.desc())
    ).all()


def get_plan_for(viewer: Actor, plan_id: uuid.UUID) -> tuple[CarePlan, Access]:
    """Return a version of a plan whose person the viewer may know of, as whoever reads what is clinical."""
    plan = db.session.scalars(_whole().where(CarePlan.id == plan_id)).one_or_none()
    if plan is None:
        raise NotFound
    return plan, access_to_change(viewer, plan.patient_id)


def plan_seen(plan: CarePlan) -> PlanSeen:
    """Read a version as its readers take it: goals as they were worded then, reached as they are now."""
    return PlanSeen(
        plan_id=plan.id,
        patient_id=plan.patient_id,
        version=plan.version,
        state=plan.state,
        words=words_of(plan),
        goals=tuple(_as_planned(each) for each in plan.goals),
        ticks=frozenset(Criterion(each) for each in plan.ticks),
        unticked_why=plan.unticked_why,
        agreed_how=plan.agreed_how,
        agreed_with=plan.agreed_with,
        agreed_on=plan.agreed_on,
        agreed_by=plan.agreed_by,
        next_review=plan.next_review,
        coordinator=plan.coordinator,
        coordinator_id=plan.coordinator_id,
        ended_on=plan.ended_on,
        ended_why=plan.ended_why,
    )


def words_of(plan: CarePlan) -> PlanWords:
    """Return what a version says besides its goals."""
    return PlanWords(plan.own_part, plan.others_part, plan.signs, plan.steps, plan.contact)


def case_to_show(viewer: Actor, patient_id: uuid.UUID, came_from: uuid.UUID | None) -> uuid.UUID | None:
    """Return the case that a page about a person leads back to: where one came from, else their latest."""
    known = list(cases_known(viewer, open_cases_of(patient_id)))
    return came_from if came_from in known or not known else known[-1]


def next_version(patient_id: uuid.UUID) -> int:
    """Return the number of somebody's next version."""
    last = db.session.scalar(select(func.max(CarePlan.version)).where(CarePlan.patient_id == patient_id))
    return (last or 0) + 1


def version_of(plan: CarePlan) -> int:
    """Number what is looked at where a draft is agreed: it grows with its words and with every goal."""
    return plan.row_version + _goals_version(plan.patient_id)


def standing_version(patient_id: uuid.UUID) -> int:
    """Number what is looked at where a plan is agreed as it is: it grows with each version and every goal."""
    return next_version(patient_id) + _goals_version(patient_id)


def coordinators_for(viewer: Actor) -> list[Colleague]:
    """Return those who can coordinate care today, by name."""
    return colleagues_of(viewer, COORDINATES)


def plans_due_until(viewer: Actor, day: date) -> list[PlanDue]:
    """Return the plans whose review is due until a day, the first due first; nobody's who has died."""
    rows = db.session.scalars(
        select(CarePlan)
        .join(CarePlan.patient)
        .where(
            CarePlan.state == PlanState.AGREED,
            CarePlan.next_review <= day,
            Patient.died_on.is_(None),
        )
        .order_by(CarePlan.next_review, CarePlan.id)
    ).all()
    known = accesses(viewer, {row.patient_id for row in rows})
    refs = refs_of(known)
    return [
        PlanDue(row, known[row.patient_id], tuple(refs[row.patient_id]))
        for row in rows
        if row.patient_id in known
    ]


def people_in_date(patient_ids: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of some people who have an agreed plan whose review is not overdue."""
    return frozenset(
        db.session.scalars(
            select(CarePlan.patient_id).where(
                CarePlan.patient_id.in_(patient_ids),
                CarePlan.state == PlanState.AGREED,
                CarePlan.next_review >= today(),
            )
        )
    )


def _goals_version(patient_id: uuid.UUID) -> int:
    return sum(goal.version for goal in goals_of(patient_id, tuple(GoalState)))


def _as_planned(planned: PlannedGoal) -> GoalSoFar:
    now, then = so_far(planned.wording.goal), planned.wording.details
    if now.details == then:
        return now
    is_alike = now.details.levels == then.levels
    return replace(now, details=then, reached=now.reached if is_alike else ())


def _whole() -> Select[CarePlan]:
    wording = selectinload(CarePlan.goals).joinedload(PlannedGoal.wording).joinedload(GoalWording.goal)
    return select(CarePlan).options(
        joinedload(CarePlan.patient),
        wording.selectinload(Goal.wordings),
        wording.selectinload(Goal.reviews),
    )
