"""Every command there is: refused to a stranger without a trace, and never done without one."""

from dataclasses import replace
from importlib import import_module

import pytest
from sqlalchemy import func, select, text

from network.audit.records import AuditEntry
from network.audit.rules import PLATFORM
from network.plumbing.commands import COMMANDS
from network.plumbing.database import db, enter_network, in_network
from network.plumbing.refusals import Refusal
from tests.attempts import ATTEMPTS, import_attempts
from tests.cast import Cast
from tests.whole import PACKAGES, import_every

import_every("commands")
import_attempts()


def is_command(name: str) -> bool:
    """Say whether a page can call it: tests of parts of commands make commands of those for themselves."""
    module, _, word = name.rpartition(".")
    return module.startswith(PACKAGES) and getattr(import_module(module), word, None) is COMMANDS[name]


NAMES = sorted(name for name in COMMANDS if is_command(name))
GUARDED = [name for name in NAMES if name in ATTEMPTS and not ATTEMPTS[name].own]
FOREIGN = [name for name in GUARDED if not ATTEMPTS[name].anywhere]


def entries(network_id) -> int:
    with in_network(network_id):
        return db.session.scalar(select(func.count()).select_from(AuditEntry))


def everything() -> dict[str, int]:
    """Count what there is, as far as the network of the moment shows it."""
    tables = [table for table in db.metadata.tables if table != "tries"]
    return {table: db.session.scalar(text(f'select count(*) from "{table}"')) for table in tables}


def test_every_command_has_an_attempt() -> None:
    assert NAMES
    assert not [name for name in NAMES if name not in ATTEMPTS], "say in tests/attempts/ how these are tried"
    assert not [name for name in ATTEMPTS if name not in NAMES], "these attempts are of no command"


@pytest.mark.parametrize("name", [name for name in NAMES if name in ATTEMPTS])
def test_it_leaves_an_entry(cast: Cast, name: str) -> None:
    call = ATTEMPTS[name].make(cast)
    db.session.commit()
    enter_network(cast.network.id)
    before = entries(cast.network.id) + entries(PLATFORM)
    COMMANDS[name](call.actor, *call.args, **call.kwargs)
    assert entries(cast.network.id) + entries(PLATFORM) > before


@pytest.mark.parametrize("name", FOREIGN)
def test_it_is_refused_to_a_stranger(cast: Cast, name: str) -> None:
    call = ATTEMPTS[name].make(cast)
    db.session.commit()
    here = everything()
    enter_network(cast.stranger.network_id)
    there = everything()
    with pytest.raises(Refusal) as refused:
        COMMANDS[name](cast.stranger, *call.args, **call.kwargs)
    assert refused.value.status in {403, 404}
    assert everything() == there
    enter_network(cast.network.id)
    assert everything() == here


@pytest.mark.parametrize("name", GUARDED)
def test_it_is_refused_to_somebody_without_a_role(cast: Cast, name: str) -> None:
    call = ATTEMPTS[name].make(cast)
    db.session.commit()
    before = everything()
    nobody = replace(cast.stranger, network_id=cast.network.id, grants=())
    with pytest.raises(Refusal) as refused:
        COMMANDS[name](nobody, *call.args, **call.kwargs)
    assert refused.value.status in {403, 404}
    assert everything() == before
