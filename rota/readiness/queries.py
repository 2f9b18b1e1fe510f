"""What stands in the way of a good first filling, and what has changed since the last."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import select

from network.access.rules import Actor, Permission
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.plumbing.templating import day
from rota.basis.rules import changes_between
from rota.basis.wording import changes_said
from rota.demand.queries import bank_holidays, closures_for_planning
from rota.facts.queries import remembered_facts_of
from rota.jobs.queries import find_running_job
from rota.leave.queries import as_away
from rota.leave.records import Absence
from rota.leave.rules import AbsenceState
from rota.planning.queries import Planned, planned_for
from rota.readiness.rules import TO_MEND, Check, has_pattern, lapses_in
from rota.readiness.wording import closed_said, lapse_said, nobody_said, waits_said
from rota.rotas.queries import get_version_for, said_of, sees_drafts
from rota.rotas.records import DemandLine, RotaVersion
from rota.rotas.rules import VersionState, days_between
from rota.solver.staff_rota import takers
from rota.staff.records import RotaMember
from rota.staff.rules import latest_by_kind, required_credentials


@dataclass(frozen=True)
class Item:
    """One thing found, and the member or site that it is about."""

    said: str
    member_id: uuid.UUID | None = None
    site_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Found:
    """What a check has found."""

    check: Check
    items: tuple[Item, ...]

    @property
    def is_to_mend(self) -> bool:
        return self.check in TO_MEND


@dataclass(frozen=True)
class Readiness:
    """A draft before it is filled."""

    version: RotaVersion
    said: str
    found: tuple[Found, ...]
    people: int
    lines: int
    job_id: uuid.UUID | None
    may_fill: bool

    @property
    def to_mend(self) -> int:
        return sum(len(each.items) for each in self.found if each.is_to_mend)


@dataclass(frozen=True)
class Outdated:
    """A version whose facts have changed since it was filled, or not."""

    version: RotaVersion
    said: str
    changes: tuple[str, ...]

    @property
    def is_outdated(self) -> bool:
        return bool(self.changes)


def readiness_for(viewer: Actor, version_id: uuid.UUID) -> Readiness:
    """Look over everything that a filling depends on, as far as the viewer may know of it."""
    version = _version_for(viewer, version_id)
    planned = planned_for(version, remembered_facts_of(version.period))
    look = _Look(viewer, version, planned)
    return Readiness(
        version=version,
        said=said_of(version),
        found=tuple(found for check in Check if (found := look.found(check)).items),
        people=len(planned.members),
        lines=sum(isinstance(place, DemandLine) for place in planned.places.values()),
        job_id=find_running_job(version.id),
        may_fill=viewer.may_somewhere(Permission.FILL_ROTA) and version.state is VersionState.DRAFT,
    )


def outdated_for(viewer: Actor, version_id: uuid.UUID) -> Outdated:
    """Name the facts that are not what they were when a version was filled."""
    version = _version_for(viewer, version_id)
    planned = planned_for(version, remembered_facts_of(version.period))
    changes: tuple[str, ...] = ()
    if version.input_hash and version.input_hash != planned.hash:
        names = {site.code: site.name for site in planned.sites.values()}
        changes = _said_to(viewer, planned, version, names)
    return Outdated(version, said_of(version), changes)


def _said_to(viewer: Actor, planned: Planned, version: RotaVersion, names: dict[str, str]) -> tuple[str, ...]:
    if not version.facts:
        return ("What it was filled on was not kept, so what changed cannot be named.",)
    changes = changes_between(version.facts, planned.basis)
    if not viewer.may(Permission.SEE_STAFF):
        # Others' papers and contracts are nobody's business outside their own organisation.
        own = {m.name for m in planned.members.values() if _sees(viewer, m)}
        changes = changes.about(own)
    return changes_said(changes, names)


def _version_for(viewer: Actor, version_id: uuid.UUID) -> RotaVersion:
    version = get_version_for(viewer, version_id)
    if not sees_drafts(viewer):
        raise NotFound
    return version


def _sees(viewer: Actor, member: RotaMember) -> bool:
    return viewer.may(Permission.SEE_STAFF, organisation_id=member.engagement.employer_id)


@dataclass(frozen=True)
class _Look:
    """A draft, and the questions that each check asks of it."""

    viewer: Actor
    version: RotaVersion
    planned: Planned

    def found(self, check: Check) -> Found:
        """Ask what one check finds."""
        asked = {
            Check.PATTERN: self._without_pattern,
            Check.CREDENTIAL: self._lapses,
            Check.INDUCTION: self._without_induction,
            Check.NOBODY: self._nobody,
            Check.LEAVE: self._waiting_leave,
            Check.HOLIDAY: self._open_holidays,
            Check.CLOSED: self._closures,
        }
        return Found(check, tuple(asked[check]()))

    @cached_property
    def days(self) -> list[date]:
        return days_between(self.version.period.starts_on, self.version.period.ends_on)

    @property
    def members(self) -> Iterable[RotaMember]:
        return [member for member in self.planned.members.values() if _sees(self.viewer, member)]

    def _without_pattern(self) -> Iterator[Item]:
        for member in self.members:
            if not has_pattern(self.planned.times[member.id].patterns, self.days):
                yield Item(member.name, member.id)

    def _lapses(self) -> Iterator[Item]:
        for member in self.members:
            latest = latest_by_kind([(held.kind, held.expires_on) for held in member.credentials])
            for lapse in lapses_in(
                required_credentials(member.engagement.role), latest, self._last_day(member)
            ):
                yield Item(lapse_said(member.name, lapse, today()), member.id)

    def _last_day(self, member: RotaMember) -> date:
        return min(self.planned.times[member.id].planned[1], self.days[-1])

    def _without_induction(self) -> Iterator[Item]:
        for member in self.members:
            if not member.inductions:
                yield Item(member.name, member.id)

    def _nobody(self) -> Iterator[Item]:
        able = takers(self.planned.problem)
        lacking: dict[tuple[uuid.UUID, str], list[tuple[DemandLine, int]]] = {}
        for number, place in self.planned.places.items():
            if isinstance(place, DemandLine) and able.get(number, place.minimum) < place.minimum:
                what = f"{place.role_group.label} {place.activity.label.lower()}"
                lacking.setdefault((place.site_id, what), []).append((place, able[number]))
        for (site_id, what), lines in lacking.items():
            sessions = [(line.day, line.kind, line.minimum, count) for line, count in lines]
            yield Item(nobody_said(self.planned.sites[site_id].name, what, sessions), site_id=site_id)

    def _waiting_leave(self) -> Iterator[Item]:
        names = {member.id: member.name for member in self.members}
        waiting = db.session.scalars(
            select(Absence)
            .where(
                Absence.state == AbsenceState.REQUESTED,
                Absence.starts_on <= self.days[-1],
                Absence.ends_on >= self.days[0],
            )
            .order_by(Absence.starts_on)
        )
        for row in waiting:
            if row.member_id in names:
                yield Item(waits_said(names[row.member_id], as_away(row)), row.member_id)

    def _open_holidays(self) -> Iterator[Item]:
        wanted: dict[date, set[uuid.UUID]] = {}
        for place in self.planned.places.values():
            if isinstance(place, DemandLine) and place.maximum:
                wanted.setdefault(place.day, set()).add(place.site_id)
        for holiday in bank_holidays(self.days[0], self.days[-1]):
            for site_id in sorted(
                wanted.get(holiday.day, ()), key=lambda each: self.planned.sites[each].name
            ):
                name = self.planned.sites[site_id].name
                yield Item(f"{name} is open on {day(holiday.day)}, {holiday.name}.", site_id=site_id)

    def _closures(self) -> Iterator[Item]:
        for closed in closures_for_planning(self.days[0], self.days[-1]):
            site = self.planned.sites.get(closed.site_id)
            if site:
                yield Item(closed_said(site.name, closed), site_id=site.id)
