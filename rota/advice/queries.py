"""Weighing leave: limits, cover of the rotas, learners, notice and balance, before anybody decides."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from network.access.rules import Actor, Permission
from network.organisations.rules import kinds_on
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from network.vocabulary import SessionKind
from rota.advice.rules import Full, Weighed
from rota.allowances.queries import balance_of, cost_of, working_in
from rota.allowances.rules import Balance
from rota.availability.queries import missed_by
from rota.cover.wording import session_said
from rota.demand.queries import bank_holidays
from rota.facts.queries import remembered_facts_of
from rota.leave.queries import (
    AbsenceSeen,
    as_away,
    as_seen,
    decides_on,
    get_absence_for,
    get_member_to_ask_for,
    gone_between,
    may_look,
)
from rota.leave.records import Absence
from rota.leave.rules import (
    KEEPS_AWAY,
    STANDS,
    AbsenceKind,
    AbsenceState,
    Away,
    sessions_taken,
    wrong_with_days,
)
from rota.limits.queries import limits_in_force, post_of
from rota.limits.rules import Limit, Off, full_days
from rota.losses.queries import losses_of
from rota.losses.rules import Loss
from rota.planning.queries import Planned, planned_for
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import days_between
from rota.solver.staff_rota import Plan, Scope, breaches
from rota.staff.records import RotaMember
from rota.supervision.queries import PlacementTouched, touched_by
from rota.terms.queries import terms_of

# What tells of learners left alone, or with too many others.
OF_LEARNERS = frozenset({"R11", "R12"})
CALENDAR = timedelta(days=364)


@dataclass(frozen=True)
class QuickCell:
    """A cell of the grid from which somebody is away."""

    member_id: uuid.UUID
    name: str
    day: date
    kind: SessionKind
    version_id: uuid.UUID | None

    @property
    def session(self) -> str:
        return session_said(self.day, self.kind)


@dataclass(frozen=True)
class Decision:
    """An absence to be decided on, or decided, with what it means for the rota."""

    absence: AbsenceSeen
    member_id: uuid.UUID
    weighed: Weighed
    others: Sequence[AbsenceSeen]
    placements: Sequence[PlacementTouched]
    may_open: bool


def weigh(member: RotaMember, away: Away, besides: uuid.UUID | None = None, fresh: bool = False) -> Weighed:
    """Weigh time away of a member; `besides` is its own row, where it is kept already.

    `fresh` reads the facts of rotas anew, as a decision must; pages take those remembered.
    """
    working = working_in(member, away.starts_on, away.ends_on)
    sessions = sessions_taken(away, working)
    days = sorted({day for day, _ in sessions})
    losses, touched = losses_of(member, away)
    terms = terms_of(member.engagement.employer_id)
    full, waiting = _others(member, days, besides)
    cost = cost_of(member, away) if away.kind is AbsenceKind.ANNUAL else 0
    balance = _balance(member, away, is_kept=besides is not None) if away.kind is AbsenceKind.ANNUAL else None
    return Weighed(
        away=away,
        sessions=sessions,
        has_pattern=bool(working.patterns),
        clashes=_clashes(member, away, besides),
        full=full,
        waiting=waiting,
        losses=losses,
        unsupervised=_unsupervised(member, touched, fresh),
        missed=missed_by(member.engagement.person_id, away),
        notice_given=max(0, (away.starts_on - today()).days),
        notice_asked=terms.notice_for(len(days)),
        cost=cost,
        # Without a statutory allowance or an agreed one there is nothing to hold leave against.
        balance=balance if balance and balance.is_kept else None,
        may_be_automatic=away.kind in terms.automatic,
    )


def weighed_for(viewer: Actor, member_id: uuid.UUID, away: Away) -> tuple[Weighed, bool]:
    """Weigh leave that is not asked for yet, and say whether it is the viewer's own."""
    member = get_member_to_ask_for(viewer, member_id)
    is_own = viewer.person_id is not None and viewer.person_id == member.engagement.person_id
    if wrong := wrong_with_days(away, today()):
        raise Invalid(wrong)
    return weigh(member, away), is_own


def decision_for(viewer: Actor, absence_id: uuid.UUID) -> Decision:
    """Return an absence with all that its decision rests on, for those who decide on it."""
    seen = get_absence_for(viewer, absence_id)
    if not seen.may_decide:
        raise NotAllowed
    row = db.session.get_one(Absence, absence_id)
    weighed = weigh(row.member, as_away(row), besides=row.id)
    return Decision(
        absence=seen,
        member_id=row.member_id,
        weighed=weighed,
        others=_others_seen(viewer, row, weighed),
        placements=touched_by(row).placements,
        may_open=viewer.may(Permission.FILL_ROTA),
    )


def losses_for(viewer: Actor, member_id: uuid.UUID, away: Away) -> list[Loss]:
    """Return what an absence takes from the rotas, for those who may record it."""
    losses, _ = losses_of(get_member_to_ask_for(viewer, member_id), away)
    return losses


def quick_for(viewer: Actor, member: str, day: str, kind: str, version: str) -> QuickCell:
    """Return the cell that leave is recorded from, for those who decide on that person's leave."""
    try:
        member_id, first = uuid.UUID(member), SessionKind(kind)
        version_id = uuid.UUID(version) if version else None
        begins_on = date.fromisoformat(day)
    except ValueError:
        raise NotFound from None
    found = get_member_to_ask_for(viewer, member_id)
    if not decides_on(viewer, found):
        raise NotAllowed("Somebody else has to record your own leave. Ask for it under My leave.")
    return QuickCell(member_id, found.name, begins_on, first, version_id)


def marks_for(viewer: Actor, member_id: uuid.UUID) -> dict[str, str]:
    """Mark the days a calendar shows apart, by date: full, away, asked for, a holiday, not worked."""
    member = get_member_to_ask_for(viewer, member_id)
    first, last = today(), today() + CALENDAR
    working = working_in(member, first, last)
    marks = {
        str(day): "off"
        for day in days_between(first, last)
        if not any(working.works(day, kind) for kind in kinds_on(day.weekday()))
    }
    marks |= {str(each.day): "holiday" for each in bank_holidays(first, last)}
    worked = [day for day in days_between(first, last) if str(day) not in marks]
    full, _ = _others(member, worked, None)
    marks |= {str(each.day): "full" for each in full}
    for row in _standing(member, first, last):
        mark = "asked" if row.state is AbsenceState.REQUESTED else "away"
        span = days_between(max(first, row.starts_on), min(last, row.ends_on))
        # Of a day of which one half is granted and one asked for, what is granted is told.
        marks |= {str(day): mark for day in span if marks.get(str(day)) != "away"}
    return marks


def _balance(member: RotaMember, away: Away, *, is_kept: bool) -> Balance:
    """Return what leave makes of the balance: over the end of a leave year, of the one with less left."""
    balances = [balance_of(member, away.starts_on)]
    if away.ends_on > balances[0].year.last:
        balances.append(balance_of(member, away.ends_on))
    if not is_kept:
        balances = [replace(each, asked=each.asked + cost_of(member, away, each.year)) for each in balances]
    return min(balances, key=lambda each: each.left)


def _others_seen(viewer: Actor, row: Absence, weighed: Weighed) -> list[AbsenceSeen]:
    """Return who else of the group is away or has asked for the same days, as far as the viewer may know."""
    days = {day for day, _ in weighed.sessions}
    if not days:
        return []
    post = post_of(row.member)
    limits = limits_in_force().on(post)
    return [
        as_seen(viewer, gone.absence)
        for gone in gone_between(min(days), max(days), STANDS, post.organisation_id)
        if gone.days & days
        and gone.post.member_id != post.member_id
        and any(limit.binds(gone.post) for limit in limits)
        and may_look(viewer, gone.absence.member)
    ]


def _clashes(member: RotaMember, away: Away, besides: uuid.UUID | None) -> list[Away]:
    rows = _standing(member, away.starts_on, away.ends_on)
    return [as_away(row) for row in rows if row.id != besides and as_away(row).overlaps(away)]


def _standing(member: RotaMember, first: date, last: date) -> Sequence[Absence]:
    """Return what somebody has or asks for between two days."""
    return db.session.scalars(
        select(Absence).where(
            Absence.member_id == member.id,
            Absence.state.in_(STANDS),
            Absence.starts_on <= last,
            Absence.ends_on >= first,
        )
    ).all()


def _others(member: RotaMember, days: Sequence[date], besides: uuid.UUID | None) -> tuple[list[Full], int]:
    """Return the days on which the group's limit is reached, and how many have asked first and reach it."""
    if not days:
        return [], 0
    post, limits = post_of(member), limits_in_force()
    granted = _offs(member, days, besides, KEEPS_AWAY)
    if full := full_days(limits, post, granted, days):
        return [Full(day, *_counted(full[day])) for day in sorted(full)], 0
    asked = _offs(member, days, besides, {AbsenceState.REQUESTED})
    crowded = full_days(limits, post, [*granted, *asked], days)
    first = frozenset().union(*(who for _, who in crowded.values()))
    return [], len(first & {off.post.member_id for off in asked})


def _counted(reached: tuple[Limit, frozenset[uuid.UUID]]) -> tuple[Limit, int]:
    limit, who = reached
    return limit, len(who)


def _offs(
    member: RotaMember, days: Sequence[date], besides: uuid.UUID | None, states: Collection[AbsenceState]
) -> list[Off]:
    """Return who else is off on these days, one for each day."""
    return [
        off
        for gone in gone_between(days[0], days[-1], states, member.engagement.employer_id)
        if gone.absence.id != besides and gone.post.member_id != member.id
        for off in gone.offs
    ]


def _unsupervised(
    member: RotaMember,
    touched: Mapping[uuid.UUID, tuple[RotaVersion, list[Assignment]]],
    fresh: bool,
) -> list[str]:
    """Tell of the learners who would lack supervision without somebody, in what is planned already."""
    if not member.supervises:
        return []
    said: dict[str, None] = {}
    for version, rows in touched.values():
        planned = planned_for(version, None if fresh else remembered_facts_of(version.period))
        sessions = frozenset(planned.session_of[row.day, row.kind].number for row in rows)
        said |= dict.fromkeys(_left_alone(planned, str(member.id), sessions))
    return list(said)


def _left_alone(planned: Planned, person: str, sessions: frozenset[int]) -> list[str]:
    """Tell what breaks for learners when somebody is taken off the duties of some sessions."""
    problem, plan, scope = planned.problem, planned.plan, Scope(sessions=sessions)
    duties = {duty.number for duty in problem.duties if duty.session in sessions}
    rest = Plan.of(each for each in plan.placements if each.person != person or each.duty not in duties)
    before = {each.said for each in breaches(problem, plan, scope)}
    return [
        each.said
        for each in breaches(problem, rest, scope)
        if each.code in OF_LEARNERS and each.said not in before
    ]
