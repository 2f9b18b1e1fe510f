"""The members of the rota as the solver knows them, with what earlier rotas hand on."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sqlalchemy import extract, func, select

from network.plumbing.database import db
from network.vocabulary import SessionKind
from rota.agreed.queries import agreements_for_planning
from rota.agreed.rules import NOTHING_AGREED, WorkAgreement
from rota.demand.queries import bank_holidays
from rota.demand.rules import Closed
from rota.exposure_sessions.queries import exposures_for_planning
from rota.exposure_sessions.rules import Booked
from rota.exposure_sessions.rules import commitments_of as half_days_of
from rota.holds.queries import holds_for_planning
from rota.holds.rules import HoursAt, Kept, commitments_of
from rota.leave.queries import absences_for_planning
from rota.leave.rules import Away
from rota.past.queries import Worked, worked_before, worked_since
from rota.past.rules import days_in_a_row, eves_of, looks_back_from
from rota.requests.queries import requests_for_planning
from rota.requests.rules import Asked
from rota.roster import rules
from rota.roster.rules import Time
from rota.roster.training.queries import learner_of, supervision_of
from rota.rotas.records import Assignment, RotaPeriod, RotaVersion
from rota.rotas.rules import VersionState, days_between
from rota.rotations.queries import placements_by_member
from rota.rotations.records import Placement
from rota.solver.staff_rota import (
    Commitment,
    Credential,
    History,
    Person,
    Session,
)
from rota.staff.queries import members_for_planning
from rota.staff.records import RotaMember
from rota.staff.rules import is_young, required_credentials

# Why a site is closed, by day and session (None: all day).
Shut = Mapping[tuple[date, SessionKind | None], str]


@dataclass(frozen=True)
class Roster:
    """Everybody planned in a period, and what is known of them."""

    period: RotaPeriod
    members: Sequence[RotaMember]
    absences: Mapping[uuid.UUID, tuple[Away, ...]]
    recent: Mapping[uuid.UUID, list[Assignment]]
    burdens: Mapping[uuid.UUID, Counter[str]]
    worked: Worked
    agreed: Mapping[uuid.UUID, WorkAgreement]
    closures: Sequence[Closed]
    requests: Mapping[uuid.UUID, tuple[Asked, ...]]
    kept: Sequence[Kept]
    placements: Mapping[uuid.UUID, Sequence[Placement]]
    exposures: Mapping[uuid.UUID, Sequence[Booked]]

    def people(self, sessions: Sequence[Session], hours: HoursAt) -> tuple[Person, ...]:
        """Give everybody as the solver knows them; `hours` are those of each site in each session."""
        return tuple(self._person(member, sessions, hours) for member in self.members)

    def _person(self, member: RotaMember, sessions: Sequence[Session], hours: HoursAt) -> Person:
        post = member.engagement
        times, agreed = self.times[member.id], self.agreed.get(member.id, NOTHING_AGREED)
        at_home = {session.number: hours[member.home_site_id, session.number] for session in sessions}
        return Person(
            key=str(member.id),
            name=member.name,
            role=post.role.value,
            discipline=post.role.discipline.value,
            contract=post.contract.value,
            weekly_minutes=post.weekly_minutes,
            session_minutes=post.session_minutes,
            wte=max(1, post.wte),
            tolerance_minutes=member.tolerance_minutes,
            annualised=post.annualised,
            young=is_young(post.person.born_on, self.period.starts_on),
            home_site=times.home_site,
            placed_at=self._placed_at(member, sessions),
            unavailable=rules.unavailable_in(times, sessions),
            absent=rules.absent_in(times, sessions),
            credits=rules.credits_in(times, sessions),
            missed_education=rules.missed_education_in(times, sessions, at_home),
            commitments=(
                *rules.commitments_in(times, sessions, at_home),
                *self._kept_of(member, sessions, hours),
            ),
            competencies=frozenset(held.code for held in member.competencies),
            credentials=tuple(
                sorted(
                    (Credential(held.kind.label, held.expires_on) for held in member.credentials),
                    key=lambda each: (each.kind, each.expires or date.max),
                )
            ),
            inductions={
                each.site.code: each.inducted_on
                for each in sorted(member.inductions, key=lambda i: i.site.code)
            },
            learner=learner_of(member),
            supervision=supervision_of(member, self.period),
            wishes=rules.wishes_in(times, sessions, self.requests.get(member.id, ())),
            streams=tuple(sorted(split.stream.value for split in member.funding)),
            history=self._history(member, times),
            elsewhere_minutes=member.works_elsewhere_minutes,
            terms=agreed.terms,
            opted_out_on=agreed.opted_out_on,
            individual=str(post.person_id) if self._posts[post.person_id] > 1 else "",
        )

    @property
    def required(self) -> dict[str, frozenset[str]]:
        """The credentials that each role here needs."""
        roles = sorted({member.engagement.role for member in self.members})
        return {role.value: frozenset(kind.label for kind in required_credentials(role)) for role in roles}

    @cached_property
    def _posts(self) -> Counter[uuid.UUID]:
        """Count under how many engagements each human is planned."""
        return Counter(member.engagement.person_id for member in self.members)

    @cached_property
    def posts_of(self) -> dict[str, list[str]]:
        """Give, by member, all members that are the same human."""
        mine: dict[uuid.UUID, list[str]] = {}
        for member in self.members:
            mine.setdefault(member.engagement.person_id, []).append(str(member.id))
        return {key: posts for posts in mine.values() for key in posts}

    @cached_property
    def members_of(self) -> dict[uuid.UUID, list[str]]:
        """Give the members that each human is."""
        return {member.engagement.person_id: self.posts_of[str(member.id)] for member in self.members}

    def _placed_at(self, member: RotaMember, sessions: Sequence[Session]) -> dict[int, str]:
        """Give the site of a learner's placement in each session that one covers, as they were told."""
        return {
            session.number: placement.offer.host.site.code
            for placement in self.placements.get(member.id, ())
            for session in sessions
            if placement.starts_on <= session.day <= placement.ends_on
        }

    def _kept_of(
        self, member: RotaMember, sessions: Sequence[Session], hours: HoursAt
    ) -> Iterator[Commitment]:
        """Give the meetings and the half-days that somebody is to come to, unless they are away."""
        person_id, times = member.engagement.person_id, self.times[member.id]
        found = [*half_days_of(self.exposures.get(member.id, ()), sessions)]
        # Whoever has several posts comes to a meeting under one of them.
        if min(self.members_of[person_id]) == str(member.id):
            found += commitments_of(person_id, self.kept, sessions, hours)
        for each in found:
            day, kind = sessions[each.session].day, SessionKind(sessions[each.session].kind)
            # Whoever comes all the same on a day on which they do not work is there.
            if times.why_not(day, kind) in (None, rules.OUTSIDE_PATTERN):
                yield each

    @cached_property
    def times(self) -> dict[uuid.UUID, Time]:
        """When each member could be asked."""
        return {
            member.id: times_of(
                member, self.absences.get(member.id, ()), self.shut_at.get(member.home_site_id, {})
            )
            for member in self.members
        }

    @cached_property
    def shut_at(self) -> dict[uuid.UUID | None, Shut]:
        """Why each site is closed."""
        return shut_by_site(self.closures)

    def _history(self, member: RotaMember, times: Time) -> History:
        rows = self.recent.get(member.id, [])
        eve = self.period.starts_on - timedelta(1)
        before = days_between(eve - timedelta(rules.LOOKS_BACK_DAYS - 1), eve)
        worked = {row.day for row in rows} | {day for day in before if rules.has_fixed(times, day)}
        return History(
            days_in_a_row=days_in_a_row(worked, eve),
            last_end=max((rules.local(row.ends_at) for row in rows), default=None),
            worked_days=frozenset(worked),
            unpopular=dict(sorted(self.burdens.get(member.id, Counter()).items())),
            days_by_kind=self.worked.unsocial_of(member),
            minutes_by_week=self._minutes_by_week(member, times),
            leave_by_week=rules.leave_by_week(times, looks_back_from(self.period.starts_on), eve),
        )

    def _minutes_by_week(self, member: RotaMember, times: Time) -> dict[date, int]:
        """Give what was worked in the weeks before: on the rota, and what the pattern had fixed."""
        worked = self.worked.minutes_of(member)
        fixed = rules.fixed_by_week(times, worked, self.period.starts_on, self._holidays)
        return {monday: minutes + fixed.get(monday, 0) for monday, minutes in worked.items()}

    @cached_property
    def _holidays(self) -> frozenset[date]:
        """The bank holidays of the weeks before."""
        first = looks_back_from(self.period.starts_on)
        return frozenset(each.day for each in bank_holidays(first, self.period.starts_on))


def times_of(member: RotaMember, absences: Sequence[Away], shut: Shut) -> Time:
    """Say when a member could be asked; `shut` is when and why their home site is closed."""
    post = member.engagement
    last = [each for each in (member.planned_until, post.ends_on) if each]
    return Time(
        planned=(max(member.planned_from, post.starts_on), min(last, default=date.max)),
        patterns=tuple(pattern.value for pattern in member.patterns),
        absences=absences,
        shut=shut,
        weekly_minutes=post.weekly_minutes,
        session_minutes=post.session_minutes,
        home_site=member.home_site.code if member.home_site else None,
    )


def shut_by_site(closures: Iterable[Closed]) -> dict[uuid.UUID | None, Shut]:
    """Give closures by site."""
    found: dict[uuid.UUID | None, dict[tuple[date, SessionKind | None], str]] = {}
    for closed in closures:
        found.setdefault(closed.site_id, {})[closed.day, closed.kind] = closed.why
    return dict(found)


def roster_of(period: RotaPeriod, closures: Sequence[Closed]) -> Roster:
    """Read everybody planned in a period."""
    looks_back = looks_back_from(period.starts_on)
    return Roster(
        period=period,
        members=members_for_planning(period.starts_on, period.ends_on),
        absences=absences_for_planning(looks_back, period.ends_on),
        recent=worked_since(period.starts_on - timedelta(rules.LOOKS_BACK_DAYS), period.starts_on),
        burdens=burdens_between(
            period.starts_on - rules.FAIRNESS_LOOKS_BACK, period.starts_on - timedelta(1)
        ),
        worked=worked_before(period.starts_on),
        agreed=agreements_for_planning(),
        closures=closures,
        requests=requests_for_planning(period.id),
        kept=holds_for_planning(period.starts_on, period.ends_on),
        placements=placements_by_member(period.starts_on, period.ends_on),
        exposures=exposures_for_planning(period.starts_on, period.ends_on),
    )


def burdens_between(first: date, last: date) -> dict[uuid.UUID, Counter[str]]:
    """Count the unpopular sessions that each member worked on these days, as people were told."""
    weekday = extract("isodow", Assignment.day)
    is_eve = Assignment.day.in_(eves_between(first, last))
    rows = db.session.execute(
        select(Assignment.member_id, Assignment.kind, weekday, is_eve, func.count())
        .join(Assignment.version)
        .where(RotaVersion.state == VersionState.CHOSEN, Assignment.day >= first, Assignment.day <= last)
        .group_by(Assignment.member_id, Assignment.kind, weekday, is_eve)
    )
    found: dict[uuid.UUID, Counter[str]] = {}
    for member_id, kind, isodow, eve, number in rows:
        # Any day of the same weekday names the same burden.
        day = first + timedelta((int(isodow) - first.isoweekday()) % 7)
        if burden := rules.burden_of(day, kind, is_eve=eve):
            found.setdefault(member_id, Counter())[burden] += number
    return found


def eves_between(first: date, last: date) -> frozenset[date]:
    """Return the last working days before bank holidays, as far as they lie between these days."""
    # Easter and Christmas have the longest rows of days off.
    holidays = bank_holidays(first, last + timedelta(7))
    return frozenset(eve for eve in eves_of(each.day for each in holidays) if first <= eve <= last)
