"""Putting clinics on the calendar: alone or as a series, with their seats in the rotas that are there."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import delete, select, update

from network.access.guard import require
from network.access.rules import SYSTEM, Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_site_for
from network.plumbing.commands import command
from network.plumbing.database import db, take_turns, today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from network.plumbing.templating import full_date
from rota.clinic_series.queries import WHOLE, find_beside
from rota.clinic_series.records import ClinicSeries, ClinicSession
from rota.clinic_series.rules import (
    Pattern,
    Place,
    Wanted,
    wrong_with_pattern,
    wrong_with_session,
)
from rota.clinics.records import ClinicType
from rota.demand.queries import closures_for_planning
from rota.edits.commands import note_edit, write_contents
from rota.edits.rules import Cell, Content, EditKind, kept
from rota.lines.commands import mark_drafts
from rota.neighbourhoods.records import Neighbourhood
from rota.rotas.commands import lay_seats
from rota.rotas.records import Assignment, DemandLine, RotaPeriod, RotaVersion
from rota.rotas.rules import PeriodState
from rota.waiting.commands import give_places

SAID = "clinic"


@command
def add_clinic(actor: Actor, wanted: Wanted) -> uuid.UUID:
    """Hold one clinic beside any series, and want its people in the rota of that day."""
    require_planner_of_clinics(actor)
    require_known(actor, wanted.clinic_type_id, wanted.neighbourhood_id)
    require_free(actor, wanted.clinic_type_id, wanted.place)
    clinic = add_to_calendar(actor, wanted)
    lay([clinic])
    give_places(clinic)
    record(actor, "add_clinic", "clinic_session", clinic.id, day=str(clinic.day), site=clinic.site.code)
    return clinic.id


@command
def start_series(
    actor: Actor, clinic_type_id: uuid.UUID, neighbourhood_id: uuid.UUID, site_id: uuid.UUID, pattern: Pattern
) -> uuid.UUID:
    """Hold a clinic again and again; days on which the site is closed, or that are past, fall out."""
    require_planner_of_clinics(actor)
    require_known(actor, clinic_type_id, neighbourhood_id)
    site = get_site_for(actor, site_id)
    if wrong := wrong_with_pattern(pattern):
        raise Invalid(wrong)
    places = free_among(clinic_type_id, (Place(site_id, day, pattern.kind) for day in pattern.days))
    if not places:
        raise Invalid(
            "None of its days can be held: they are past, or the site is closed. Choose other dates."
        )
    series = ClinicSeries(
        clinic_type_id=clinic_type_id,
        neighbourhood_id=neighbourhood_id,
        site_id=site.id,
        weekday=pattern.weekday,
        kind=pattern.kind,
        every_weeks=pattern.every_weeks,
        starts_on=pattern.starts_on,
        ends_on=pattern.ends_on,
        made_by=actor.name,
    )
    db.session.add(series)
    db.session.flush()
    clinics = [
        add_to_calendar(actor, Wanted(clinic_type_id, neighbourhood_id, place), series) for place in places
    ]
    lay(clinics)
    for clinic in clinics:
        give_places(clinic)
    record(
        actor,
        "start_series",
        "clinic_series",
        series.id,
        site=site.code,
        pattern=pattern.said,
        clinics=len(clinics),
    )
    return series.id


def require_planner_of_clinics(actor: Actor) -> None:
    """Refuse those who may not plan the network's clinics; strangers to clinics learn nothing of them."""
    require(actor.may(Permission.EDIT_CLINICS), seen=actor.may(Permission.SEE_CLINICS))


def take_clinic(session_id: uuid.UUID) -> ClinicSession:
    """Return a clinic that stands open, and keep it from others until the end."""
    clinic = db.session.scalars(
        select(ClinicSession)
        .where(ClinicSession.id == session_id)
        .with_for_update(of=ClinicSession)
        .execution_options(populate_existing=True)
        .options(*WHOLE)
    ).one_or_none()
    if clinic is None:
        raise NotFound
    return clinic


def require_free(
    actor: Actor, clinic_type_id: uuid.UUID, place: Place, besides: uuid.UUID | None = None
) -> None:
    """Refuse a place and time at which such a clinic cannot be held."""
    site = get_site_for(actor, place.site_id)
    if wrong := wrong_with_session(place.day.weekday(), place.kind):
        raise Invalid(wrong)
    if place.day < today():
        raise Invalid("Choose today or a later day.")
    for closed in closures_for_planning(place.day, place.day):
        if closed.shuts(site.id, place.day, place.kind):
            raise Invalid(
                f"{site.name} is closed on {full_date(place.day)}: {closed.why}. Choose another day."
            )
    take_turns("clinics")
    if any(each.id != besides for each in _same(clinic_type_id, place)):
        raise Refusal("There is such a clinic in this place and session already.")
    clinic_type = db.session.get_one(ClinicType, clinic_type_id)
    beside = find_beside(actor, clinic_type, place, but=besides)
    if beside and beside.taken:
        raise Refusal(
            f"Other clinics have what {clinic_type.name} needs at {site.name} on {full_date(place.day)}. "
            f"{' '.join(beside.taken)} Choose another day, session or site, or move one of them first."
        )


def lay(clinics: Iterable[ClinicSession]) -> None:
    """Want the people of clinics in the rotas of their days; a later rota wants them by itself."""
    # A rota that is opened at this moment would see no clinic, and no clinic would see it.
    take_turns("periods")
    for clinic in clinics:
        period = _period_of(clinic.day)
        if period is not None:
            lay_seats(period, [clinic])
            mark_drafts(period.id)


def withdraw_lines(clinic: ClinicSession) -> None:
    """Want nobody for a clinic any more; a line on which anybody ever stood stays, and asks for nobody."""
    lines = db.session.scalars(select(DemandLine).where(DemandLine.clinic_session_id == clinic.id)).all()
    stood_on = set(
        db.session.scalars(
            select(Assignment.line_id).where(Assignment.line_id.in_({line.id for line in lines})).distinct()
        )
    )
    kept = [line.id for line in lines if line.id in stood_on]
    nobody = {"minimum": 0, "desired": 0, "maximum": 0, "clinic_session_id": None}
    db.session.execute(update(DemandLine).where(DemandLine.id.in_(kept)).values(nobody))
    db.session.execute(delete(DemandLine).where(DemandLine.id.in_({line.id for line in lines} - stood_on)))
    for period_id in {line.period_id for line in lines}:
        mark_drafts(period_id)


def contents_to_empty(rows: Iterable[Assignment]) -> Mapping[Cell, tuple[Content, Content]]:
    """Give the changes that take people off their seats."""
    return {Cell(row.member_id, row.day, row.kind): (kept(_columns(row)), None) for row in rows}


def empty_seats(actor: Actor, version: RotaVersion, rows: Iterable[Assignment], why: str) -> None:
    """Take people off their seats in a draft, which is locked; part of a command."""
    changes = contents_to_empty(rows)
    write_contents(version.id, dict.fromkeys(changes))
    note_edit(actor, version.id, EditKind.CHANGE, changes, SAID, why)


def _columns(row: Assignment) -> dict[str, object]:
    return {column.name: getattr(row, column.name) for column in Assignment.__table__.columns}


def add_to_calendar(actor: Actor, wanted: Wanted, series: ClinicSeries | None = None) -> ClinicSession:
    """Add a clinic, alone or of a series; its seats are laid apart. Part of a command."""
    clinic = ClinicSession(
        clinic_type_id=wanted.clinic_type_id,
        neighbourhood_id=wanted.neighbourhood_id,
        series=series,
        site_id=wanted.place.site_id,
        day=wanted.place.day,
        kind=wanted.place.kind,
        made_by=actor.name,
    )
    db.session.add(clinic)
    db.session.flush()
    return clinic


def free_among(clinic_type_id: uuid.UUID, places: Iterable[Place]) -> list[Place]:
    """Leave out what is past, where the site is closed, and where such a clinic is held already or others
    have the rooms and equipment.
    """
    take_turns("clinics")
    ahead = [place for place in places if place.day >= today()]
    if not ahead:
        return []
    days = [place.day for place in ahead]
    closures = closures_for_planning(min(days), max(days))
    return [
        place
        for place in ahead
        if not any(closed.shuts(place.site_id, place.day, place.kind) for closed in closures)
        and not _same(clinic_type_id, place)
        and not _has_others(clinic_type_id, place)
    ]


def _has_others(clinic_type_id: uuid.UUID, place: Place) -> bool:
    beside = find_beside(SYSTEM, db.session.get_one(ClinicType, clinic_type_id), place)
    return beside is not None and bool(beside.taken)


def _same(clinic_type_id: uuid.UUID, place: Place) -> Sequence[ClinicSession]:
    return db.session.scalars(
        select(ClinicSession).where(
            ClinicSession.clinic_type_id == clinic_type_id,
            ClinicSession.site_id == place.site_id,
            ClinicSession.day == place.day,
            ClinicSession.kind == place.kind,
            ClinicSession.closed_at.is_(None),
        )
    ).all()


def _period_of(day: date) -> RotaPeriod | None:
    return db.session.scalars(
        select(RotaPeriod).where(
            RotaPeriod.starts_on <= day, RotaPeriod.ends_on >= day, RotaPeriod.state != PeriodState.CLOSED
        )
    ).one_or_none()


def require_known(actor: Actor, clinic_type_id: uuid.UUID, neighbourhood_id: uuid.UUID) -> None:
    """Refuse a kind of clinic or a neighbourhood that is not there, and one that is not held any more."""
    clinic_type = db.session.get(ClinicType, clinic_type_id)
    if clinic_type is None or db.session.get(Neighbourhood, neighbourhood_id) is None:
        raise NotFound
    if clinic_type.retired_on and clinic_type.retired_on <= today():
        raise Refusal(f"{clinic_type.name} is not held any more. Choose another kind of clinic.")
    if not any(seat.needed for seat in clinic_type.seats):
        raise Refusal(f"{clinic_type.name} needs nobody yet. Add its seats first.")
