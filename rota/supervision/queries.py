"""What a supervisor's absence touches: learners on placement, and their sessions of the published rota."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload, selectinload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import SessionKind
from rota.hosts.planning.queries import supervising_of
from rota.hosts.planning.rules import Supervising
from rota.hosts.rules import WEEK
from rota.leave.queries import as_away
from rota.leave.records import Absence
from rota.leave.rules import KEEPS_AWAY, Away
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState
from rota.rotations.queries import published_placements
from rota.rotations.records import Placement
from rota.staff.records import RotaMember
from rota.supervision.rules import left_with

SEE = Permission.SEE_SUPERVISION
# As far ahead as somebody else can still be found calmly.
LOOKS_AHEAD = timedelta(weeks=8)


@dataclass(frozen=True)
class PlacementTouched:
    """A learner whose supervisor is away for some of a placement, and who else supervises then."""

    placement: Placement
    first: date
    last: date
    others: tuple[str, ...]


@dataclass(frozen=True)
class SessionTouched:
    """A session of the published rota in which a learner works beside a supervisor who is away."""

    learner: str
    day: date
    kind: SessionKind
    site: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class Touched:
    """All that a supervisor's absence touches; why they are away is not said."""

    absence_id: uuid.UUID
    name: str
    starts_on: date
    ends_on: date
    placements: tuple[PlacementTouched, ...]
    sessions: tuple[SessionTouched, ...]

    @property
    def learners(self) -> int:
        return len({each.placement.learner_id for each in self.placements})

    @property
    def alone(self) -> int:
        """Count what is left with nobody else."""
        others = [each.others for each in self.placements] + [each.others for each in self.sessions]
        return sum(not each for each in others)

    @property
    def is_any(self) -> bool:
        return bool(self.placements or self.sessions)


@dataclass(frozen=True)
class Told:
    """What learners and staff were told for some days: read once, however many are away."""

    placements: Sequence[Placement]
    sessions: Sequence[Assignment]


def coming_absences(viewer: Actor) -> list[Touched]:
    """Return the absences of the coming weeks that touch learners, as far as the viewer looks after them."""
    if not viewer.may_somewhere(SEE):
        return []
    rows = db.session.scalars(
        _absences()
        .where(
            Absence.state.in_(KEEPS_AWAY),
            Absence.ends_on >= today(),
            Absence.starts_on <= today() + LOOKS_AHEAD,
            in_reach(viewer, Engagement.employer_id),
            # Whoever supervises nobody is looked at no further.
            RotaMember.supervises.any(),
        )
        .order_by(Absence.starts_on, Absence.id)
    )
    found = rows.all()
    if not found:
        return []
    last = max(row.ends_on for row in found)
    told = Told(published_placements(today(), last), _sessions_between(today(), last))
    return [touched for touched in (_touched(row, told) for row in found) if touched.is_any]


def get_touched_for(viewer: Actor, absence_id: uuid.UUID) -> Touched:
    """Return what one absence touches, for those who look after the supervisors of that employer."""
    row = db.session.scalars(
        _absences().where(
            Absence.id == absence_id, Absence.state.in_(KEEPS_AWAY), in_reach(viewer, Engagement.employer_id)
        )
    ).one_or_none()
    if row is None or not viewer.may_somewhere(SEE):
        raise NotFound
    return touched_by(row)


def touched_by(row: Absence) -> Touched:
    """Say what an absence, asked for or approved, touches of learners and their placements."""
    first, last = max(row.starts_on, today()), row.ends_on
    return _touched(row, Told(published_placements(first, last), _sessions_between(first, last)))


def _touched(row: Absence, told: Told) -> Touched:
    away = as_away(row)
    return Touched(
        absence_id=row.id,
        name=row.member.name,
        starts_on=away.starts_on,
        ends_on=away.ends_on,
        placements=tuple(_placements_touched(row.member_id, away, told.placements)),
        sessions=tuple(_sessions_touched(row.member, away, told.sessions)),
    )


def _placements_touched(
    member_id: uuid.UUID, away: Away, told: Iterable[Placement]
) -> Iterable[PlacementTouched]:
    first, last = max(away.starts_on, today()), away.ends_on
    if first > last:
        return
    own = [
        each
        for each in told
        if each.starts_on <= last and each.ends_on >= first and member_id in supervisors_of(each)
    ]
    if not own:
        return
    others = {one for each in own for one in supervisors_of(each)}
    known = supervising_of(others, first, last)
    names = _names(others)
    for each in own:
        begins, ends = max(first, each.starts_on), min(last, each.ends_on)
        given = {key: _given(one, begins, ends) for key, one in known.items()}
        left = left_with(supervisors_of(each), member_id, given)
        yield PlacementTouched(each, begins, ends, tuple(sorted(names[one] for one in left)))


def _given(supervising: Supervising, first: date, last: date) -> int:
    """Give the fewest minutes that somebody has for learners in any week of some days."""
    monday = first - timedelta(first.weekday())
    weeks = range((last - monday).days // 7 + 1)
    return min(supervising.minutes_in(monday + week * WEEK) for week in weeks)


def _sessions_touched(member: RotaMember, away: Away, told: Iterable[Assignment]) -> Iterable[SessionTouched]:
    """Give the learners of the published rota who stand beside somebody in sessions that are taken."""
    kinds = {each.learner_role for each in member.supervises}
    first = max(away.starts_on, today())
    if not kinds or first > away.ends_on:
        return
    together: dict[tuple[Any, ...], list[Assignment]] = {}
    for row in told:
        if not first <= row.day <= away.ends_on:
            continue
        together.setdefault((row.day, row.kind, row.site_id), []).append(row)
    for (day, kind, _), present in together.items():
        if not away.takes(day, kind) or not any(row.member_id == member.id for row in present):
            continue
        for row in present:
            role = row.member.engagement.role
            if role in kinds:
                others = sorted(
                    one.member.name
                    for one in present
                    if one.member_id != member.id
                    and any(each.learner_role is role for each in one.member.supervises)
                )
                yield SessionTouched(
                    row.member.name, day, SessionKind(kind), row.site.name if row.site else "", tuple(others)
                )


def _sessions_between(first: date, last: date) -> Sequence[Assignment]:
    """Return the sessions of the published rota at a site in some days, with who works in them."""
    return db.session.scalars(
        select(Assignment)
        .join(Assignment.version)
        .where(
            RotaVersion.state == VersionState.CHOSEN,
            Assignment.day.between(first, last),
            Assignment.site_id.is_not(None),
        )
        .options(
            joinedload(Assignment.site),
            person_of(joinedload(Assignment.member)),
            joinedload(Assignment.member).selectinload(RotaMember.supervises),
        )
        .order_by(Assignment.day, Assignment.starts_at)
    ).all()


def supervisors_of(placement: Placement) -> tuple[uuid.UUID, ...]:
    """Return who supervises a learner while placed: those named for it, else all of the offer's."""
    named = placement.supervisors or placement.offer.supervisors
    return tuple(dict.fromkeys(each.member_id for each in named))


def _names(member_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    person = joinedload(RotaMember.engagement).joinedload(Engagement.person)
    members = select(RotaMember).where(RotaMember.id.in_(list(member_ids))).options(person)
    return {member.id: member.name for member in db.session.scalars(members)}


def _absences() -> Any:
    member = contains_eager(Absence.member)
    return (
        select(Absence)
        .join(Absence.member)
        .join(RotaMember.engagement)
        .options(
            member.contains_eager(RotaMember.engagement).joinedload(Engagement.person),
            member.options(selectinload(RotaMember.supervises)),
        )
    )


def person_of(member: Any) -> Any:
    """Load the person of a member with the member."""
    return member.joinedload(RotaMember.engagement).joinedload(Engagement.person)


def in_reach(viewer: Actor, organisation_id: InstrumentedAttribute[uuid.UUID]) -> ColumnElement[bool]:
    """Match what is of the organisations whose supervisors the viewer looks after."""
    organisations = viewer.organisations_for(SEE)
    return true() if organisations is None else organisation_id.in_(organisations)
