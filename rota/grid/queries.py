"""The page of a rota: its weeks, its rows, and what can be done."""

import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from network.access.rules import Actor, Permission
from network.vocabulary import Discipline
from rota.cover.rules import CellView
from rota.edits.queries import last_number, stacks_for
from rota.edits.rules import Stacks
from rota.facts.queries import remembered_facts_of
from rota.grid.rules import Paper
from rota.jobs.queries import find_last_job
from rota.jobs.rules import ENDED, JobState
from rota.jobs.wording import Summary
from rota.narrowing.queries import Found
from rota.planning.queries import planned_for
from rota.roster.rules import monday_of
from rota.rotas.queries import (
    find_chosen_version,
    find_ordinary_draft,
    get_version_for,
    life_of_period,
    sees_drafts,
)
from rota.rotas.records import RotaVersion
from rota.rotas.rules import PeriodState, VersionState, said_period
from rota.rotas.wording import Life
from rota.rows.queries import BrokenRule, OwnSheet
from rota.rows.queries import RowView as RowView
from rota.rows.queries import Week as Week
from rota.views.queries import DayView
from rota.views.rules import Look, Rows


@dataclass(frozen=True)
class Grid:
    """A version as its page shows it."""

    week: Week
    number: int
    job: tuple[uuid.UUID, JobState] | None
    draft_id: uuid.UUID | None
    chosen_id: uuid.UUID | None

    @property
    def version(self) -> RotaVersion:
        return self.week.version

    @property
    def look(self) -> Look:
        return self.week.look

    @property
    def said(self) -> str:
        period = self.version.period
        return said_period(period.starts_on, period.ends_on)

    # What can be done

    @property
    def is_draft(self) -> bool:
        return self.week.is_draft

    @property
    def is_planner(self) -> bool:
        return self.week.is_planner

    @property
    def may_edit(self) -> bool:
        return self.is_draft and self.is_planner

    @property
    def stacks(self) -> Stacks:
        """What the viewer can undo and do again."""
        return stacks_for(self.week.viewer, self.version.id)

    @property
    def may_fill(self) -> bool:
        """Say whether the viewer may fill this draft, or the part of it that is theirs."""
        is_open = self.is_draft and self.version.period.state is not PeriodState.COLLECTING
        return is_open and self.week.viewer.may_somewhere(Permission.FILL_ROTA)

    @property
    def may_plan(self) -> bool:
        return self.is_draft and self.week.viewer.may(Permission.FILL_ROTA)

    @property
    def life(self) -> Life:
        return life_of_period(self.version.period)

    @property
    def may_publish(self) -> bool:
        return self.is_draft and self.week.viewer.may(Permission.PUBLISH_ROTA)

    @property
    def may_copy(self) -> bool:
        is_open = self.version.state is VersionState.CHOSEN and not self.is_closed
        return is_open and self.week.viewer.may(Permission.FILL_ROTA)

    @property
    def is_closed(self) -> bool:
        return self.version.period.state is PeriodState.CLOSED

    @property
    def job_id(self) -> uuid.UUID | None:
        """The solve that is at work on this version."""
        return self.job[0] if self.job and self.job[1] not in ENDED else None

    @property
    def has_failed(self) -> bool:
        """Say whether the last solve broke off."""
        return bool(self.job and self.job[1] is JobState.FAILED)

    @property
    def is_empty(self) -> bool:
        """Say whether nobody is placed in the whole rota."""
        return not self.week.planned.plan.placements

    @property
    def is_stale(self) -> bool:
        return self.is_draft and self.week.is_stale

    @property
    def locked(self) -> str:
        """Say what to do first to somebody who plans and would change what is no draft."""
        if self.is_draft or not self.is_planner:
            return ""
        state = self.version.state.label.lower()
        if self.draft_id:
            return f"This rota is {state}: choose Open the draft first."
        if self.may_copy:
            return f"This rota is {state}: choose Change this rota first."
        return f"This rota is {'closed' if self.is_closed else state}: it cannot be changed."

    # Weeks

    @property
    def monday(self) -> date:
        return self.week.monday

    @property
    def mondays(self) -> tuple[date, ...]:
        return self.week.mondays

    @property
    def weeks(self) -> tuple[date, ...]:
        return self.week.weeks

    @property
    def weeks_said(self) -> str:
        first, last = (self.mondays.index(monday) + 1 for monday in (self.weeks[0], self.weeks[-1]))
        return f"Week {first}" if first == last else f"Weeks {first} to {last}"

    @property
    def before(self) -> date | None:
        first = self.mondays.index(self.weeks[0])
        return self.mondays[max(0, first - self.look.weeks)] if first else None

    @property
    def after(self) -> date | None:
        later = self.mondays[self.mondays.index(self.weeks[-1]) + 1 :]
        return later[0] if later else None

    @property
    def days(self) -> tuple[DayView, ...]:
        return self.week.days

    @property
    def day_shown(self) -> int:
        """The day of the week that a phone shows first: today, or the first."""
        return next(
            (day.number for day in self.days if day.is_today), self.days[0].number if self.days else 1
        )

    @cached_property
    def short_days(self) -> frozenset[date]:
        if not self.is_planner:
            return frozenset()
        missing = self.week.cover.missing
        return frozenset(session.day for session in self.week.sessions if missing[session.number])

    @property
    def width(self) -> int:
        return len(self.week.sessions)

    @property
    def week_widths(self) -> list[tuple[date, int]]:
        """Each week shown with how many sessions it has."""
        found = Counter(monday_of(session.day) for session in self.week.sessions)
        return [(monday, found[monday]) for monday in self.weeks]

    # Rows

    @cached_property
    def found(self) -> Found:
        return Found(self.week)

    @cached_property
    def sheet(self) -> OwnSheet | None:
        return self.week.own_sheet()

    @property
    def is_nothing(self) -> bool:
        """Say whether there are no rows to show."""
        if self.look.person:
            return self.sheet is None
        return not (self.groups if self.look.by is Rows.PERSON else self.found.places)

    @cached_property
    def groups(self) -> tuple[tuple[Discipline, tuple[RowView, ...]], ...]:
        return self.week.groups()

    @property
    def shorts(self) -> tuple[CellView, ...]:
        return self.week.cover.shorts() if self.is_planner else ()

    # Figures

    @property
    def breaches(self) -> tuple[BrokenRule, ...]:
        return self.week.broken_rules

    @property
    def wished(self) -> int:
        return self.week.wished

    @property
    def summary(self) -> Summary:
        return self.week.summary

    @property
    def site_names(self) -> dict[str, str]:
        return dict(self.sites)

    @property
    def sites(self) -> tuple[tuple[str, str], ...]:
        return tuple((site.code, site.name) for site in self.week.planned.sites.values())


def grid_for(viewer: Actor, version_id: uuid.UUID, look: Look) -> Grid:
    """Return a version as somebody looks at it; where no week is named, this week or the first."""
    version = get_version_for(viewer, version_id)
    # What is short is told to those who plan.
    look = replace(look, only_short=look.only_short and sees_drafts(viewer))
    return grid_of(
        Week(viewer, version, planned_for(version, remembered_facts_of(version.period)), look=look)
    )


def papers_for(viewer: Actor, version_id: uuid.UUID, paper: Paper) -> list[Grid]:
    """Return every week of a version for printing."""
    version = get_version_for(viewer, version_id)
    planned = planned_for(version, remembered_facts_of(version.period))
    first = Week(viewer, version, planned, look=Look(by=paper.by))
    weeks = (replace(first, look=replace(first.look, week=monday)) for monday in first.mondays)
    return [Grid(week=week, number=0, job=None, draft_id=None, chosen_id=None) for week in weeks]


def grid_of(week: Week) -> Grid:
    """Put a page together."""
    version = week.version
    return Grid(
        week=week,
        number=last_number(version.id) if week.is_draft else 0,
        job=find_last_job(version.id) if week.is_planner and week.is_draft else None,
        draft_id=find_ordinary_draft(version.period_id) if week.is_planner else None,
        chosen_id=_chosen_instead_of(version),
    )


def _chosen_instead_of(version: RotaVersion) -> uuid.UUID | None:
    """Return the published version that stands in the place of one that is put aside or superseded."""
    if version.state in (VersionState.DRAFT, VersionState.CHOSEN):
        return None
    chosen = find_chosen_version(version.period_id)
    return chosen.id if chosen else None
