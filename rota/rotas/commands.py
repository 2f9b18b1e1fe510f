"""The life of a rota: opened for some weeks, drafted in versions, closed."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import func, insert, literal, select

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, take_turns, today
from network.plumbing.refusals import Invalid, NotAllowed, Refusal
from rota.clinic_series.queries import clinics_between, seat_rows
from rota.clinic_series.records import ClinicSession
from rota.demand.queries import closures_for_planning, templates_for_planning
from rota.demand.rules import lines_for
from rota.jobs.queries import find_running_job
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, DemandLine, RotaPeriod, RotaVersion
from rota.rotas.rules import (
    LONGEST_LABEL,
    PERIOD_MOVES,
    VERSION_MOVES,
    PeriodState,
    VersionState,
    days_between,
    last_day,
    said_period,
    wrong_with_period,
    wrong_with_requests_until,
)


class WrongState(Refusal):
    """The rota is past the point where this could be done."""


@command
def open_period(actor: Actor, starts_on: date, weeks: int, requests_until: date | None = None) -> uuid.UUID:
    """Begin a rota for some weeks: its dated demand and an empty first version, whose id is returned.

    With a last day for requests it begins by collecting them, else as a draft.
    """
    require_planner(actor)
    if wrong := wrong_with_period(starts_on, weeks):
        raise Invalid(wrong)
    if requests_until and (wrong := wrong_with_requests_until(requests_until, starts_on, today())):
        raise Invalid(wrong)
    ends_on = last_day(starts_on, weeks)
    _refuse_overlap(starts_on, ends_on)
    period = RotaPeriod(
        starts_on=starts_on,
        ends_on=ends_on,
        state=PeriodState.COLLECTING if requests_until else PeriodState.DRAFTING,
        requests_until=requests_until,
        made_by=actor.name,
    )
    db.session.add(period)
    db.session.flush()
    lines = _lay_demand(period)
    version = RotaVersion(period_id=period.id, number=1, made_by=actor.name)
    db.session.add(version)
    db.session.flush()
    record(actor, "open_period", "rota_period", period.id, starts_on=str(starts_on), weeks=weeks, lines=lines)
    return version.id


@command
def copy_version(actor: Actor, version_id: uuid.UUID, label: str = "") -> uuid.UUID:
    """Make a new draft that begins as a copy, so that what was published stays as people were told."""
    source = get_version_for(actor, version_id)
    require_planner(actor)
    period = lock(source.period)
    if source.state is VersionState.DISCARDED or period.state is PeriodState.CLOSED:
        raise WrongState("This rota is put aside or closed: it can be looked at, but not copied.")
    number = db.session.scalar(
        select(func.max(RotaVersion.number)).where(RotaVersion.period_id == source.period_id)
    )
    copy = RotaVersion(
        period_id=source.period_id,
        number=(number or 0) + 1,
        label=_fit(label),
        parent_id=source.id,
        input_hash=source.input_hash,
        facts=source.facts,
        summary=source.summary,
        made_by=actor.name,
    )
    db.session.add(copy)
    db.session.flush()
    _copy_assignments(source.id, copy.id)
    record(actor, "copy_version", "rota_version", copy.id, source=source.number, number=copy.number)
    return copy.id


@command
def rename_version(actor: Actor, version_id: uuid.UUID, label: str) -> None:
    """Give a draft another label."""
    version = get_draft_to_plan(actor, version_id)
    version.label = _fit(label)
    # Labels say what somebody tries out, which may be a colleague's absence: the trail keeps none.
    record(actor, "rename_version", "rota_version", version.id, number=version.number)


@command
def discard_version(actor: Actor, version_id: uuid.UUID) -> None:
    """Put a draft aside; it can still be looked at, but not changed."""
    version = get_draft_to_plan(actor, version_id)
    _put_aside(actor, version)


@command
def restore_version(actor: Actor, version_id: uuid.UUID, also: Collection[uuid.UUID] = ()) -> None:
    """Take up again a draft that was put aside, and others that were put aside with it."""
    for each in (version_id, *also):
        version = get_version_for(actor, each)
        require_planner(actor)
        version = lock(version)
        # A rota is closed only while it has no draft.
        if lock(version.period).state is PeriodState.CLOSED:
            raise WrongState("This rota is closed. Open it again first.")
        move_version(version, VersionState.DRAFT)
        record(actor, "restore_version", "rota_version", version.id, number=version.number)


@command
def choose_version(actor: Actor, version_id: uuid.UUID) -> list[uuid.UUID]:
    """Go on with one draft and put the others of its rota aside; their ids are returned."""
    period_id = get_version_for(actor, version_id).period_id
    require_planner(actor)
    # In one order for all: two managers who choose at once would wait for each other for ever.
    drafts = db.session.scalars(
        select(RotaVersion)
        .where(RotaVersion.period_id == period_id, RotaVersion.state == VersionState.DRAFT)
        .order_by(RotaVersion.number)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    version = get_draft_to_plan(actor, version_id)
    others = [each for each in drafts if each.id != version_id]
    for other in others:
        _put_aside(actor, other)
    record(actor, "choose_version", "rota_version", version.id, number=version.number, aside=len(others))
    return [other.id for other in others]


def get_draft_to_plan(actor: Actor, version_id: uuid.UUID) -> RotaVersion:
    """Return a draft, locked: it may be published at this very moment, and what people were told stays."""
    version = get_version_for(actor, version_id)
    require_planner(actor)
    version = lock(version)
    if version.state is not VersionState.DRAFT:
        raise WrongState(f"Version {version.number} is {version.state.label.lower()}: it is no draft.")
    return version


def _put_aside(actor: Actor, version: RotaVersion) -> None:
    if find_running_job(version.id):
        raise Refusal(f"Version {version.number} is being filled. Cancel that first.")
    if version.proposed_at is not None:
        raise Refusal(f"Version {version.number} is proposed to the practices. Take that back first.")
    move_version(version, VersionState.DISCARDED)
    record(actor, "discard_version", "rota_version", version.id, number=version.number)


def _fit(label: str) -> str:
    label = " ".join(label.split())
    if len(label) > LONGEST_LABEL:
        raise Invalid(f"Shorten the label to {LONGEST_LABEL} characters.")
    return label


def require_planner(actor: Actor) -> None:
    """Refuse those who may not plan the whole network's rota."""
    if not actor.may(Permission.PLAN_ROTA):
        raise NotAllowed


def move_version(version: RotaVersion, to: VersionState) -> None:
    """Move a version to another state, where the table of moves has it."""
    if to not in VERSION_MOVES[version.state]:
        raise WrongState(
            f"This version is {version.state.label.lower()}: that cannot be done with it any more."
        )
    version.state = to


def move_period(period: RotaPeriod, to: PeriodState) -> None:
    """Move a period to another state, where the table of moves has it."""
    if to not in PERIOD_MOVES[period.state]:
        raise WrongState(f"This rota is {period.state.label.lower()}: that cannot be done with it now.")
    period.state = to


Row = TypeVar("Row", RotaPeriod, RotaVersion)


def lock(row: Row) -> Row:
    """Read a row afresh and keep it from others until the end."""
    kind = type(row)
    locked = select(kind).where(kind.id == row.id).with_for_update()
    return db.session.scalars(locked.execution_options(populate_existing=True)).one()


def _refuse_overlap(starts_on: date, ends_on: date) -> None:
    # Two managers who open rotas at the same moment would not see each other's.
    take_turns("periods")
    other = db.session.scalars(
        select(RotaPeriod).where(RotaPeriod.starts_on <= ends_on, RotaPeriod.ends_on >= starts_on).limit(1)
    ).first()
    if other is not None:
        raise Refusal(f"There is a rota for {said_period(other.starts_on, other.ends_on)} already.")


def _lay_demand(period: RotaPeriod) -> int:
    templates = templates_for_planning(period.starts_on, period.ends_on)
    if not templates:
        raise Refusal("Say first what cover each site needs: there is no demand for these weeks.")
    closures = closures_for_planning(period.starts_on, period.ends_on)
    rows = [
        {
            "id": uuid.uuid4(),
            "network_id": current_network(),
            "period_id": period.id,
            "site_id": each.site_id,
            "day": day,
            "kind": each.want.kind,
            "role_group": each.want.role_group,
            "activity": each.want.activity,
            "minimum": each.want.minimum,
            "desired": each.want.desired,
            "maximum": each.want.maximum,
            "competencies": list(each.want.competencies),
            "room": each.want.room,
            "funding": each.want.funding,
            "clinic_session_id": None,
        }
        for day in days_between(period.starts_on, period.ends_on)
        for each in lines_for(day, templates, closures)
    ]
    rows += _seats_of(period, clinics_between(period.starts_on, period.ends_on))
    if rows:
        db.session.execute(insert(DemandLine), rows)
    return len(rows)


def lay_seats(period: RotaPeriod, clinics: Iterable[ClinicSession]) -> None:
    """Add the seats of clinics to what a rota wants."""
    if rows := _seats_of(period, clinics):
        db.session.execute(insert(DemandLine), rows)


def _seats_of(period: RotaPeriod, clinics: Iterable[ClinicSession]) -> list[dict[str, Any]]:
    return [
        {"id": uuid.uuid4(), "network_id": current_network(), "period_id": period.id, **row}
        for clinic in clinics
        for row in seat_rows(clinic)
    ]


def _copy_assignments(source_id: uuid.UUID, copy_id: uuid.UUID) -> None:
    same = [
        column
        for column in Assignment.__table__.columns
        if column.name not in ("id", "version_id", "row_version")
    ]
    columns: list[Any] = [func.gen_random_uuid(), literal(copy_id), literal(1), *same]
    rows = select(*columns).where(Assignment.version_id == source_id)
    names = ["id", "version_id", "row_version", *(column.name for column in same)]
    db.session.execute(insert(Assignment).from_select(names, rows))
