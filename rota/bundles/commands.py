"""Counting people who need several disciplines in one visit. Only how many they are is ever kept."""

import uuid

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound
from rota.bundles.queries import get_bundle_for
from rota.bundles.records import Bundle
from rota.bundles.rules import Need, wrong_with_bundle
from rota.clinics.queries import get_type_for
from rota.neighbourhoods.queries import get_neighbourhood_for


@command
def add_bundle(actor: Actor, need: Need, count: int) -> uuid.UUID:
    """Count people of a neighbourhood who have the same need."""
    _require_editor(actor)
    refuse_bundle(actor, need, count)
    row = Bundle()
    write_bundle(row, need, count)
    db.session.add(row)
    db.session.flush()
    record(actor, "add_bundle", "bundle", row.id, people=count, neighbourhood=str(need.neighbourhood_id))
    return row.id


def write_bundle(row: Bundle, need: Need, count: int) -> None:
    """Write down what people need and how many they are; part of a command."""
    for name, value in vars(need).items():
        setattr(row, name, sorted(value) if name == "disciplines" else value)
    row.count = count


def refuse_bundle(actor: Actor, need: Need, count: int, known: Bundle | None = None) -> None:
    """Refuse what makes no sense, beside what is known already."""
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


def take_bundle(actor: Actor, bundle_id: uuid.UUID) -> Bundle:
    """Return a bundle to be changed, and keep it from others until the end."""
    _require_editor(actor)
    get_bundle_for(actor, bundle_id)
    wanted = select(Bundle).where(Bundle.id == bundle_id).with_for_update()
    row = db.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound
    return row


def _require_editor(actor: Actor) -> None:
    require(actor.may(Permission.EDIT_CLINICS), seen=actor.may(Permission.SEE_CLINICS))
