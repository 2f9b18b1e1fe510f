"""Lines for payroll, of the people whose employer the viewer acts for."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import SessionKind
from rota.facts.queries import remembered_facts_of
from rota.leave.rules import NEED_TO_KNOW, AbsenceKind, Away, keeps_away
from rota.payroll.rules import WORKED, PayLine, category_of, in_order
from rota.planning.queries import Planned, planned_for
from rota.roster.rules import Time, local
from rota.rotas.queries import find_chosen_version
from rota.rotas.records import Assignment, RotaPeriod, RotaVersion
from rota.rotas.rules import PeriodState, said_period
from rota.solver.staff_rota import Person, Session
from rota.staff.records import RotaMember
from rota.staff.rules import Availability

FROM_PATTERN = "Working pattern"
FROM_LEAVE = "Leave"


@dataclass(frozen=True)
class Payable:
    """A rota that payroll can be told of."""

    period_id: uuid.UUID
    said: str
    is_final: bool

    @property
    def status(self) -> str:
        return "Final" if self.is_final else "Provisional"


@dataclass(frozen=True)
class Payroll:
    """All lines of one rota."""

    payable: Payable
    first_day: str
    lines: tuple[PayLine, ...]


def payable_rotas(viewer: Actor) -> list[Payable]:
    """Return the rotas that were published, the latest first."""
    if not viewer.may_somewhere(Permission.EXPORT_PAYROLL):
        raise NotFound
    rows = db.session.scalars(
        select(RotaPeriod)
        .where(RotaPeriod.state.in_([PeriodState.PUBLISHED, PeriodState.CLOSED]))
        .order_by(RotaPeriod.starts_on.desc())
    )
    return [_payable(row) for row in rows]


def payroll_for(viewer: Actor, period_id: uuid.UUID) -> Payroll:
    """Return the lines of a published or closed rota for the people of the viewer's organisations."""
    period = db.session.get(RotaPeriod, period_id)
    version = find_chosen_version(period_id) if period else None
    if period is None or version is None or not viewer.may_somewhere(Permission.EXPORT_PAYROLL):
        raise NotFound
    planned = planned_for(version, remembered_facts_of(period))
    rows = _assignments(viewer, version)
    worked = [_worked(row) for row in rows if not _is_away(planned, row)]
    own = [member for member in planned.members.values() if _pays(viewer, member)]
    others = [line for member in own for line in _beside(viewer, planned, member, rows)]
    return Payroll(_payable(period), str(period.starts_on), tuple(in_order([*worked, *others])))


def _payable(period: RotaPeriod) -> Payable:
    said = said_period(period.starts_on, period.ends_on)
    return Payable(period.id, said, period.state is PeriodState.CLOSED)


def _assignments(viewer: Actor, version: RotaVersion) -> Sequence[Assignment]:
    whole = contains_eager(Assignment.member).contains_eager(RotaMember.engagement)
    wanted = (
        select(Assignment)
        .join(Assignment.member)
        .join(RotaMember.engagement)
        .where(Assignment.version_id == version.id)
        .options(
            whole.joinedload(Engagement.person),
            whole.joinedload(Engagement.employer),
            joinedload(Assignment.site),
        )
    )
    reach = viewer.organisations_for(Permission.EXPORT_PAYROLL)
    if reach is not None:
        wanted = wanted.where(Engagement.employer_id.in_(reach))
    return db.session.scalars(wanted).all()


def _pays(viewer: Actor, member: RotaMember) -> bool:
    return viewer.may(Permission.EXPORT_PAYROLL, organisation_id=member.engagement.employer_id)


def _worked(row: Assignment) -> PayLine:
    post = row.member.engagement
    return PayLine(
        employer=post.employer.name,
        person=row.member.name,
        role=post.role.label,
        day=row.day,
        kind=row.kind,
        site=row.site.name if row.site else "",
        starts=local(row.starts_at),
        ends=local(row.ends_at),
        minutes=row.minutes,
        category=WORKED,
        activity=row.activity.label,
        stream=row.funding.label,
        source=row.source.label,
    )


def _is_away(planned: Planned, row: Assignment) -> bool:
    """Say whether somebody fell ill or took leave after they were told of a session."""
    times = planned.times.get(row.member_id)
    return times is not None and keeps_away(times.absences, row.day, row.kind) is not None


def _beside(
    viewer: Actor, planned: Planned, member: RotaMember, rows: Sequence[Assignment]
) -> Iterator[PayLine]:
    """Give what is no duty: sessions that the pattern fixes, and leave from what it offers or was told."""
    person = planned.problem.person_by_key[str(member.id)]
    times = planned.times[member.id]
    told = {(row.day, row.kind): row.minutes for row in rows if row.member_id == member.id}
    # Who falls ill on leave is ill: the leave is theirs to take another time.
    absences = sorted(times.absences, key=lambda away: away.kind is not AbsenceKind.SICKNESS)
    knows = viewer.may(Permission.SEE_SICKNESS, organisation_id=member.engagement.employer_id)
    yield from _fixed(planned, member, person)
    for session in planned.problem.sessions:
        cell = session.day, SessionKind(session.kind)
        away = keeps_away(absences, *cell)
        if away and (knows or away.kind not in NEED_TO_KNOW) and (cell in told or _offers(times, session)):
            minutes = told.get(cell) or person.credits.get(session.number, 0)
            yield _leave(member, session, away, minutes)


def _fixed(planned: Planned, member: RotaMember, person: Person) -> Iterator[PayLine]:
    post = member.engagement
    for each in person.commitments:
        session = planned.problem.session_by_number[each.session]
        yield PayLine(
            employer=post.employer.name,
            person=member.name,
            role=post.role.label,
            day=session.day,
            kind=SessionKind(session.kind),
            site=planned.problem.site_by_code[each.site].name if each.site else "",
            starts=each.starts,
            ends=each.ends,
            minutes=each.minutes,
            category=WORKED,
            activity=each.activity,
            source=FROM_PATTERN,
        )


def _offers(times: Time, session: Session) -> bool:
    is_planned = times.planned[0] <= session.day <= times.planned[1]
    choice = times.choice(session.day, SessionKind(session.kind))
    return is_planned and choice is not None and choice.availability is not Availability.NEVER


def _leave(member: RotaMember, session: Session, away: Away, minutes: int) -> PayLine:
    post = member.engagement
    return PayLine(
        employer=post.employer.name,
        person=member.name,
        role=post.role.label,
        day=session.day,
        kind=SessionKind(session.kind),
        site="",
        starts=None,
        ends=None,
        minutes=minutes,
        category=category_of(away.kind),
        source=FROM_LEAVE,
    )
