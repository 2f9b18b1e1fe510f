"""Changing the registry: organisations, and their belonging to a network."""

import uuid
from datetime import date
from typing import TypeVar

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import (
    find_by_ods_code,
    find_membership_for,
    find_site_by_code,
    get_organisation_for,
    has_left,
    network_of,
    serves_another_network,
)
from network.organisations.records import Membership, Organisation, Site
from network.organisations.rules import KEEPS_A_LIST, tidy_code, wrong_with_ods_code
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import OrganisationKind

Row = TypeVar("Row")


@command
def found_network(actor: Actor, *, name: str, short_name: str, ods_code: str = "") -> uuid.UUID:
    """Start a network; only the system does."""
    require(actor.is_system, seen=False)
    code = _free_ods_code(OrganisationKind.NETWORK, ods_code)
    network = _added(
        Organisation(kind=OrganisationKind.NETWORK, name=name, short_name=short_name, ods_code=code)
    )
    record(actor, "found_network", "organisation", network.id, name=name)
    return network.id


@command
def add_organisation(
    actor: Actor,
    *,
    kind: OrganisationKind,
    name: str,
    short_name: str = "",
    ods_code: str = "",
    list_size: int | None = None,
    adjusted_list_size: int | None = None,
    joined_on: date | None = None,
) -> uuid.UUID:
    """Register an organisation that no network knows yet, as a member of the actor's."""
    require(actor.may(Permission.EDIT_ORGANISATIONS))
    if kind is OrganisationKind.NETWORK:
        raise Invalid("Choose another kind: a network cannot be a member of a network.")
    organisation = Organisation(kind=kind, ods_code=_free_ods_code(kind, ods_code))
    _describe(organisation, name, short_name, list_size, adjusted_list_size)
    _added(organisation)
    _join(actor, organisation, joined_on)
    record(actor, "add_organisation", "organisation", organisation.id, name=name, kind=kind)
    return organisation.id


@command
def change_organisation(
    actor: Actor,
    organisation_id: uuid.UUID,
    *,
    name: str,
    short_name: str = "",
    ods_code: str = "",
    list_size: int | None = None,
    adjusted_list_size: int | None = None,
) -> None:
    """Correct what is said of an organisation."""
    organisation = organisation_to_edit(actor, organisation_id)
    if tidy_code(ods_code) != (organisation.ods_code or ""):
        organisation.ods_code = _free_ods_code(organisation.kind, ods_code)
    _describe(organisation, name, short_name, list_size, adjusted_list_size)
    record(actor, "change_organisation", "organisation", organisation.id, name=name)


@command
def join_network(actor: Actor, *, ods_code: str, joined_on: date | None = None) -> uuid.UUID:
    """Let an organisation that is in the registry already join the actor's network too.

    A code is public: who serves another network comes in only by the hand of whoever runs Quorate.
    """
    require(actor.may(Permission.EDIT_ORGANISATIONS))
    organisation = find_by_ods_code(tidy_code(ods_code))
    if organisation is None or organisation.kind is OrganisationKind.NETWORK:
        raise Invalid("No organisation here has that ODS code. Check the code, or add the organisation.")
    membership = find_membership_for(actor, organisation.id)
    if membership and (membership.left_on is None or membership.left_on > (joined_on or today())):
        raise Refusal(f"{organisation.name} belongs to your network already.")
    if not actor.is_system and serves_another_network(actor, organisation.id):
        raise Refusal(
            f"{organisation.name} belongs to another network. Agree with it, then ask whoever runs Quorate"
            " to let it serve yours too (`quorate network share`)."
        )
    for site in organisation.sites:
        _refuse_double_code(actor, site)
    _join(actor, organisation, joined_on)
    record(actor, "join_network", "organisation", organisation.id, name=organisation.name)
    return organisation.id


@command
def leave_network(actor: Actor, organisation_id: uuid.UUID, *, left_on: date | None = None) -> None:
    """End an organisation's membership; it is no longer a member on `left_on`."""
    membership = _membership_to_edit(actor, organisation_id)
    left_on = left_on or today()
    if left_on < membership.joined_on:
        raise Invalid("Choose a day on or after the day on which it joined.")
    membership.left_on = left_on
    record(actor, "leave_network", "organisation", organisation_id, left_on=left_on.isoformat())


@command
def stay_in_network(actor: Actor, organisation_id: uuid.UUID) -> None:
    """Take back that an organisation leaves, as if it had never left."""
    membership = _membership_to_edit(actor, organisation_id)
    membership.left_on = None
    record(actor, "stay_in_network", "organisation", organisation_id)


def organisation_to_edit(actor: Actor, organisation_id: uuid.UUID) -> Organisation:
    """Return an organisation that is the actor's to change."""
    organisation = get_organisation_for(actor, organisation_id)
    require_editor(actor, organisation.id)
    return organisation


def require_editor(actor: Actor, organisation_id: uuid.UUID) -> None:
    """Refuse who may not change what is said of an organisation, its sites and what is in them."""
    require(actor.may(Permission.EDIT_ORGANISATIONS, organisation_id=organisation_id))
    if has_left(actor, organisation_id):
        raise Refusal("This organisation has left your network. What is said of it is not yours to change.")


def _membership_to_edit(actor: Actor, organisation_id: uuid.UUID) -> Membership:
    get_organisation_for(actor, organisation_id)
    require(actor.may(Permission.EDIT_ORGANISATIONS, organisation_id=organisation_id))
    membership = find_membership_for(actor, organisation_id)
    if membership is None:
        raise Refusal("The network itself can neither join nor leave.")
    return membership


def _join(actor: Actor, organisation: Organisation, joined_on: date | None) -> None:
    _added(
        Membership(
            network_id=network_of(actor), organisation_id=organisation.id, joined_on=joined_on or today()
        )
    )


def _describe(
    organisation: Organisation,
    name: str,
    short_name: str,
    list_size: int | None,
    adjusted_list_size: int | None,
) -> None:
    for size in (list_size, adjusted_list_size):
        if size is not None and (organisation.kind not in KEEPS_A_LIST or size < 0):
            raise Invalid("Leave the list size empty: only a GP practice has a list, of 0 or more people.")
    organisation.name = name
    organisation.list_size, organisation.adjusted_list_size = list_size, adjusted_list_size
    organisation.short_name = short_name or name[:40]


def _free_ods_code(kind: OrganisationKind, given: str) -> str | None:
    code = tidy_code(given)
    if not code:
        return None
    wrong = wrong_with_ods_code(kind, code)
    if wrong:
        raise Invalid(wrong)
    holder = find_by_ods_code(code)
    if holder:
        raise Refusal(
            f"{holder.name} is registered with the code {code} already. Let it join your network instead."
        )
    return code


def _refuse_double_code(actor: Actor, site: Site) -> None:
    holder = find_site_by_code(network_of(actor), site.code)
    if holder and holder.id != site.id:
        raise Refusal(
            f"{site.name} and {holder.name} share the code {site.code}. Change that of one of them first."
        )


def _added(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
