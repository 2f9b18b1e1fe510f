"""What publishing a draft would mean: who changes and why, what is short, broken or out of date."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.plumbing.database import ENGLAND, db
from network.plumbing.refusals import NotAllowed
from network.vocabulary import SessionKind
from rota.cover.wording import session_said
from rota.edits.queries import changes_since
from rota.jobs.queries import find_running_job
from rota.jobs.wording import Summary, summary_of
from rota.planning.queries import Planned, planned_for
from rota.publishing.rules import Change, Duty, Slot, changes_between
from rota.roster.rules import ORDER
from rota.rotas.queries import find_chosen_version, get_version_for
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import said_period
from rota.solver.staff_rota import breaches, shortfalls


@dataclass(frozen=True)
class PersonChanges:
    """What one person will be told."""

    name: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Publishing:
    """Everything to be looked at before a rota is published."""

    version: RotaVersion
    is_first: bool
    people: tuple[PersonChanges, ...]
    people_told: int
    sessions: int
    summary: Summary
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
    def may_go(self) -> bool:
        return not (self.blocking or self.is_stale or self.is_running or not self.sessions)


def publishing_for(viewer: Actor, version_id: uuid.UUID) -> Publishing:
    """Look a draft over before it is published."""
    version = get_version_for(viewer, version_id)
    if not viewer.may(Permission.PUBLISH_ROTA):
        raise NotAllowed
    return look_over(version)


def look_over(version: RotaVersion) -> Publishing:
    """Compare a draft with what people were told, and check it."""
    planned = planned_for(version)
    told = find_chosen_version(version.period_id)
    changes = changes_of(version, told)
    found = breaches(planned.problem, planned.plan)
    return Publishing(
        version=version,
        is_first=told is None,
        people=_by_person(planned, changes) if told else (),
        people_told=len({change.slot[0] for change in changes}),
        sessions=len(planned.plan.placements),
        summary=summary_of(planned.problem, planned.plan),
        short=tuple(each.said for each in shortfalls(planned.problem, planned.plan) if each.missing),
        blocking=tuple(dict.fromkeys(each.said for each in found if each.severity == "H0")),
        overridable=tuple(dict.fromkeys(each.said for each in found if each.severity != "H0")),
        is_stale=bool(version.input_hash) and version.input_hash != planned.hash,
        is_running=find_running_job(version.id) is not None,
        hash=planned.hash,
    )


def changes_of(version: RotaVersion, told: RotaVersion | None) -> list[Change]:
    """List what people would be told that they have not been told before."""
    before = _duties(told) if told else {}
    return changes_between(before, _duties(version), _reasons(version))


def _duties(version: RotaVersion) -> dict[Slot, Duty]:
    rows = db.session.scalars(
        select(Assignment).where(Assignment.version_id == version.id).options(joinedload(Assignment.site))
    )
    return {(row.member_id, row.day, row.kind): _duty(row) for row in rows}


def _duty(row: Assignment) -> Duty:
    starts, ends = (each.astimezone(ENGLAND) for each in (row.starts_at, row.ends_at))
    return Duty(row.site.name if row.site else "", row.activity.label, f"{starts:%H:%M} to {ends:%H:%M}")


def _reasons(version: RotaVersion) -> dict[Slot, str]:
    return {
        (change.member_id, change.day, change.kind): change.edit.why or f"changed by {change.edit.by}"
        for change in changes_since(version.id, 0)
    }


def _by_person(planned: Planned, changes: Sequence[Change]) -> tuple[PersonChanges, ...]:
    names = {member_id: member.name for member_id, member in planned.members.items()}
    found: dict[uuid.UUID, list[Change]] = {}
    for change in changes:
        found.setdefault(change.slot[0], []).append(change)

    def line(change: Change) -> tuple[str, str, str]:
        _, day, kind = change.slot
        return session_said(day, SessionKind(kind)), change.said, change.why or "filled again"

    people = (
        PersonChanges(
            names.get(member_id, "Somebody who has left"),
            tuple(line(change) for change in sorted(theirs, key=lambda c: (c.slot[1], ORDER[c.slot[2]]))),
        )
        for member_id, theirs in found.items()
    )
    return tuple(sorted(people, key=lambda each: each.name))
