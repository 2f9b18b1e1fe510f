"""Every command there is: refused to a stranger without a trace, and never done without one."""

import uuid
from dataclasses import replace
from importlib import import_module

import pytest
from sqlalchemy import func, select, text

from mdt.seen.wording import DEEDS
from network.access.rules import Actor
from network.audit.records import AuditEntry
from network.audit.rules import PLATFORM
from network.plumbing.commands import COMMANDS
from network.plumbing.database import db, enter_network, in_network
from network.plumbing.refusals import Refusal
from tests.attempts import ATTEMPTS, Call, import_attempts
from tests.cast import Cast
from tests.whole import PACKAGES, import_every

import_every("commands")
import_attempts()


def is_command(name: str) -> bool:
    """Say whether a page can call it: tests of parts of commands make commands of those for themselves."""
    module, _, word = name.rpartition(".")
    return module.startswith(PACKAGES) and getattr(import_module(module), word, None) is COMMANDS[name]


NAMES = sorted(name for name in COMMANDS if is_command(name))


def entries(network_id) -> int:
    with in_network(network_id):
        return db.session.scalar(select(func.count()).select_from(AuditEntry))


def everything(network_id: uuid.UUID | None) -> dict[str, int]:
    """Count what there is, as far as a network shows it."""
    tables = [table for table in db.metadata.tables if table != "tries"]
    counts = " union all ".join(f"select '{table}', count(*) from \"{table}\"" for table in tables)
    with in_network(network_id):
        return {table: count for table, count in db.session.execute(text(counts))}


def test_every_command_has_an_attempt() -> None:
    assert NAMES
    assert not [name for name in NAMES if name not in ATTEMPTS], "say in tests/attempts/ how these are tried"
    assert not [name for name in ATTEMPTS if name not in NAMES], "these attempts are of no command"


@pytest.mark.parametrize("name", [name for name in NAMES if name in ATTEMPTS])
def test_others_are_refused_and_change_nothing_and_who_may_leaves_an_entry(cast: Cast, name: str) -> None:
    attempt = ATTEMPTS[name]
    call = attempt.make(cast)
    db.session.commit()
    if not attempt.own:
        nobody = replace(cast.stranger, network_id=cast.network.id, grants=())
        refuses(name, nobody, call)
    if not attempt.own and not attempt.anywhere:
        enter_network(cast.stranger.network_id)
        refuses(name, cast.stranger, call)
    enter_network(cast.network.id)
    before = entries(cast.network.id) + entries(PLATFORM)
    COMMANDS[name](call.actor, *call.args, **call.kwargs)
    assert entries(cast.network.id) + entries(PLATFORM) > before
    with in_network(cast.network.id):
        about = select(AuditEntry.verb).where(AuditEntry.about_kind.in_(("case", "patient")))
        unsaid = set(db.session.scalars(about)) - DEEDS.keys()
    assert not unsaid, "say in mdt/seen/wording.py what the person reads"


def refuses(name: str, actor: Actor, call: Call) -> None:
    """Try a command as somebody who may not: it is refused, and nothing is changed in either network."""
    networks = {actor.network_id, call.actor.network_id} - {None}
    before = [everything(network_id) for network_id in networks]
    with pytest.raises(Refusal) as refused:
        COMMANDS[name](actor, *call.args, **call.kwargs)
    assert refused.value.status in {403, 404}
    assert [everything(network_id) for network_id in networks] == before
