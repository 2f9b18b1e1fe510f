"""What leave people have, have had and have asked for, in their leave year."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from network.access.rules import Actor, Permission
from network.people.records import Engagement, Person
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from rota.allowances.records import AllowanceLine
from rota.allowances.rules import (
    Balance,
    LineKind,
    Year,
    cost,
    entitled,
    holidays_cost,
    year_of,
)
from rota.demand.queries import bank_holidays, closures_for_planning
from rota.demand.rules import Closed
from rota.leave.queries import as_away, decides_on, working_of
from rota.leave.records import Absence
from rota.leave.rules import STANDS, AbsenceKind, AbsenceState, Away, Working
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState
from rota.staff.records import RotaMember, WorkingPattern
from rota.terms.queries import TermsBook
from rota.terms.rules import Terms


@dataclass(frozen=True)
class BalanceSeen:
    """Somebody's balance in the manager's table."""

    member_id: uuid.UUID
    name: str
    employer: str
    balance: Balance


@dataclass(frozen=True)
class AllowanceSeen:
    """A leave year of one person, with what was added to it."""

    member: RotaMember
    balance: Balance
    terms: Terms
    lines: Sequence[AllowanceLine]
    may_change: bool


def balance_of(member: RotaMember, day: date) -> Balance:
    """Return the balance of one member in the leave year of a day."""
    return _Books.of([member], day).balance(member)


def working_in(member: RotaMember, first: date, last: date) -> Working:
    """Return when a member works as leave counts it: bank holidays are free unless they are worked."""
    return _Books.over([member], first, last).working(member)


def cost_of(member: RotaMember, away: Away, year: Year | None = None) -> int:
    """Return the minutes that an absence would take from the member's allowance, of one year or in all."""
    first = max(away.starts_on, year.first) if year else away.starts_on
    last = min(away.ends_on, year.last) if year else away.ends_on
    post = member.engagement
    return cost(
        [away], working_in(member, first, last), post.weekly_minutes, post.session_minutes, first, last
    )


def balances_for(viewer: Actor) -> list[BalanceSeen]:
    """Return this year's balances of those whose leave the viewer decides on, by name."""
    members = db.session.scalars(_members().where(_reach(viewer))).unique().all()
    books = _Books.of(members, today())
    return [
        BalanceSeen(member.id, member.name, member.engagement.employer.short_name, books.balance(member))
        for member in members
    ]


def own_balances(viewer: Actor) -> list[BalanceSeen]:
    """Return the viewer's own balances, one for each post that is planned."""
    if viewer.person_id is None:
        return []
    members = db.session.scalars(_members().where(Engagement.person_id == viewer.person_id)).unique().all()
    books = _Books.of(members, today())
    return [
        BalanceSeen(member.id, member.name, member.engagement.employer.name, books.balance(member))
        for member in members
    ]


def get_allowance_for(viewer: Actor, member_id: uuid.UUID, day: date) -> AllowanceSeen:
    """Return a leave year of somebody: one's own, or of those whose leave the viewer decides on."""
    member = (
        db.session.scalars(_members(with_former=True).where(RotaMember.id == member_id))
        .unique()
        .one_or_none()
    )
    if member is None:
        raise NotFound
    is_own = viewer.person_id is not None and viewer.person_id == member.engagement.person_id
    if not is_own and not decides_on(viewer, member):
        raise NotFound
    books = _Books.of([member], day)
    balance = books.balance(member)
    lines = books.lines.get((member.id, balance.year.first), [])
    return AllowanceSeen(
        member, balance, books.terms(member.engagement.employer_id), lines, decides_on(viewer, member)
    )


@dataclass(frozen=True)
class _Books:
    """Rows at hand for the balances of some members, read in the same few statements for any number."""

    day: date
    terms: TermsBook
    absences: Mapping[uuid.UUID, list[Absence]]
    lines: Mapping[tuple[uuid.UUID, date], list[AllowanceLine]]
    closures: Sequence[Closed]
    holidays: Sequence[date]
    worked: frozenset[tuple[uuid.UUID, date]]

    @classmethod
    def of(cls, members: Sequence[RotaMember], day: date) -> "_Books":
        """Read what the leave years of some members need."""
        terms = TermsBook()
        years = [_year(terms, member, day) for member in members]
        first = min((year.first for year in years), default=day)
        last = max((year.last for year in years), default=day)
        return cls.over(members, first, last, day, terms)

    @classmethod
    def over(
        cls,
        members: Sequence[RotaMember],
        first: date,
        last: date,
        day: date | None = None,
        terms: TermsBook | None = None,
    ) -> "_Books":
        """Read what happens to some members between two days."""
        ids = [member.id for member in members]
        holidays = [each.day for each in bank_holidays(first, last)]
        return cls(
            day=day or first,
            terms=terms or TermsBook(),
            absences=_absences(ids, first, last),
            lines=_lines(ids),
            closures=closures_for_planning(first, last),
            holidays=holidays,
            worked=_worked(ids, holidays),
        )

    def working(self, member: RotaMember) -> Working:
        working = working_of(member, self.closures)
        free = {(day, None) for day in self.holidays if (member.id, day) not in self.worked}
        return replace(working, shut=working.shut | free)

    def balance(self, member: RotaMember) -> Balance:
        post, year = member.engagement, _year(self.terms, member, self.day)
        working = self.working(member)
        spent = self._spent(member, working, year)
        lines = self.lines.get((member.id, year.first), [])
        return Balance(
            year=year,
            session_minutes=post.session_minutes,
            entitled=entitled(
                year,
                post.weekly_minutes,
                self.terms(post.employer_id).tenths_of_weeks,
                post.contract,
                post.starts_on,
                post.ends_on or date.max,
            ),
            carried=sum(line.minutes for line in lines if line.kind is LineKind.CARRIED),
            adjusted=sum(line.minutes for line in lines if line.kind is LineKind.ADJUSTED),
            holidays=holidays_cost(
                [day for day in self.holidays if year.first <= day <= year.last],
                working,
                post.weekly_minutes,
                post.session_minutes,
            ),
            taken=spent["taken"],
            booked=spent["booked"],
            asked=spent["asked"],
        )

    def _spent(self, member: RotaMember, working: Working, year: Year) -> dict[str, int]:
        """Reckon annual leave: what is over, what is to come, what waits; each on top of the one before."""
        post = member.engagement
        absences = self.absences.get(member.id, [])
        ill = [as_away(row) for row in absences if row.kind is AbsenceKind.SICKNESS]
        rows = [row for row in absences if row.kind is AbsenceKind.ANNUAL]
        granted = [as_away(row) for row in rows if row.state is not AbsenceState.REQUESTED]
        waiting = [as_away(row) for row in rows if row.state is AbsenceState.REQUESTED]

        def upto(aways: Iterable[Away], last: date) -> int:
            return cost(aways, working, post.weekly_minutes, post.session_minutes, year.first, last, ill)

        taken = upto(granted, min(year.last, today()))
        with_booked, with_asked = upto(granted, year.last), upto([*granted, *waiting], year.last)
        return {"taken": taken, "booked": with_booked - taken, "asked": with_asked - with_booked}


def _year(terms: TermsBook, member: RotaMember, day: date) -> Year:
    own = terms(member.engagement.employer_id)
    return year_of(day, own.year_month, own.year_day)


def _absences(ids: Sequence[uuid.UUID], first: date, last: date) -> dict[uuid.UUID, list[Absence]]:
    rows = db.session.scalars(
        select(Absence).where(
            Absence.member_id.in_(ids),
            Absence.state.in_(STANDS),
            Absence.starts_on <= last,
            Absence.ends_on >= first,
        )
    )
    found: dict[uuid.UUID, list[Absence]] = {}
    for row in rows:
        found.setdefault(row.member_id, []).append(row)
    return found


def _lines(ids: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, date], list[AllowanceLine]]:
    rows = db.session.scalars(
        select(AllowanceLine).where(AllowanceLine.member_id.in_(ids)).order_by(AllowanceLine.at)
    )
    found: dict[tuple[uuid.UUID, date], list[AllowanceLine]] = {}
    for row in rows:
        found.setdefault((row.member_id, row.year_starts_on), []).append(row)
    return found


def _worked(ids: Sequence[uuid.UUID], holidays: Sequence[date]) -> frozenset[tuple[uuid.UUID, date]]:
    """Return who works on which bank holiday, by what was published."""
    rows = db.session.execute(
        select(Assignment.member_id, Assignment.day)
        .join(Assignment.version)
        .where(
            RotaVersion.state == VersionState.CHOSEN,
            Assignment.member_id.in_(ids),
            Assignment.day.in_(holidays),
        )
    )
    return frozenset((member_id, day) for member_id, day in rows)


def _members(with_former: bool = False) -> Select[RotaMember]:
    still = or_(RotaMember.planned_until.is_(None), RotaMember.planned_until >= today())
    in_post = or_(Engagement.ends_on.is_(None), Engagement.ends_on >= today())
    whole = contains_eager(RotaMember.engagement)
    return (
        select(RotaMember)
        .join(RotaMember.engagement)
        .join(Engagement.person)
        .where(true() if with_former else and_(still, in_post))
        .options(
            whole.contains_eager(Engagement.person),
            whole.joinedload(Engagement.employer),
            joinedload(RotaMember.home_site),
            selectinload(RotaMember.patterns).selectinload(WorkingPattern.cells),
        )
        .order_by(Person.family_name, Person.given_name, RotaMember.id)
    )


def _reach(viewer: Actor) -> ColumnElement[bool]:
    organisations = viewer.organisations_for(Permission.APPROVE_LEAVE)
    return true() if organisations is None else Engagement.employer_id.in_(organisations)
