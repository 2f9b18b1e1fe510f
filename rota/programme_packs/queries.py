"""The programmes that come with the product, and what they would change in those of a network."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from network.access.rules import Actor, Permission
from network.plumbing.refusals import NotFound
from rota.programme_packs.rules import Pack, PackDifference, differences, pack_of
from rota.programmes.queries import as_design, programmes_for, requirements_of
from rota.programmes.records import Programme

PACKS = Path(__file__).parents[1] / "programmes" / "packs"


@cache
def packs() -> Mapping[str, Pack]:
    """Return the programmes that a network can begin from, by key."""
    found: dict[str, Pack] = {}
    for file in sorted(PACKS.glob("*.yaml")):
        pack = pack_of(yaml.safe_load(file.read_text()))
        if pack.key in found:
            raise ValueError(f"{pack.key} stands twice.")
        found[pack.key] = pack
    return found


def get_pack(key: str) -> Pack:
    """Return one of them by its key."""
    if key not in packs():
        raise NotFound
    return packs()[key]


def unused_packs(viewer: Actor) -> dict[str, Pack]:
    """Return the packs that the network has no programme of yet, by key."""
    used = {row.pack_key for row in programmes_for(viewer)}
    return {key: pack for key, pack in packs().items() if key not in used}


def newer_pack(row: Programme) -> Pack | None:
    """Return the pack of a programme where it has a version that the network has not looked at."""
    pack = packs().get(row.pack_key)
    return pack if pack and pack.version > row.pack_version else None


def programmes_behind(viewer: Actor) -> list[Programme]:
    """Return the programmes of which a later version is known that nobody has looked at."""
    if not viewer.may(Permission.EDIT_ROTATIONS):
        return []
    return [row for row in programmes_for(viewer) if row.retired_on is None and newer_pack(row)]


def differences_with(row: Programme) -> list[PackDifference]:
    """Say what the pack of a programme says otherwise than the network does, whichever version it is."""
    pack = get_pack(row.pack_key)
    return differences(as_design(row), requirements_of(row), pack)
