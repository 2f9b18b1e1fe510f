"""Taking in a list of services: upload and look at it, then confirm or discard; and taking one out."""

import uuid

from sqlalchemy import delete

from mdt.service_lists.queries import get_file_for, preview_of, services_by_key
from mdt.service_lists.rules import KEPT_FOR, Effect, Line, Unfit, key_of, read_list
from mdt.services.commands import describe
from mdt.services.records import Service, ServiceFile
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, take_turns, today
from network.plumbing.refusals import Invalid, Refusal


@command
def upload_services(actor: Actor, name: str, content: bytes) -> uuid.UUID:
    """Keep a list of services for a day; nothing of it is in the directory yet."""
    require(actor.may(Permission.BUILD_LISTS))
    try:
        read_list(content, today())
    except Unfit as unfit:
        raise Invalid(str(unfit)) from None
    db.session.execute(delete(ServiceFile).where(ServiceFile.at < now() - KEPT_FOR))
    file = ServiceFile(account_id=actor.account_id, name=name[-120:], content=content)
    db.session.add(file)
    db.session.flush()
    record(actor, "upload_services", "service_file", file.id)
    return file.id


@command
def take_in_services(actor: Actor, file_id: uuid.UUID) -> int:
    """Take a list in, all of it or nothing; what it does not name stays. Return how many entries changed."""
    # Two lists at once would add one service twice.
    take_turns("services")
    file = get_file_for(actor, file_id)
    rows = preview_of(file)
    if any(row.effect is Effect.REFUSED for row in rows):
        raise Refusal("Mend the rows that cannot be read, then upload the list again.")
    known = services_by_key()
    wanted = [row.line for row in rows if row.effect is not Effect.SAME]
    for line in wanted:
        _write(actor, line, known)
    db.session.delete(file)
    record(actor, "take_in_services", "service_file", file.id, entries=len(wanted))
    return len(wanted)


@command
def discard_services(actor: Actor, file_id: uuid.UUID) -> None:
    """Forget an uploaded list."""
    file = get_file_for(actor, file_id)
    db.session.delete(file)
    record(actor, "discard_services", "service_file", file.id)


def _write(actor: Actor, line: Line, known: dict[tuple[str, str], Service]) -> None:
    assert line.said is not None
    service = known.get(key_of(line.said.name, line.said.provider))
    if service is None:
        service = Service(checked_on=line.checked_on or today(), checked_by=actor.name)
        db.session.add(service)
    elif line.checked_on is not None and line.checked_on > service.checked_on:
        service.checked_on, service.checked_by = line.checked_on, actor.name
    describe(service, line.said)
    service.ended_on = line.ended_on
