"""Changing what one rota wants, and no other: the weekly demand stays as it is."""

import uuid
from datetime import date

from sqlalchemy import select, update

from network.access.rules import Actor
from network.audit.commands import record
from network.organisations.records import Site
from network.organisations.rules import WEEKDAYS, kinds_on
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from network.vocabulary import Activity, FundingStream, RoleGroup, RoomKind, SessionKind
from rota.demand.rules import MOST_PEOPLE
from rota.lines.queries import get_line_for, get_site_of, may_change, numbers_of
from rota.lines.rules import NOBODY, Numbers
from rota.rotas.records import DemandLine, RotaVersion
from rota.rotas.rules import VersionState


@command
def change_line(actor: Actor, version_id: uuid.UUID, line_id: uuid.UUID, numbers: Numbers) -> Numbers:
    """Ask for other numbers on one date, or for nobody; the numbers before are returned."""
    version, line = get_line_for(actor, version_id, line_id)
    _require_reach(actor, version, line.site)
    _require_sense(numbers)
    before = numbers_of(line)
    line.minimum, line.desired, line.maximum = numbers
    mark_drafts(version.period_id)
    record(
        actor,
        "change_line",
        "demand_line",
        line.id,
        day=str(line.day),
        before=before.said,
        after=numbers.said,
    )
    return before


@command
def add_line(
    actor: Actor,
    version_id: uuid.UUID,
    site_id: uuid.UUID,
    day: date,
    kind: SessionKind,
    role_group: RoleGroup,
    activity: Activity,
    numbers: Numbers,
    room: RoomKind | None = None,
    funding: FundingStream = FundingStream.CORE,
) -> uuid.UUID:
    """Ask for people in one session of this rota alone."""
    version, site = get_site_of(actor, version_id, site_id)
    _require_reach(actor, version, site)
    _require_sense(numbers)
    if numbers == NOBODY:
        raise Invalid("Enter a most of 1 or more.")
    _require_session(version, day, kind)
    same = select(DemandLine).where(
        DemandLine.period_id == version.period_id,
        DemandLine.site_id == site.id,
        DemandLine.day == day,
        DemandLine.kind == kind,
        DemandLine.role_group == role_group,
        DemandLine.activity == activity,
    )
    if any(line.maximum for line in db.session.scalars(same)):
        raise Refusal("There is such a line in this session already. Change its numbers instead.")
    line = DemandLine(
        period_id=version.period_id,
        site_id=site.id,
        day=day,
        kind=kind,
        role_group=role_group,
        activity=activity,
        minimum=numbers.minimum,
        desired=numbers.desired,
        maximum=numbers.maximum,
        room=room,
        funding=funding,
    )
    db.session.add(line)
    db.session.flush()
    mark_drafts(version.period_id)
    record(actor, "add_line", "demand_line", line.id, day=str(day), numbers=numbers.said)
    return line.id


def _require_reach(actor: Actor, version: RotaVersion, site: Site) -> None:
    if not may_change(actor, version, site):
        raise NotAllowed("You can change what your own organisation's sites want, until the rota is closed.")


def _require_sense(numbers: Numbers) -> None:
    if any(not 0 <= number <= MOST_PEOPLE for number in numbers):
        raise Invalid(f"Enter numbers from 0 to {MOST_PEOPLE}.")
    if not numbers.minimum <= numbers.desired <= numbers.maximum:
        raise Invalid("The numbers must rise: minimum, desired, most.")


def _require_session(version: RotaVersion, day: date, kind: SessionKind) -> None:
    period = version.period
    if not period.starts_on <= day <= period.ends_on:
        raise Invalid("Choose a day of this rota.")
    if kind not in kinds_on(day.weekday()):
        raise Invalid(f"There is no {kind.label} session on {WEEKDAYS[day.weekday()]}.")


def mark_drafts(period_id: uuid.UUID) -> None:
    """Let the lists of versions say at once that what was filled is out of date."""
    db.session.flush()
    filled = (
        RotaVersion.period_id == period_id,
        RotaVersion.state == VersionState.DRAFT,
        RotaVersion.input_hash != "",
    )
    stale = RotaVersion.summary.concat({"is_stale": True})
    db.session.execute(
        update(RotaVersion)
        .where(*filled)
        .values(summary=stale)
        .execution_options(synchronize_session="fetch")
    )
