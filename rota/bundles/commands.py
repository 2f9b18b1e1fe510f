"""Counting people who need several disciplines in one visit. Only how many they are is ever kept."""

import uuid

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.bundles.queries import get_bundle_for
from rota.bundles.records import Bundle
from rota.bundles.rules import Need, wrong_with_bundle
from rota.clinics.queries import get_type_for
from rota.neighbourhoods.queries import get_neighbourhood_for


@command
def add_bundle(actor: Actor, need: Need, count: int) -> uuid.UUID:
    """Count people of a neighbourhood who have the same need."""
    _require_editor(actor)
    _refuse(actor, need, count)
    row = Bundle()
    _write(row, need, count)
    db.session.add(row)
    db.session.flush()
    record(actor, "add_bundle", "bundle", row.id, people=count, neighbourhood=str(need.neighbourhood_id))
    return row.id


@command
def change_bundle(actor: Actor, bundle_id: uuid.UUID, need: Need, count: int) -> None:
    """Change how many they are, or what they need."""
    row = _locked(actor, bundle_id)
    if row.ended_on:
        raise Refusal("These people were taken off the list. Put them back on it first.")
    # A due day that has passed may stay: it says that they wait too long.
    _refuse(actor, need, count, known=row)
    before = row.count
    _write(row, need, count)
    record(actor, "change_bundle", "bundle", row.id, before=before, after=count)


@command
def end_bundle(actor: Actor, bundle_id: uuid.UUID) -> None:
    """Take people off the list: they were seen, or need it no more."""
    row = _locked(actor, bundle_id)
    if row.ended_on:
        raise Refusal("These people were taken off the list already.")
    row.ended_on = today()
    record(actor, "end_bundle", "bundle", row.id, people=row.count)


@command
def reopen_bundle(actor: Actor, bundle_id: uuid.UUID) -> None:
    """Put people back on the list."""
    row = _locked(actor, bundle_id)
    if not row.ended_on:
        raise Refusal("These people are on the list.")
    row.ended_on = None
    record(actor, "reopen_bundle", "bundle", row.id, people=row.count)


def _write(row: Bundle, need: Need, count: int) -> None:
    for name, value in vars(need).items():
        setattr(row, name, sorted(value) if name == "disciplines" else value)
    row.count = count


def _refuse(actor: Actor, need: Need, count: int, known: Bundle | None = None) -> None:
    day = min(today(), known.due_on) if known and known.due_on else today()
    for sentence in wrong_with_bundle(need, count, day).values():
        raise Invalid(sentence)
    get_neighbourhood_for(actor, need.neighbourhood_id)
    if need.clinic_type_id is None:
        return
    wanted = get_type_for(actor, need.clinic_type_id)
    has = {seat.discipline for seat in wanted.seats}
    if missing := sorted(each.label for each in need.disciplines if each not in has):
        raise Invalid(f"{wanted.name} has no seat for {missing[0]}. Choose another clinic or none.")
    if wanted.retired_on and not (known and known.clinic_type_id == wanted.id):
        raise Invalid(f"{wanted.name} is retired. Choose another clinic.")


def _locked(actor: Actor, bundle_id: uuid.UUID) -> Bundle:
    _require_editor(actor)
    get_bundle_for(actor, bundle_id)
    wanted = select(Bundle).where(Bundle.id == bundle_id).with_for_update()
    row = db.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _require_editor(actor: Actor) -> None:
    require(actor.may(Permission.EDIT_CLINICS), seen=actor.may(Permission.SEE_CLINICS))
