"""What publishing a draft would mean: who changes and why, what is short, broken or out of date."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, except_, func, select, union

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import db, today
from network.plumbing.refusals import NotAllowed
from rota.jobs.queries import find_running_job
from rota.jobs.wording import Summary, summary_of
from rota.news.queries import News, PersonChanges
from rota.notices.rules import notice_said
from rota.planning.queries import planned_for
from rota.rotas.queries import find_chosen_version, get_version_for
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState, said_period
from rota.solver.staff_rota import Duty, Problem, breaches, shortfalls
from rota.staff.records import RotaMember
from rota.views.queries import View

MOST_NAMED = 5


@dataclass(frozen=True)
class Publishing:
    """Everything to be looked at before a rota is published."""

    version: RotaVersion
    is_first: bool
    people: tuple[PersonChanges, ...]
    everybody: frozenset[uuid.UUID]
    late: int
    sessions: int
    summary: Summary
    # Where and when a duty doctor is missing; and the sentences about all other cover that is.
    leads: tuple[str, ...]
    short: tuple[str, ...]
    blocking: tuple[str, ...]
    overridable: tuple[str, ...]
    is_stale: bool
    is_running: bool
    hash: str

    @property
    def said(self) -> str:
        return said_period(self.version.period.starts_on, self.version.period.ends_on)

    @property
    def leads_named(self) -> tuple[str, ...]:
        """Name the sessions without a duty doctor in one line: of many, the first."""
        more = len(self.leads) - MOST_NAMED
        return (*self.leads[:MOST_NAMED], f"{more} more") if more > 0 else self.leads

    @property
    def may_go(self) -> bool:
        return not (self.blocking or self.is_stale or self.is_running or not self.sessions)

    @property
    def people_told(self) -> int:
        return len(self.everybody) if self.is_first else len(self.people)

    @property
    def unexplained(self) -> tuple[PersonChanges, ...]:
        """Those who would not learn why their rota changes."""
        return tuple(person for person in self.people if person.wants_reason)

    @property
    def to_ring(self) -> tuple[PersonChanges, ...]:
        return tuple(person for person in self.people if person.must_be_rung)

    @property
    def notice(self) -> str:
        """How long before its first day the rota is published."""
        return notice_said(self.version.period.starts_on, today())


@dataclass(frozen=True)
class Untold:
    """What a draft has that people were not told of."""

    changes: int
    people: int


def publishing_for(viewer: Actor, version_id: uuid.UUID) -> Publishing:
    """Look a draft over before it is published."""
    version = get_version_for(viewer, version_id)
    if not viewer.may(Permission.PUBLISH_ROTA):
        raise NotAllowed
    return look_over(viewer, version)


def look_over(viewer: Actor, version: RotaVersion) -> Publishing:
    """Compare a draft with what people were told, and check it."""
    planned = planned_for(version)
    told = find_chosen_version(version.period_id)
    news, view = News(viewer, version, told, planned), View(viewer, version, planned)
    found = breaches(planned.problem, planned.plan)
    missing = [each for each in shortfalls(planned.problem, planned.plan) if each.missing]
    duties = planned.problem.duty_by_number
    return Publishing(
        version=version,
        is_first=told is None,
        people=news.people() if told else (),
        everybody=news.everybody,
        late=news.late(),
        sessions=len(planned.plan.placements),
        summary=summary_of(planned.problem, planned.plan),
        leads=tuple(
            _place_said(planned.problem, duties[each.duty]) for each in missing if duties[each.duty].lead
        ),
        short=tuple(each.said for each in missing if not duties[each.duty].lead),
        blocking=tuple(dict.fromkeys(view.said(each) for each in found if each.severity == "H0")),
        overridable=tuple(dict.fromkeys(view.said(each) for each in found if each.severity != "H0")),
        is_stale=bool(version.input_hash) and version.input_hash != planned.hash,
        is_running=find_running_job(version.id) is not None,
        hash=planned.hash,
    )


def _place_said(problem: Problem, duty: Duty) -> str:
    """Say where and when a duty is: 'Elm Surgery on Sat 26 Dec AM'."""
    where = problem.site_by_code[duty.site].name if duty.site else "remote"
    return f"{where} on {problem.session_by_number[duty.session].said}"


def untold_for(viewer: Actor, version_id: uuid.UUID) -> tuple[RotaVersion, Untold | None]:
    """Count what a draft would change for people; nothing where no version was published before it."""
    version = get_version_for(viewer, version_id)
    told = find_chosen_version(version.period_id)
    if told is None or version.state is not VersionState.DRAFT:
        return version, None
    draft, before = _contents(version), _contents(told)
    differs = union(except_(draft, before), except_(before, draft)).subquery()
    # Who was moved differs twice, and is told once.
    cells = select(differs.c.member_id, differs.c.day, differs.c.kind).distinct().subquery()
    changes, people = db.session.execute(
        select(func.count(), func.count(func.distinct(Engagement.person_id)))
        .select_from(cells, RotaMember, Engagement)
        .where(RotaMember.id == cells.c.member_id, Engagement.id == RotaMember.engagement_id)
    ).one()
    return version, Untold(changes, people)


def _contents(version: RotaVersion) -> Select[*tuple[Any, ...]]:
    """Ask for what stands where in a version, as far as it matters to people."""
    row = Assignment
    columns = (row.member_id, row.day, row.kind, row.site_id, row.activity, row.starts_at, row.ends_at)
    return select(*columns).where(row.version_id == version.id)
