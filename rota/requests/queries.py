"""Requests as far as the viewer may see them, and what became of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from network.access.rules import Actor, Permission
from network.people.records import Engagement, Person
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import SessionKind
from rota.leave.queries import absences_for_planning
from rota.leave.rules import Away, keeps_away
from rota.requests.records import RotaRequest
from rota.requests.rules import (
    Asked,
    Cell,
    Outcome,
    Span,
    budget_of,
    cells_between,
    outcome_of,
    sessions_of_request,
    why_not_now,
)
from rota.requests.wording import said
from rota.rotas.queries import find_chosen_version, find_draft
from rota.rotas.records import Assignment, RotaPeriod
from rota.rotas.rules import PeriodState, said_period
from rota.rulebook.queries import rules_for_planning
from rota.staff.queries import planned_between
from rota.staff.records import RotaMember, WorkingPattern
from rota.staff.rules import Availability, availability_on, pattern_on

RULE = "R32"


@dataclass(frozen=True)
class Wished:
    """A request with what became of it; no outcome as long as the viewer may not know one."""

    id: uuid.UUID
    asked: Asked
    made_by: str
    outcome: Outcome | None

    @property
    def said(self) -> str:
        return said(self.asked)


@dataclass(frozen=True)
class Wishing:
    """One person's requests for one rota, and the points they have for it."""

    period: RotaPeriod
    member: RotaMember
    wishes: tuple[Wished, ...]
    budget: int
    is_own: bool

    @property
    def spent(self) -> int:
        return sum(wish.asked.points for wish in self.wishes)

    @property
    def left(self) -> int:
        return max(0, self.budget - self.spent)

    @property
    def met(self) -> int:
        return sum(wish.outcome is not None and wish.outcome.is_met for wish in self.wishes)

    @property
    def is_decided(self) -> bool:
        return any(wish.outcome is not None for wish in self.wishes)

    @property
    def said_period(self) -> str:
        return said_period(self.period.starts_on, self.period.ends_on)

    @property
    def why_not(self) -> str:
        return why_not_now(self.period.state, self.period.requests_until, today())


def points_of_a_full_post() -> int:
    """Return the points of a full post for one rota; none where the network takes no wishes into account."""
    rule = next((each for each in rules_for_planning() if each.code == RULE), None)
    return int(rule.parameters["points"]) if rule else 0


def requests_for_planning(period_id: uuid.UUID) -> dict[uuid.UUID, tuple[Asked, ...]]:
    """Return what the members of a rota wish, in an order that only its content decides."""
    found: dict[uuid.UUID, list[Asked]] = {}
    for row in db.session.scalars(select(RotaRequest).where(RotaRequest.period_id == period_id)):
        found.setdefault(row.member_id, []).append(row.value)
    return {member_id: tuple(sorted(asked, key=said)) for member_id, asked in found.items()}


def rotas_to_ask_for(viewer: Actor) -> list[RotaPeriod]:
    """Return the rotas to which requests may belong that the viewer still cares about, the next first."""
    if not viewer.may_somewhere(Permission.ASK_FOR_SESSIONS):
        return []
    wanted = select(RotaPeriod).where(RotaPeriod.ends_on >= today(), RotaPeriod.state != PeriodState.CLOSED)
    return list(db.session.scalars(wanted.order_by(RotaPeriod.starts_on)))


def own_wishes(viewer: Actor) -> list[Wishing]:
    """Return the viewer's own requests for each rota that takes them or was made of them."""
    if viewer.person_id is None or not viewer.may(Permission.ASK_FOR_SESSIONS, person_id=viewer.person_id):
        return []
    return [
        wishing
        for period in rotas_to_ask_for(viewer)
        for wishing in _wishings(viewer, period, Engagement.person_id == viewer.person_id)
        if wishing.wishes or not wishing.why_not
    ]


def wishes_of(viewer: Actor, period_id: uuid.UUID, member_id: uuid.UUID) -> Wishing:
    """Return one person's requests for a rota; they see their own, and managers those of their people."""
    found = _wishings(viewer, _period(period_id), _seen_by(viewer) & (RotaMember.id == member_id))
    if not found:
        raise NotFound
    return found[0]


def wishes_in_rota(viewer: Actor, period_id: uuid.UUID) -> tuple[RotaPeriod, list[Wishing]]:
    """Return everybody's requests for a rota, for those who plan them."""
    period = _period(period_id)
    if not viewer.may_somewhere(Permission.EDIT_ROTA):
        raise NotFound
    return period, _wishings(viewer, period, _planned_by(viewer))


def get_request_for(viewer: Actor, request_id: uuid.UUID) -> RotaRequest:
    """Return one request that the viewer may see."""
    row = db.session.scalars(_requests(viewer).where(RotaRequest.id == request_id)).one_or_none()
    if row is None:
        raise NotFound
    return row


def sessions_asked(member: RotaMember, period: RotaPeriod, span: Span) -> list[Cell]:
    """List the sessions of a rota that a request of a member would be about."""
    absences = absences_for_planning(period.starts_on, period.ends_on)
    return _sessions(member, period, span, absences.get(member.id, ()))


def find_member(viewer: Actor, member_id: uuid.UUID) -> RotaMember | None:
    """Return a member for whom the viewer may make requests."""
    return db.session.scalars(_members().where(_seen_by(viewer), RotaMember.id == member_id)).one_or_none()


def may_ask_for(viewer: Actor, member: RotaMember) -> bool:
    """Say whether somebody may make requests for a member: for themselves, and planners for their people."""
    engagement = member.engagement
    return viewer.may(Permission.ASK_FOR_SESSIONS, person_id=engagement.person_id) or viewer.may(
        Permission.EDIT_ROTA, organisation_id=engagement.employer_id
    )


def _wishings(viewer: Actor, period: RotaPeriod, whose: ColumnElement[bool]) -> list[Wishing]:
    planned = planned_between(period.starts_on, period.ends_on)
    members = db.session.scalars(_members().where(whose, planned)).all()
    if not members:
        return []
    rows, worked = _rows_of(period, members), _worked(viewer, period, members)
    absences = absences_for_planning(period.starts_on, period.ends_on)
    points = points_of_a_full_post()
    return [
        Wishing(
            period=period,
            member=member,
            wishes=tuple(
                _wished(row, member, absences.get(member.id, ()), worked) for row in rows.get(member.id, ())
            ),
            budget=budget_of(points, member.engagement.wte),
            is_own=viewer.person_id is not None and member.engagement.person_id == viewer.person_id,
        )
        for member in members
    ]


def _wished(
    row: RotaRequest,
    member: RotaMember,
    absences: Sequence[Away],
    worked: dict[uuid.UUID, set[Cell]] | None,
) -> Wished:
    outcome = None
    if worked is not None:
        sessions = _sessions(member, row.period, row.value.span, absences)
        outcome = outcome_of(row.value, sessions, worked.get(member.id, set()))
    return Wished(row.id, row.value, row.made_by, outcome)


def _sessions(member: RotaMember, period: RotaPeriod, span: Span, absences: Sequence[Away]) -> list[Cell]:
    patterns = [pattern.value for pattern in member.patterns]

    def may_be_asked(day: date, kind: SessionKind) -> bool:
        availability = availability_on(pattern_on(patterns, day), day, kind)
        is_free = availability not in (Availability.NEVER, Availability.FIXED)
        return is_free and keeps_away(absences, day, kind) is None

    return sessions_of_request(span, cells_between(period.starts_on, period.ends_on), may_be_asked)


def _worked(
    viewer: Actor, period: RotaPeriod, members: Sequence[RotaMember]
) -> dict[uuid.UUID, set[Cell]] | None:
    """Read the sessions that members work: as published, or as drafted for those who plan."""
    chosen = find_chosen_version(period.id)
    version_id = chosen.id if chosen else None
    if version_id is None and viewer.may_somewhere(Permission.EDIT_ROTA):
        version_id = find_draft(period.id)
    rows = db.session.execute(
        select(Assignment.member_id, Assignment.day, Assignment.kind).where(
            Assignment.version_id == version_id, Assignment.member_id.in_(m.id for m in members)
        )
    ).all()
    # A draft in which nobody stands yet has decided nothing.
    if not rows and chosen is None:
        return None
    found: dict[uuid.UUID, set[Cell]] = {}
    for member_id, day, kind in rows:
        found.setdefault(member_id, set()).add((day, kind))
    return found


def _rows_of(period: RotaPeriod, members: Sequence[RotaMember]) -> dict[uuid.UUID, list[RotaRequest]]:
    rows = db.session.scalars(
        select(RotaRequest)
        .where(RotaRequest.period_id == period.id, RotaRequest.member_id.in_(m.id for m in members))
        .options(joinedload(RotaRequest.period))
        .order_by(RotaRequest.made_at, RotaRequest.id)
    )
    found: dict[uuid.UUID, list[RotaRequest]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


def _period(period_id: uuid.UUID) -> RotaPeriod:
    period = db.session.get(RotaPeriod, period_id)
    if period is None:
        raise NotFound
    return period


def _members() -> Select[RotaMember]:
    return (
        select(RotaMember)
        .join(RotaMember.engagement)
        .join(Engagement.person)
        .options(
            contains_eager(RotaMember.engagement).contains_eager(Engagement.person),
            contains_eager(RotaMember.engagement).joinedload(Engagement.employer),
            selectinload(RotaMember.patterns).selectinload(WorkingPattern.cells),
        )
        .order_by(Person.family_name, Person.given_name, RotaMember.id)
    )


def _requests(viewer: Actor) -> Select[RotaRequest]:
    return (
        select(RotaRequest)
        .join(RotaRequest.member)
        .join(RotaMember.engagement)
        .where(_seen_by(viewer))
        .options(
            joinedload(RotaRequest.period),
            contains_eager(RotaRequest.member).contains_eager(RotaMember.engagement),
        )
    )


def _seen_by(viewer: Actor) -> ColumnElement[bool]:
    may_own = viewer.may(Permission.ASK_FOR_SESSIONS, person_id=viewer.person_id)
    own_id = viewer.person_id if may_own else None
    return or_(_planned_by(viewer), Engagement.person_id == own_id)


def _planned_by(viewer: Actor) -> ColumnElement[bool]:
    reach = viewer.organisations_for(Permission.EDIT_ROTA)
    return Engagement.employer_id.is_not(None) if reach is None else Engagement.employer_id.in_(reach)
