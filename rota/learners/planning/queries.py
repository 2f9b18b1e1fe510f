"""Programmes and learners as the search for rotations takes them; weeks count from a Monday."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from network.access.rules import SYSTEM
from network.organisations.queries import sites_for
from network.organisations.records import Site
from network.organisations.rules import travel_minutes
from network.plumbing.database import db
from rota.learners.queries import all_learners
from rota.learners.records import Learner, LearnerApart, LearnerNeeds
from rota.learners.rules import LONG_ABSENCE_WEEKS, WEEK, put_off, told_apart, week_of, windows_from
from rota.leave.queries import absences_for_planning
from rota.leave.rules import Away
from rota.programmes.queries import all_programmes, as_design, requirements_of, windows_of
from rota.programmes.records import Programme
from rota.programmes.rules import RequirementDesign, session_read
from rota.solver.rotation_plan import learner as solver
from rota.solver.rotation_plan import programme as asked


@dataclass(frozen=True)
class Training:
    """The programmes and learners of a plan; keys are ids as text, sites go by their ids."""

    programmes: tuple[asked.Programme, ...]
    learners: tuple[solver.Learner, ...]
    rows: Mapping[uuid.UUID, Learner]


@dataclass(frozen=True)
class _Weeks:
    """The weeks of a plan, from a Monday."""

    monday: date
    count: int

    def span_of(self, row: Learner) -> tuple[int, int]:
        """Return the first and the last week in which somebody trains, which may lie outside the plan."""
        ends_on = min(row.ends_on, row.left_on or row.ends_on)
        return week_of(row.starts_on, self.monday), week_of(ends_on, self.monday)

    def holds(self, row: Learner) -> bool:
        first, last = self.span_of(row)
        return first < self.count and last >= max(first, 0)


def learners_for_planning(starts_on: date, weeks: int) -> Training:
    """Return the current network's programmes, and whoever trains in some weeks from a Monday."""
    plan = _Weeks(starts_on - timedelta(starts_on.weekday()), weeks)
    rows = [row for row in all_learners() if plan.holds(row)]
    programmes = {row.id: row for row in all_programmes()}
    facts = _Facts(plan, rows)
    names = told_apart({row.id: row.name for row in rows})
    return Training(
        programmes=tuple(
            _programme(row, [each for each in rows if each.programme_id == row.id], plan)
            for row in programmes.values()
            if row.requirements
        ),
        learners=tuple(
            replace(_learner(row, programmes[row.programme_id], plan, facts), name=names[row.id])
            for row in rows
        ),
        rows={row.id: row for row in rows},
    )


class _Facts:
    """What is known of learners beside their own rows, read once."""

    def __init__(self, plan: _Weeks, rows: Sequence[Learner]) -> None:
        ends_on = plan.monday + plan.count * WEEK - timedelta(1)
        self.absences = absences_for_planning(plan.monday, ends_on)
        self.sites = sites_for(SYSTEM)
        self.needs = {row.learner_id: row for row in db.session.scalars(select(LearnerNeeds))}
        self.never_at: dict[uuid.UUID, set[str]] = {}
        self.not_with: dict[uuid.UUID, set[str]] = {}
        learner_of = {row.member_id: row.id for row in rows}
        for apart in db.session.scalars(select(LearnerApart)):
            if apart.from_site_id:
                self.never_at.setdefault(apart.learner_id, set()).add(str(apart.from_site_id))
            other = learner_of.get(apart.from_member_id) if apart.from_member_id else None
            if other:
                # Said of one, it holds for both.
                self.not_with.setdefault(apart.learner_id, set()).add(str(other))
                self.not_with.setdefault(other, set()).add(str(apart.learner_id))


def _programme(row: Programme, learners: Sequence[Learner], plan: _Weeks) -> asked.Programme:
    design = as_design(row)
    firsts = {max(0, plan.span_of(learner)[0]) for learner in learners}
    return asked.Programme(
        key=str(row.id),
        name=design.name,
        requirements=tuple(_requirement(each, design.has_fixed_base) for each in requirements_of(row)),
        # Whoever begins between two changeovers joins the others at the next.
        starts=tuple(sorted({*range(0, plan.count, design.block_weeks), *firsts})),
        block=design.block_weeks,
        breadth=asked.Breadth(design.breadth, frozenset(each.value for each in design.disciplines)),
        exposure=design.exposure_total or design.exposure_weekly * design.weeks,
        fixed_base=design.has_fixed_base,
        needs_approval=design.needs_approval,
        protected=frozenset(session.said for session in design.protected),
        roles=frozenset(kind.value for kind in design.supervisors),
        peers=design.wants_peers,
        notice=(design.notice_weeks, design.rota_notice_weeks, design.duty_notice_weeks),
    )


def _requirement(design: RequirementDesign, has_fixed_base: bool) -> asked.Requirement:
    return asked.Requirement(
        key=design.key,
        name=design.name,
        fulfilled_by=frozenset(setting.value for setting in design.settings),
        least=design.least_weeks if design.is_hard else 0,
        most=design.most_weeks,
        # Where there are no moves, a run goes on before and after the plan.
        shortest_run=1 if has_fixed_base else design.shortest_run,
        longest_run=design.longest_run,
        once_per_host=design.once_per_host,
        after=design.after,
        not_after=frozenset(design.not_after),
        next_must_be=frozenset(filter(None, (design.next_must_be,))),
    )


def _learner(row: Learner, programme: Programme, plan: _Weeks, facts: _Facts) -> solver.Learner:
    first, last = plan.span_of(row)
    own = as_design(programme)
    needs, person = facts.needs.get(row.id), row.member.engagement
    travel = _travel(row, facts.sites)
    return solver.Learner(
        key=str(row.id),
        name=row.name,
        programme=str(row.programme_id),
        first=max(first, 0),
        last=min(last, plan.count - 1),
        stage=row.stage,
        percent=row.percent,
        away=_away(facts.absences.get(row.member_id, ()), plan),
        base=str(row.base_site_id or ""),
        employer=person.employer.short_name,
        unreachable=_unreachable(row, needs, travel, facts.sites),
        travel=travel,
        longest_travel=row.longest_minutes,
        continuity=session_read(row.continuity).said if row.continuity else "",
        protected=frozenset(session_read(each).said for each in row.protected),
        history=_history(row, programme, plan),
        windows=tuple(
            solver.Window(name, begins, ends)
            for name, begins, ends in windows_from(windows_of(programme), first, row.percent, plan.count)
        ),
        seen=frozenset({own.role.discipline.value}),
        not_with=frozenset(facts.not_with.get(row.id, ())),
        never_at=frozenset(facts.never_at.get(row.id, ())),
    )


def _history(row: Learner, programme: Programme, plan: _Weeks) -> dict[str, int]:
    """Count what was done before, and what waits until after the plan as if it were done."""
    done: Counter[str] = Counter()
    for each in row.history:
        done[each.requirement.key] += each.weeks
    first, last = plan.span_of(row)
    now = min(last, plan.count - 1) - max(first, 0) + 1
    later = max(0, last - plan.count + 1)
    # The part of a week that the plan ends in is done after it: what is whole over both is lost in neither.
    within, in_all = (weeks * row.percent // 100 for weeks in (now, now + later))
    waits = put_off(requirements_of(programme), done, within, in_all - within)
    return dict(done + Counter(waits))


def _travel(row: Learner, sites: Iterable[Site]) -> dict[str, int]:
    """Say how long each site takes from the base; without a base nobody knows."""
    if row.base_site is None:
        return {}
    return {str(site.id): row.travel.minutes(travel_minutes(row.base_site, site)) for site in sites}


def _unreachable(
    row: Learner, needs: LearnerNeeds | None, travel: Mapping[str, int], sites: Iterable[Site]
) -> frozenset[str]:
    if needs is None:
        return frozenset()
    steps = {str(site.id) for site in sites if needs.needs_step_free and not site.accessible}
    limit = row.longest_minutes if needs.travel_is_hard else None
    far = {site for site, minutes in travel.items() if limit is not None and minutes > limit}
    return frozenset(steps | far)


def _away(absences: Iterable[Away], plan: _Weeks) -> frozenset[int]:
    """Return the weeks of long absences: shorter ones lie within a placement."""
    found: set[int] = set()
    for away in absences:
        first, last = week_of(away.starts_on, plan.monday), week_of(away.ends_on, plan.monday)
        if last - first + 1 >= LONG_ABSENCE_WEEKS:
            found.update(range(max(first, 0), min(last + 1, plan.count)))
    return frozenset(found)
