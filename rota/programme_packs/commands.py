"""Beginning with a programme of the product, and taking from a later version what a network wants of it."""

import uuid
from collections.abc import Collection

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.refusals import Invalid, Refusal
from rota.programme_packs.queries import differences_with, get_pack
from rota.programme_packs.rules import taken
from rota.programmes.commands import (
    add_programme,
    add_requirement,
    change_programme,
    change_requirement,
    lock_programme,
    remove_requirement,
)
from rota.programmes.queries import as_design, requirements_of


@command
def use_pack(actor: Actor, key: str) -> uuid.UUID:
    """Copy a programme of the product into the network, which may change it from then on."""
    pack = get_pack(key)
    return add_programme(actor, pack.design, pack.requirements, pack_key=pack.key, pack_version=pack.version)


@command
def take_differences(
    actor: Actor, programme_id: uuid.UUID, chosen: Collection[str], seen_version: int
) -> int:
    """Take the chosen differences of a programme's pack; all others stay as the network has them.

    `seen_version` is that of the pack whose differences the editor looked at.
    """
    row = lock_programme(actor, programme_id)
    if not row.pack_key:
        raise Invalid(f"{row.name} is the network's own: there is nothing to compare it with.")
    pack = get_pack(row.pack_key)
    if pack.version != seen_version:
        raise Refusal("There is a newer version by now. Load the page again and look at that.")
    found = [each for each in differences_with(row) if each.key in chosen]
    design, changed = taken(as_design(row), requirements_of(row), found)
    if design != as_design(row):
        change_programme(actor, row.id, design, row.row_version)
    rows = {each.key: each.id for each in row.requirements}
    for key, requirement in changed.items():
        if requirement is None:
            remove_requirement(actor, rows[key])
        elif key in rows:
            change_requirement(actor, rows[key], requirement)
        else:
            add_requirement(actor, row.id, requirement)
    row.pack_version = pack.version
    record(actor, "take_differences", "programme", row.id, version=pack.version, taken=len(found))
    return len(found)
