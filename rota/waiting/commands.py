"""Counting those who wait into clinics of the calendar, and out of them when they need them no more."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from network.access.rules import Actor
from network.audit.commands import record
from network.organisations.rules import travel_minutes
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Refusal
from rota.bundles.commands import refuse_bundle, take_bundle, write_bundle
from rota.bundles.queries import as_need
from rota.bundles.records import Bundle
from rota.bundles.rules import Need, needs_otherwise
from rota.clinic_series.queries import WHOLE
from rota.clinic_series.records import ClinicServing, ClinicSession
from rota.clinic_series.rules import capacity_of
from rota.clinics.queries import as_kind
from rota.places.commands import fill_places
from rota.places.queries import numbers_taken_in
from rota.solver.staff_rota.clinics import Bundle as Group
from rota.waiting.queries import bundles_for_planning


@command
def change_bundle(actor: Actor, bundle_id: uuid.UUID, need: Need, count: int) -> int:
    """Change how many they are, or what they need; return how many planned places are given back for it.

    Whoever needs something else is planned for anew.
    """
    row = take_bundle(actor, bundle_id)
    if row.ended_on:
        raise Refusal("These people were taken off the list. Put them back on it first.")
    # A due day that has passed may stay: it says that they wait too long.
    refuse_bundle(actor, need, count, known=row)
    before, other = row.count, needs_otherwise(as_need(row), need)
    write_bundle(row, need, count)
    given_back = _take_back(row, 0 if other else count)
    record(actor, "change_bundle", "bundle", row.id, before=before, after=count, given_back=given_back)
    return given_back


@command
def end_bundle(actor: Actor, bundle_id: uuid.UUID) -> int:
    """Take people off the list: they were seen, or need it no more; return how many places are given back."""
    row = take_bundle(actor, bundle_id)
    if row.ended_on:
        raise Refusal("These people were taken off the list already.")
    row.ended_on = today()
    given_back = _take_back(row, 0)
    record(actor, "end_bundle", "bundle", row.id, people=row.count, given_back=given_back)
    return given_back


@command
def reopen_bundle(actor: Actor, bundle_id: uuid.UUID) -> None:
    """Put people back on the list, and into clinics that have room for them."""
    row = take_bundle(actor, bundle_id)
    if not row.ended_on:
        raise Refusal("These people are on the list.")
    row.ended_on = None
    db.session.flush()
    for clinic in _clinics_ahead():
        _count_in(clinic, _free_in(clinic))
    record(actor, "reopen_bundle", "bundle", row.id, people=row.count)


def give_places(clinic: ClinicSession) -> None:
    """Give the free places of a clinic to those who wait: asked for by meetings first, then of bundles.

    Part of a command.
    """
    # Nobody could be told any more of a place for today.
    if clinic.day > today():
        free = _capacity(clinic) - sum(each.count for each in clinic.served)
        fill_places(clinic.id, clinic.clinic_type_id, clinic.site, max(0, free))
    _count_in(clinic, _free_in(clinic))


def _count_in(clinic: ClinicSession, free: int) -> None:
    for each in sorted(bundles_for_planning(), key=lambda each: -each.bundle.weight):
        waits = each.row.entered - each.row.planned
        if each.bundle_id and min(free, waits) > 0 and _suits(clinic, each.row.need, each.bundle):
            count = min(free, waits)
            _serve(clinic, each.bundle_id, count)
            free -= count


def _take_back(row: Bundle, most: int) -> int:
    """Leave people of a bundle places for so many, the first they have; give others those of clinics ahead.

    What was held already was held. Returns how many are given back.
    """
    served = db.session.scalars(
        select(ClinicServing)
        .join(ClinicServing.session)
        .where(ClinicServing.bundle_id == row.id, ClinicSession.closed_at.is_(None))
        .order_by(ClinicSession.day.desc(), ClinicSession.id)
        .with_for_update(of=ClinicServing)
    ).all()
    surplus = given_back = max(0, sum(each.count for each in served) - most)
    touched = []
    for each in served:
        if surplus and each.session.day >= today():
            less = min(surplus, each.count)
            surplus -= less
            touched.append(each.session)
            if less == each.count:
                each.session.served.remove(each)
            else:
                each.count -= less
    db.session.flush()
    for clinic in reversed(touched):
        _count_in(clinic, _free_in(clinic))
    return given_back - surplus


def _clinics_ahead() -> Sequence[ClinicSession]:
    return db.session.scalars(
        select(ClinicSession)
        .where(ClinicSession.day > today(), ClinicSession.closed_at.is_(None))
        .order_by(ClinicSession.day, ClinicSession.kind, ClinicSession.id)
        .options(*WHOLE)
    ).all()


def _capacity(clinic: ClinicSession) -> int:
    return capacity_of(as_kind(clinic.clinic_type))


def _free_in(clinic: ClinicSession) -> int:
    counted = sum(each.count for each in clinic.served)
    return max(0, _capacity(clinic) - counted - len(numbers_taken_in(clinic.id)))


def _suits(clinic: ClinicSession, need: Need, bundle: Group) -> bool:
    """Say whether people of a bundle can be seen in a clinic, and come to it."""
    site, home = clinic.site, clinic.neighbourhood.site
    return (
        need.neighbourhood_id == clinic.neighbourhood_id
        and bundle.kind in ("", str(clinic.clinic_type_id))
        and bundle.disciplines <= as_kind(clinic.clinic_type).core
        and (site.accessible or not need.needs_step_free)
        and travel_minutes(home, site) <= need.longest_minutes
    )


def _serve(clinic: ClinicSession, bundle_id: uuid.UUID, count: int) -> None:
    for each in clinic.served:
        if each.bundle_id == bundle_id:
            each.count += count
            break
    else:
        clinic.served.append(ClinicServing(bundle_id=bundle_id, count=count))
    db.session.flush()
