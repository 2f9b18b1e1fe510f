"""Who is away, as far as the viewer may know."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import contains_eager

from network.access.rules import Actor, Permission
from network.people.records import Engagement, Person
from network.plumbing.database import db, today
from network.plumbing.refusals import NotAllowed, NotFound
from rota.demand.queries import closures_for_planning
from rota.demand.rules import Closed
from rota.leave.records import Absence
from rota.leave.rules import (
    KEEPS_AWAY,
    MOST_DAYS,
    NEED_TO_KNOW,
    STANDS,
    AbsenceKind,
    AbsenceState,
    Away,
    Show,
    Working,
    sessions_taken,
)
from rota.limits.queries import limits_in_force, post_of
from rota.limits.rules import Off, Over, Post, breaches
from rota.staff.records import RotaMember, WorkingPattern

PAGE = 25


@dataclass(frozen=True)
class AbsenceSeen:
    """An absence as one viewer may see it: no `kind` and `state` where the reason is not theirs to know."""

    id: uuid.UUID
    member_id: uuid.UUID
    name: str
    employer: str
    away: Away
    kind: AbsenceKind | None
    state: AbsenceState | None
    note: str
    asked_at: datetime
    decided_at: datetime | None
    decided_by: str
    reason: str
    is_own: bool
    may_decide: bool


def absences_for_planning(starts_on: date, ends_on: date) -> dict[uuid.UUID, tuple[Away, ...]]:
    """Return the absences the rota plans around, by member, which touch these days of the current network."""
    rows = db.session.scalars(
        select(Absence)
        .where(Absence.state.in_(KEEPS_AWAY), Absence.starts_on <= ends_on, Absence.ends_on >= starts_on)
        .order_by(Absence.starts_on, Absence.id)
    )
    found: dict[uuid.UUID, tuple[Away, ...]] = {}
    for row in rows:
        found[row.member_id] = (*found.get(row.member_id, ()), as_away(row))
    return found


def absences_for(viewer: Actor, show: Show, page: int = 1) -> tuple[list[AbsenceSeen], int]:
    """Return a page of the absences the viewer may see, and the number of pages."""
    wanted = _seen_by(viewer).where(_shown(show))
    pages = max(1, -(-_count(wanted) // PAGE))
    order = Absence.starts_on.desc() if show is Show.PAST else Absence.starts_on
    rows = db.session.scalars(
        wanted.order_by(order, Absence.id).limit(PAGE).offset((min(max(page, 1), pages) - 1) * PAGE)
    )
    return [as_seen(viewer, row) for row in rows], pages


def own_absences(viewer: Actor) -> list[AbsenceSeen]:
    """Return the viewer's own absences of the last year and to come, the latest first."""
    if viewer.person_id is None:
        return []
    since = today() - timedelta(days=MOST_DAYS)
    rows = db.session.scalars(
        _joined()
        .where(Engagement.person_id == viewer.person_id, Absence.ends_on >= since)
        .order_by(Absence.starts_on.desc(), Absence.id)
    )
    return [as_seen(viewer, row) for row in rows]


def waiting_for(viewer: Actor) -> int:
    """Count the requests that the viewer may decide on."""
    reach = _reach(viewer, Permission.APPROVE_LEAVE)
    requests = _joined().where(Absence.state == AbsenceState.REQUESTED, reach, _not_own(viewer))
    return _count(requests)


def get_absence_for(viewer: Actor, absence_id: uuid.UUID) -> AbsenceSeen:
    """Return one absence as the viewer may see it."""
    row = db.session.scalars(_seen_by(viewer).where(Absence.id == absence_id)).one_or_none()
    if row is None:
        raise NotFound
    return as_seen(viewer, row)


def people_to_ask_for(viewer: Actor) -> list[tuple[uuid.UUID, str]]:
    """Return the members for whom the viewer may ask for leave, themselves first, then by name."""
    reach = _reach(viewer, Permission.APPROVE_LEAVE)
    if viewer.person_id and viewer.may(Permission.REQUEST_LEAVE, person_id=viewer.person_id):
        reach = or_(reach, Engagement.person_id == viewer.person_id)
    still_here = or_(RotaMember.planned_until.is_(None), RotaMember.planned_until >= today())
    wanted = select(RotaMember).join(RotaMember.engagement).join(Engagement.person).where(reach, still_here)
    members = db.session.scalars(
        wanted.options(
            contains_eager(RotaMember.engagement).contains_eager(Engagement.person),
            contains_eager(RotaMember.engagement).joinedload(Engagement.employer),
        ).order_by(Engagement.person_id != viewer.person_id, Person.family_name, Person.given_name)
    )
    return [(member.id, _said(member)) for member in members]


def get_member_to_ask_for(viewer: Actor, member_id: uuid.UUID) -> RotaMember:
    """Return a member for whom the viewer may ask for leave: oneself, or whose leave they decide on."""
    member = db.session.get(RotaMember, member_id)
    if member is None:
        raise NotFound
    own = viewer.may(Permission.REQUEST_LEAVE, person_id=member.engagement.person_id)
    if own or decides_on(viewer, member):
        return member
    raise NotAllowed if may_look(viewer, member) else NotFound


def decides_on(viewer: Actor, member: RotaMember) -> bool:
    """Say whether the viewer decides on this person's leave; nobody decides on their own."""
    is_own = viewer.person_id is not None and viewer.person_id == member.engagement.person_id
    return not is_own and viewer.may(Permission.APPROVE_LEAVE, organisation_id=member.engagement.employer_id)


def may_look(viewer: Actor, member: RotaMember) -> bool:
    """Say whether the viewer may know when this person is away."""
    post = member.engagement
    return viewer.may(Permission.SEE_LEAVE, organisation_id=post.employer_id, person_id=post.person_id)


@dataclass(frozen=True)
class Gone:
    """Somebody away, and the days on which they would work otherwise."""

    absence: Absence
    post: Post
    days: frozenset[date]

    @property
    def offs(self) -> list[Off]:
        return [Off(self.post, day) for day in sorted(self.days)]


def gone_between(
    starts_on: date,
    ends_on: date,
    states: Iterable[AbsenceState] = KEEPS_AWAY,
    employer_id: uuid.UUID | None = None,
) -> list[Gone]:
    """Return who is away in a period, of an employer or of all: for R39, and for those who may know."""
    of_employer = Engagement.employer_id == employer_id if employer_id else true()
    rows = db.session.scalars(
        _joined()
        .where(
            Absence.state.in_(states), Absence.starts_on <= ends_on, Absence.ends_on >= starts_on, of_employer
        )
        .options(
            contains_eager(Absence.member)
            .selectinload(RotaMember.patterns)
            .selectinload(WorkingPattern.cells)
        )
        .order_by(Absence.starts_on, Absence.id)
    )
    closures = closures_for_planning(starts_on, ends_on)
    found = []
    for row in rows:
        taken = sessions_taken(as_away(row), working_of(row.member, closures), starts_on, ends_on)
        found.append(Gone(row, post_of(row.member), frozenset(day for day, _ in taken)))
    return found


def over_limits(absences: Sequence[AbsenceSeen]) -> dict[uuid.UUID, list[Over]]:
    """Return which absences of a list break limits (R39) together with all others, requests among them."""
    if not absences:
        return {}
    first, last = min(each.away.starts_on for each in absences), max(each.away.ends_on for each in absences)
    offs = [off for gone in gone_between(first, last, STANDS) for off in gone.offs]
    found = breaches(limits_in_force(), offs)
    return {
        each.id: [
            over
            for over in found
            if each.member_id in over.members and each.away.starts_on <= over.day <= each.away.ends_on
        ]
        for each in absences
    }


def working_of(member: RotaMember, closures: Iterable[Closed]) -> Working:
    """Return when a member works; `closures` are those of the days that are asked about."""
    post = member.engagement
    lasts = [day for day in (member.planned_until, post.ends_on) if day]
    return Working(
        first=max(member.planned_from, post.starts_on),
        last=min(lasts, default=date.max),
        patterns=tuple(pattern.value for pattern in member.patterns),
        shut=frozenset((each.day, each.kind) for each in closures if each.site_id == member.home_site_id),
    )


def as_away(row: Absence) -> Away:
    """Give the time of an absence as a value."""
    return Away(row.kind, row.starts_on, row.ends_on, row.starts_with, row.ends_with, row.member_id)


def may_know_why(viewer: Actor, row: Absence) -> bool:
    """Say whether the reason of this absence is the viewer's to know."""
    engagement = row.member.engagement
    if row.kind not in NEED_TO_KNOW or (viewer.person_id and engagement.person_id == viewer.person_id):
        return True
    return viewer.may(Permission.SEE_SICKNESS, organisation_id=engagement.employer_id)


def as_seen(viewer: Actor, row: Absence) -> AbsenceSeen:
    """Show an absence to one viewer."""
    engagement, knows = row.member.engagement, may_know_why(viewer, row)
    is_own = viewer.person_id is not None and engagement.person_id == viewer.person_id
    return AbsenceSeen(
        id=row.id,
        member_id=row.member_id,
        name=row.member.name,
        employer=engagement.employer.name,
        away=as_away(row),
        kind=row.kind if knows else None,
        state=row.state if knows else None,
        note=row.note if knows else "",
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by if knows else "",
        reason=row.reason if knows else "",
        is_own=is_own,
        may_decide=decides_on(viewer, row.member),
    )


def _said(member: RotaMember) -> str:
    engagement = member.engagement
    return f"{member.name}, {engagement.role.label} ({engagement.employer.short_name})"


def _joined() -> Select[Absence]:
    whole = contains_eager(Absence.member).contains_eager(RotaMember.engagement)
    return (
        select(Absence)
        .join(Absence.member)
        .join(RotaMember.engagement)
        .options(whole.joinedload(Engagement.person), whole.joinedload(Engagement.employer))
    )


def _seen_by(viewer: Actor) -> Select[Absence]:
    reach = _reach(viewer, Permission.SEE_LEAVE)
    return _joined().where(
        or_(reach, Engagement.person_id == viewer.person_id) if viewer.person_id else reach
    )


def _reach(viewer: Actor, permission: Permission) -> ColumnElement[bool]:
    organisations = viewer.organisations_for(permission)
    return (
        Engagement.employer_id.is_not(None)
        if organisations is None
        else Engagement.employer_id.in_(organisations)
    )


def _count(wanted: Select[Absence]) -> int:
    rows = wanted.with_only_columns(Absence.id).subquery()
    return db.session.scalar(select(func.count()).select_from(rows)) or 0


def _not_own(viewer: Actor) -> ColumnElement[bool]:
    return Engagement.person_id != viewer.person_id if viewer.person_id else Engagement.person_id.is_not(None)


def _shown(show: Show) -> ColumnElement[bool]:
    if show is Show.WAITING:
        return Absence.state == AbsenceState.REQUESTED
    if show is Show.COMING:
        return and_(Absence.state.in_(KEEPS_AWAY), Absence.ends_on >= today())
    gone = Absence.state.in_({AbsenceState.DECLINED, AbsenceState.WITHDRAWN})
    return or_(gone, and_(Absence.state.in_(KEEPS_AWAY), Absence.ends_on < today()))
