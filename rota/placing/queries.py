"""From the rows of a version of a plan to a problem for the solver, and what its rules find."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from sqlalchemy import select

from network.access.rules import Actor
from network.plumbing.database import db, today
from rota.hosts.planning.queries import offers_for_planning, supervisors_for_planning
from rota.hosts.queries import all_hosts
from rota.hosts.records import PlacementOffer
from rota.learners.planning.queries import learners_for_planning
from rota.learners.records import Learner
from rota.placing.exchange.queries import lent_before
from rota.placing.exposure.queries import with_exposure
from rota.placing.rules import as_stay, guides_for, short_notice_weeks
from rota.rotations.queries import find_published, get_version_for, held_in
from rota.rotations.records import RotationVersion
from rota.rotations.rules import Calendar, Change, Held, PlacementState
from rota.rulebook.queries import rules_for_rotations
from rota.solver.result import Cost
from rota.solver.rotation_plan import Breach, Plan, Problem, Stay, Wishes, breaches, costs, unmet
from rota.solver.rotation_plan import Learner as Trainee
from rota.solver.rotation_plan.archive import input_hash
from rota.solver.rotation_plan.repair import without_offers
from rota.wishes.records import PlacementWish
from rota.wishes.rules import points_of


@dataclass(frozen=True)
class Planned:
    """A version as the solver sees it: the problem, the placements, and what its numbers stand for.

    `allowed` are learners who may be moved nearer than their notice.
    """

    version: RotationVersion
    problem: Problem
    held: Mapping[uuid.UUID, Held]
    published: Mapping[uuid.UUID, Held]
    learners: Mapping[uuid.UUID, Learner]
    offers: Mapping[uuid.UUID, PlacementOffer]
    number_of: Mapping[uuid.UUID, int]
    allowed: frozenset[uuid.UUID] = field(default=frozenset())

    @property
    def calendar(self) -> Calendar:
        return self.version.plan.calendar

    @cached_property
    def plan(self) -> Plan:
        """The placements that the problem knows of, as stays."""
        return Plan.of(self.stays_of(self.held.values()))

    @cached_property
    def breaches(self) -> tuple[Breach, ...]:
        """The hard rules that the plan breaks."""
        return breaches(self.problem, self.plan)

    @cached_property
    def costs(self) -> tuple[Cost, ...]:
        """What the plan costs, told one by one."""
        return costs(self.problem, self.plan)

    @cached_property
    def unmet(self) -> tuple[Cost, ...]:
        """What programmes require and learners lack, the most first."""
        return unmet(self.problem, self.plan)

    @cached_property
    def hash(self) -> str:
        """Mark the facts a plan stands on: not what was set by hand or told, and not the day it is."""
        facts = replace(self.problem, pins=frozenset(), published=frozenset(), now=0, waived=frozenset())
        return input_hash(facts)

    @property
    def is_stale(self) -> bool:
        """Say whether facts have changed since the plan was made on them."""
        return bool(self.version.input_hash) and self.version.input_hash != self.hash

    @cached_property
    def lost(self) -> tuple[Held, ...]:
        """The placements of learners who left or at offers that are gone: the solver does not know them."""
        return tuple(each for each in self.held.values() if not self.knows(each))

    @cached_property
    def without_place(self) -> tuple[Held, ...]:
        """The placements that cannot stay: their host declined or took its offer back."""
        return tuple(each for each in self.held.values() if self._lost_its_place(each))

    def _lost_its_place(self, held: Held) -> bool:
        if held.state is PlacementState.HOST_DECLINED or not self.knows(held):
            return True
        offer = self.problem.offer_by_number[self.number_of[held.offer_id]]
        first = self.calendar.week_of(held.stretch.starts_on)
        weeks = range(max(first, self.problem.now), first + held.stretch.weeks)
        return any(offer.most[week] == 0 for week in weeks)

    def knows(self, held: Held) -> bool:
        """Say whether a placement is of a learner and at an offer of the problem."""
        return str(held.learner_id) in self.problem.learner_by_key and held.offer_id in self.number_of

    def stays_of(self, held: Iterable[Held]) -> list[Stay]:
        """Give placements as stays of the solver."""
        known = (each for each in held if self.knows(each))
        return [as_stay(each, self.calendar, self.number_of[each.offer_id]) for each in known]

    def with_held(self, held: Mapping[uuid.UUID, Held]) -> "Planned":
        """Give the same with other placements, to look at a change before it is made."""
        return _bound(replace(self, held=held))

    def allowing(self, learner_ids: Collection[uuid.UUID]) -> "Planned":
        """Give the same with learners who may be moved nearer than their notice."""
        return _bound(replace(self, allowed=frozenset(learner_ids)))

    def of_learner(self, learner_id: uuid.UUID) -> list[Held]:
        """Give a learner's placements in time."""
        found = (each for each in self.held.values() if each.learner_id == learner_id)
        return sorted(found, key=lambda each: each.stretch.starts_on)

    def short_notice_of(self, learner_id: uuid.UUID) -> frozenset[date]:
        """Give the Mondays, nearer than a learner's notice, of weeks in which they are not where they were
        told."""
        if learner_id not in self.learners:
            return frozenset()
        told = [each for each in self.published.values() if each.learner_id == learner_id and each.is_told]
        return short_notice_weeks(told, self.of_learner(learner_id), today(), self.notice_of(learner_id))

    def notice_of(self, learner_id: uuid.UUID) -> int:
        """Give the weeks of notice that a learner is due."""
        return self.learners[learner_id].programme.notice_weeks

    def guided(self, changes: Sequence[Change]) -> list[Change]:
        """Name supervisors for what changes, those with the most minutes left in a usual week first."""
        gone = {was.stay_id for was, _ in changes if was}
        load: Counter[uuid.UUID] = Counter()
        for each in self.problem.supervisors:
            load[uuid.UUID(each.key)] -= max(each.minutes, default=0)
        for held in self.held.values():
            if held.stay_id not in gone:
                self._burden(load, held)
        return [(was, self._guided(now, load) if now else None) for was, now in changes]

    def _guided(self, held: Held, load: Counter[uuid.UUID]) -> Held:
        offer = self.offers[held.offer_id]
        learner = str(held.learner_id)
        barred = {uuid.UUID(each.key) for each in self.problem.supervisors if learner in each.not_for}
        named = guides_for(((each.member_id, each.kind) for each in offer.supervisors), barred, load)
        guided = replace(held, supervisors=named)
        self._burden(load, guided)
        return guided

    def _burden(self, load: Counter[uuid.UUID], held: Held) -> None:
        """Add what a learner takes of a week of those who are named: a minute at least, to share them out."""
        if not self.knows(held):
            return
        offer = self.problem.offer_by_number[self.number_of[held.offer_id]]
        learner = self.problem.learner_by_key[str(held.learner_id)]
        for member_id, _ in held.supervisors:
            load[member_id] += max(1, offer.minutes * learner.percent // 100)

    @property
    def ended_offers(self) -> dict[int, int]:
        """Give the offers that have no place any more, each with the week from which on."""
        found = {}
        for offer in self.problem.offers:
            last = max((week for week, most in enumerate(offer.most) if most), default=-1)
            if last + 1 < self.problem.periods:
                found[offer.number] = max(last + 1, self.problem.now)
        return found

    def mended(self) -> tuple[Problem, Plan]:
        """Give the problem and what is left of the plan where hosts took places back, to go on from."""
        problem, left = without_offers(self.problem, self.plan, self.ended_offers)
        declined = {
            stay
            for each in self.held.values()
            if each.state is PlacementState.HOST_DECLINED
            for stay in self.stays_of([each])
        }
        pins = frozenset(pin for pin in problem.pins if pin not in declined)
        return replace(problem, pins=pins), Plan.of(left.stays - declined)


def get_planned_for(viewer: Actor, version_id: uuid.UUID) -> Planned:
    """Return a version ready to be looked at, for those who may."""
    return planned_for(get_version_for(viewer, version_id))


def planned_for(version: RotationVersion) -> Planned:
    """Read all that a version depends on, and build its problem."""
    calendar = version.plan.calendar
    people = learners_for_planning(calendar.starts_on, calendar.weeks)
    offered = offers_for_planning(calendar.starts_on, calendar.weeks)
    hosts = all_hosts()
    hosts_at = {str(host.site_id): str(host.id) for host in hosts}
    codes = {str(host.site_id): host.site.code for host in hosts}
    told = find_published(version.plan_id)
    published = held_in(told.id) if told else {}
    known = {each.key for each in people.programmes}
    declined, wishes = set(version.declined), _wishes()
    problem = Problem(
        periods=calendar.weeks,
        programmes=people.programmes,
        learners=tuple(
            _wishing(
                _asked_no_more(_at_hosts(each, hosts_at, codes), declined, offered.offer_of),
                wishes.get(each.key, ()),
                offered.number_of,
            )
            for each in people.learners
            if each.programme in known
        ),
        hosts=offered.hosts,
        offers=offered.offers,
        supervisors=supervisors_for_planning(calendar.starts_on, calendar.weeks),
        rules=rules_for_rotations(),
        now=max(0, calendar.week_of(today()) + 1),
        exchange=lent_before(calendar.starts_on, {each.employer for each in offered.hosts} - {""}),
        monday=calendar.starts_on,
    )
    return _bound(
        Planned(
            version=version,
            problem=with_exposure(problem, calendar.starts_on),
            held=published if told and told.id == version.id else held_in(version.id),
            published=published,
            learners=people.rows,
            offers={offer.id: offer for host in hosts for offer in host.offers},
            number_of=offered.number_of,
        )
    )


def _at_hosts(learner: Trainee, hosts_at: Mapping[str, str], codes: Mapping[str, str]) -> Trainee:
    """Say of a learner by hosts what is known of them by sites; learners come before hosts."""
    return replace(
        learner,
        base=hosts_at.get(learner.base, ""),
        never_at=frozenset(hosts_at[each] for each in learner.never_at if each in hosts_at),
        travel={codes[site]: minutes for site, minutes in learner.travel.items() if site in codes},
        unreachable=frozenset(codes[each] for each in learner.unreachable if each in codes),
    )


def _asked_no_more(learner: Trainee, declined: Collection[str], offer_of: Mapping[int, uuid.UUID]) -> Trainee:
    """Keep a learner from offers whose hosts declined them."""
    left = frozenset(number for number, offer in offer_of.items() if f"{learner.key} {offer}" not in declined)
    return learner if len(left) == len(offer_of) else replace(learner, only=left)


def _wishes() -> dict[str, list[uuid.UUID]]:
    """Give the offers that learners wish for, the dearest first."""
    found: dict[str, list[uuid.UUID]] = {}
    for each in db.session.scalars(select(PlacementWish).order_by(PlacementWish.rank)):
        found.setdefault(str(each.learner_id), []).append(each.offer_id)
    return found


def _wishing(learner: Trainee, wished: Sequence[uuid.UUID], number_of: Mapping[uuid.UUID, int]) -> Trainee:
    points = {number_of[offer]: worth for offer, worth in points_of(wished).items() if offer in number_of}
    return replace(learner, wishes=Wishes(points, sum(points.values()))) if points else learner


def _bound(planned: Planned) -> Planned:
    """Tell the problem what was set by hand, is past, or was told to learners."""
    pins = (each for each in planned.held.values() if _is_fixed(each, planned))
    told = (each for each in planned.published.values() if each.is_told)
    keys = frozenset(str(each) for each in planned.allowed)
    problem = replace(
        planned.problem,
        pins=frozenset(planned.stays_of(pins)),
        published=frozenset(planned.stays_of(told)),
        waived=keys,
    )
    return replace(planned, problem=problem)


def _is_fixed(held: Held, planned: Planned) -> bool:
    """Say whether a placement stays as it is: pinned, or begun and not taken back by its host."""
    if held.is_pinned:
        return True
    has_begun = planned.calendar.week_of(held.stretch.starts_on) < planned.problem.now
    return has_begun and held.state is not PlacementState.HOST_DECLINED
