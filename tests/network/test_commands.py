import pytest
from sqlalchemy import func, select

from network.access.rules import SYSTEM, Actor, Role
from network.audit.commands import record
from network.audit.records import AuditEntry
from network.organisations.records import Organisation
from network.plumbing.commands import MadeMeanwhile, Unaudited, command
from network.plumbing.database import db
from network.vocabulary import OrganisationKind
from tests.cast import Cast


@command
def found_quietly(actor: Actor, name: str) -> None:
    db.session.add(Organisation(kind=OrganisationKind.PHARMACY, name=name, short_name=name))


@command
def found(actor: Actor, name: str) -> None:
    found_quietly(actor, name)
    record(actor, "organisation.found", "organisation")


def test_a_command_that_leaves_no_audit_entry_does_not_commit(cast: Cast) -> None:
    with pytest.raises(Unaudited):
        found_quietly(SYSTEM, "Silent Pharmacy")
    assert db.session.scalar(select(func.count()).where(Organisation.name == "Silent Pharmacy")) == 0


def test_a_command_inside_another_joins_its_transaction(cast: Cast) -> None:
    found(cast[Role.ADMINISTRATOR], "Loud Pharmacy")
    assert db.session.scalar(select(func.count()).where(Organisation.name == "Loud Pharmacy")) == 1
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.number, entry.actor) == (1, cast[Role.ADMINISTRATOR].name)


@command
def found_twice(actor: Actor, ods_code: str) -> None:
    for name in ("First Pharmacy", "Second Pharmacy"):
        db.session.add(
            Organisation(kind=OrganisationKind.PHARMACY, name=name, short_name=name, ods_code=ods_code)
        )
    record(actor, "organisation.found", "organisation")


def test_what_two_people_make_at_once_is_refused_with_a_sentence(cast: Cast) -> None:
    with pytest.raises(MadeMeanwhile, match="just made the same"):
        found_twice(SYSTEM, "FX999")
    assert db.session.scalar(select(func.count()).where(Organisation.ods_code == "FX999")) == 0
