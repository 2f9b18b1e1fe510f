"""Naming the neighbourhoods that clinics are held for."""

import uuid

from sqlalchemy.exc import IntegrityError

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_site_for
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, Refusal
from rota.neighbourhoods.queries import find_neighbourhood_named, get_neighbourhood_for
from rota.neighbourhoods.records import Neighbourhood
from rota.neighbourhoods.rules import wrong_with_name


@command
def add_neighbourhood(actor: Actor, name: str, site_id: uuid.UUID) -> uuid.UUID:
    """Add a neighbourhood; travel of its people is reckoned from its home site."""
    _require_editor(actor)
    row = Neighbourhood()
    _write(actor, row, name, site_id)
    db.session.add(row)
    db.session.flush()
    record(actor, "add_neighbourhood", "neighbourhood", row.id, name=row.name, home=row.site.code)
    return row.id


@command
def change_neighbourhood(actor: Actor, neighbourhood_id: uuid.UUID, name: str, site_id: uuid.UUID) -> None:
    """Rename a neighbourhood, or move its home site."""
    _require_editor(actor)
    row = get_neighbourhood_for(actor, neighbourhood_id)
    before = row.name
    _write(actor, row, name, site_id)
    record(
        actor,
        "change_neighbourhood",
        "neighbourhood",
        row.id,
        before=before,
        after=row.name,
        home=row.site.code,
    )


@command
def remove_neighbourhood(actor: Actor, neighbourhood_id: uuid.UUID) -> None:
    """Take away a neighbourhood for which nothing was ever planned or counted."""
    _require_editor(actor)
    row = get_neighbourhood_for(actor, neighbourhood_id)
    name = row.name
    db.session.delete(row)
    try:
        # What hangs on it is kept by subjects that this one does not know.
        db.session.flush()
    except IntegrityError:
        raise Refusal(
            f"{name} has bundles or clinics, also old ones. Give it another name instead."
        ) from None
    record(actor, "remove_neighbourhood", "neighbourhood", neighbourhood_id, name=name)


def _write(actor: Actor, row: Neighbourhood, name: str, site_id: uuid.UUID) -> None:
    if wrong := wrong_with_name(name):
        raise Invalid(wrong)
    site = get_site_for(actor, site_id)
    same = find_neighbourhood_named(name)
    if same and same is not row:
        raise Refusal(f"There is a neighbourhood called {same.name} already. Choose another name.")
    row.name, row.site = name.strip(), site


def _require_editor(actor: Actor) -> None:
    require(actor.may(Permission.EDIT_CLINICS), seen=actor.may(Permission.SEE_CLINICS))
