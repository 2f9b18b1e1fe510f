"""What an installation does for itself, and notes in the trail."""

import logging
from datetime import datetime

from flask import render_template

from network.access.guard import require
from network.access.rules import Actor
from network.audit.chain import Checked, check_chain, signature_of
from network.audit.commands import record
from network.audit.records import ChainCheck
from network.audit.rules import PLATFORM, START
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, in_network, now
from network.plumbing.mail import address_of, post
from network.upkeep.queries import emails_of_investigators, last_finding

log = logging.getLogger(__name__)
BROKEN = "The audit trail does not hold"


@command
def check_trail(actor: Actor) -> Checked:
    """Check the chain of the network at work, keep and sign what was found, and tell of a break."""
    require(actor.is_system, seen=False)
    network_id = current_network() or PLATFORM
    with in_network(network_id):
        before, checked = last_finding(network_id), check_chain(network_id)
        number, last = checked.end or (0, START)
        said = checked.broken.said if checked.broken else ""
        check = ChainCheck(network_id=network_id, checked_at=now(), number=number, hash=last, broken=said)
        check.signature = signature_of(check)
        db.session.add(check)
        record(actor, "check_trail", "chain", check.id, entries=checked.entries, found=said or "whole")
    # The log lies outside the database: what it says of a chain no owner of the database can take back.
    log.info("chain checked", extra={"chain": str(network_id), "number": number, "hash": last})
    if said and said != before:
        _tell_of_break(checked)
    return checked


@command
def note_rotation(actor: Actor, how: str, texts: int) -> None:
    """Note that sealing with a new key was begun, done or stopped, and how many texts it changed."""
    require(actor.is_system, seen=False)
    with in_network(None):
        record(actor, "rotate_keys", "installation", how=how, texts=texts)


@command
def note_backup(actor: Actor, sha256: str, rows: int) -> None:
    """Note that everything was taken out of the database, and by which hash that copy is known."""
    require(actor.is_system, seen=False)
    with in_network(None):
        record(actor, "make_backup", "installation", sha256=sha256, rows=rows)


@command
def note_restore(actor: Actor, sha256: str, made_at: datetime) -> None:
    """Note that the database was put back to where a backup had it; what came after is gone."""
    require(actor.is_system, seen=False)
    with in_network(None):
        record(actor, "restore_backup", "installation", sha256=sha256, made_at=made_at.isoformat())


def _tell_of_break(checked: Checked) -> None:
    assert checked.broken is not None
    letter = render_template(
        "network/upkeep/broken.txt",
        said=checked.broken.said,
        is_platform=checked.network_id == PLATFORM,
        link=address_of("audit.index"),
    )
    for email in emails_of_investigators(checked.network_id):
        post(email, BROKEN, letter)
