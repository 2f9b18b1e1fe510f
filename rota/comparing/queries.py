"""Two versions of one rota, read and set side by side."""

import uuid
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from rota.comparing.rules import Balance, Load, Slot, balance_of, differences, loads_of
from rota.comparing.wording import Line, load_said, off_said, supposed_said, wishes_said
from rota.cover.wording import session_said
from rota.facts.queries import remembered_facts_of
from rota.jobs.queries import find_running_job
from rota.jobs.wording import Summary, summary_of
from rota.planning.queries import Planned, planned_for
from rota.rotas.queries import PeriodView, get_period_for, sees_drafts
from rota.rotas.records import Assignment, RotaVersion
from rota.solver.staff_rota import breaches
from rota.solver.staff_rota.solution import Rota
from rota.supposing.rules import AS_IT_IS, LOCUM, Supposed, as_supposed


@dataclass(frozen=True)
class PersonDiffers:
    """The sessions of one person that differ: when, in the one version, in the other."""

    name: str
    sessions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side."""

    first: RotaVersion
    second: RotaVersion
    lines: tuple[Line, ...]
    people: tuple[PersonDiffers, ...]
    supposed: tuple[str, ...]
    running: uuid.UUID | None

    @property
    def sessions(self) -> int:
        return sum(len(person.sessions) for person in self.people)


@dataclass(frozen=True)
class Comparing:
    """A rota whose versions can be compared, and the comparison where two were chosen."""

    view: PeriodView
    comparison: Comparison | None


def comparing_for(
    viewer: Actor, period_id: uuid.UUID, first: uuid.UUID | None, second: uuid.UUID | None
) -> Comparing:
    """Compare two versions of a rota; where none are named, what people were told with the draft."""
    if not sees_drafts(viewer):
        raise NotFound
    view = get_period_for(viewer, period_id)
    versions = {version.id: version for version in view.versions}
    one, other = usual_pair(view)
    chosen = [versions.get(first) if first else one, versions.get(second) if second else other]
    if chosen[0] is None or chosen[1] is None or chosen[0] is chosen[1]:
        return Comparing(view, None)
    return Comparing(view, compare(chosen[0], chosen[1]))


def usual_pair(view: PeriodView) -> tuple[RotaVersion | None, RotaVersion | None]:
    """Propose two versions: the published one or the first draft, and the last draft."""
    standing = [version for version in (view.published, *view.drafts) if version]
    if len(standing) < 2:
        standing = list(view.versions)
    return (standing[0], standing[-1]) if len(standing) > 1 else (None, None)


def compare(first: RotaVersion, second: RotaVersion) -> Comparison:
    """Set two versions of one rota side by side; while one is filled there is nothing to compare yet."""
    one, other = Side(first), Side(second)
    supposed = tuple(
        said
        for side in (one, other)
        if (said := supposed_said(side.version.number, side.supposed, side.names))
    )
    if running := find_running_job(second.id) or find_running_job(first.id):
        return Comparison(first, second, (), (), supposed, running)
    names = {member.id: member.name for member in other.planned.members.values()}
    people = [
        PersonDiffers(
            names.get(member_id, "Somebody who has left"),
            tuple(
                (session_said(each.slot.day, each.slot.kind), each.first, each.second) for each in sessions
            ),
        )
        for member_id, sessions in differences(one.work, other.work).items()
    ]
    lines = tuple(Line(name, a, b) for (name, a), (_, b) in zip(one.figures(), other.figures(), strict=True))
    if one.for_locum or other.for_locum:
        lines = (*lines, Line("Sessions for the locum", str(one.for_locum), str(other.for_locum)))
    in_order = tuple(sorted(people, key=lambda each: each.name))
    return Comparison(first, second, lines, in_order, supposed, None)


@dataclass(frozen=True)
class Side:
    """One version, and what it comes to."""

    version: RotaVersion

    @cached_property
    def planned(self) -> Planned:
        """The version as it is planned, on the facts and on what was supposed beside them."""
        planned = planned_for(self.version, remembered_facts_of(self.version.period))
        job = self.version.job
        if job is None:
            return planned
        problem, plan = as_supposed(
            planned.problem, planned.plan, job.places, job.result, planned.number_of.get
        )
        return replace(planned, problem=problem, plan=plan)

    @cached_property
    def supposed(self) -> Supposed:
        """What the last filling of the version supposed."""
        job = self.version.job
        return Supposed.of_kept(job.places.get("supposed") or {}) if job else AS_IT_IS

    @cached_property
    def for_locum(self) -> int:
        """Count the sessions that a supposed locum takes: no row of the version holds them."""
        return sum(each.person == LOCUM for each in self.planned.plan.placements)

    @property
    def names(self) -> dict[str, str]:
        return {site.code: site.name for site in self.planned.sites.values()}

    @cached_property
    def rota(self) -> Rota:
        return Rota(self.planned.problem, self.planned.plan)

    @cached_property
    def work(self) -> dict[Slot, str]:
        """What everybody does in each session, in words."""
        rows = db.session.scalars(
            select(Assignment)
            .where(Assignment.version_id == self.version.id)
            .options(joinedload(Assignment.site))
        )
        return {
            Slot(row.member_id, row.day, row.kind): f"{row.activity.label}, "
            + (row.site.name if row.site else "remote")
            for row in rows
        }

    @cached_property
    def balance(self) -> Balance:
        return balance_of(self.planned.problem, self.rota)

    @cached_property
    def loads(self) -> dict[str, Load]:
        return {load.burden: load for load in loads_of(self.planned.problem, self.rota)}

    @property
    def summary(self) -> Summary:
        return summary_of(self.planned.problem, self.planned.plan)

    def figures(self) -> list[tuple[str, str]]:
        """Give what the version comes to, in sessions and people, line by line."""
        summary = self.summary
        found = breaches(self.planned.problem, self.planned.plan)
        return [
            ("Sessions short", f"{summary.short} of {summary.wanted}"),
            ("Sessions placed", f"{len(self.planned.plan.placements):,}"),
            ("Rules broken", str(len({each.said for each in found}))),
            ("People over their hours", off_said(self.balance.over)),
            ("People under their hours", off_said(self.balance.under)),
            ("Wishes met", wishes_said(summary.wishes)),
            *((f"Most {burden}", load_said(self.loads.get(burden))) for burden in self._burdens),
            *((f"Sessions at {name}", str(self._at.get(code, 0))) for code, name in self._sites),
        ]

    @property
    def _burdens(self) -> list[str]:
        return sorted(self.planned.problem.unpopular)

    @property
    def _sites(self) -> list[tuple[str, str]]:
        wanting = {duty.site for duty in self.planned.problem.duties if duty.maximum}
        return [(site.code, site.name) for site in self.planned.sites.values() if site.code in wanting]

    @cached_property
    def _at(self) -> Counter[str | None]:
        duty_by_number = self.planned.problem.duty_by_number
        return Counter(duty_by_number[each.duty].site for each in self.planned.plan.placements)
