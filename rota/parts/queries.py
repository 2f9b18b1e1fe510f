"""Which parts of a draft the viewer may have filled."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from network.access.rules import Actor, Permission
from network.organisations.queries import sites_for
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from rota.rotas.queries import get_version_for, said_of, sees_drafts
from rota.rotas.records import DemandLine, RotaVersion


@dataclass(frozen=True)
class Choice:
    """A draft, and the sites of it that the viewer may have filled; `is_whole` where these are all."""

    version: RotaVersion
    said: str
    sites: tuple[tuple[uuid.UUID, str], ...]
    is_whole: bool


def parts_for(viewer: Actor, version_id: uuid.UUID) -> Choice:
    """Return the sites whose cover the viewer may have filled in a draft."""
    version = get_version_for(viewer, version_id)
    if not sees_drafts(viewer):
        raise NotFound
    reach = viewer.organisations_for(Permission.FILL_ROTA)
    wanting = set(
        db.session.scalars(select(DemandLine.site_id).where(DemandLine.period_id == version.period_id))
    )
    sites = tuple(
        (site.id, site.name)
        for site in sites_for(viewer)
        if site.id in wanting and (reach is None or site.organisation_id in reach)
    )
    return Choice(version, said_of(version), sites, reach is None)
