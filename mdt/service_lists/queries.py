"""Lists of services that were uploaded, held against the directory; and the directory as a list."""

import uuid

from sqlalchemy import select

from mdt.service_lists.rules import ANYBODY, Judged, Known, judged, key_of, read_list
from mdt.services.records import Service, ServiceFile
from mdt.services.rules import REFERRERS
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline


def get_file_for(viewer: Actor, file_id: uuid.UUID) -> ServiceFile:
    """Return a list that the viewer has uploaded and not taken in yet."""
    row = db.session.get(ServiceFile, file_id)
    if row is None or row.account_id != viewer.account_id or not viewer.may(Permission.BUILD_LISTS):
        raise NotFound
    return row


def preview_of(file: ServiceFile) -> list[Judged]:
    """Say row by row what taking a list in would do, as the directory is now."""
    known: dict[tuple[str, str], Known] = dict(services_by_key())
    return judged(read_list(file.content, today()), known)


def services_by_key() -> dict[tuple[str, str], Service]:
    """Return every entry, also those that have ended, by what rows of a list know it again."""
    return {key_of(row.name, row.provider): row for row in db.session.scalars(select(Service))}


def rows_to_take_out(viewer: Actor) -> list[list[str]]:
    """Return the directory as the rows of a list."""
    require(viewer.may(Permission.BUILD_LISTS))
    rows = db.session.scalars(select(Service).order_by(Service.name, Service.id))
    return [_row(service) for service in rows]


def _row(service: Service) -> list[str]:
    everybody = len(service.referrers) == len(REFERRERS)
    return [
        service.name,
        service.provider,
        service.kind.label,
        service.what,
        service.for_whom,
        service.area,
        ", ".join(service.languages),
        service.access,
        service.cost,
        "yes" if service.takes_self_referral else "no",
        ANYBODY if everybody else ", ".join(Discipline(each).label for each in service.referrers),
        service.how_to_refer,
        service.phone,
        service.email,
        service.website,
        f"{service.checked_on:%d/%m/%Y}",
        f"{service.ended_on:%d/%m/%Y}" if service.ended_on else "",
    ]
