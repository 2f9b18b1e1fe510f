"""Saying where contracts let dental and sight-test work be done."""

import uuid

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_site_for
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Discipline
from rota.premises.queries import get_premises_for
from rota.premises.records import ContractPremises
from rota.premises.rules import LICENSED, LONGEST_CONTRACT


@command
def add_premises(actor: Actor, discipline: Discipline, site_id: uuid.UUID, contract: str = "") -> uuid.UUID:
    """Let a discipline work at a site, as a contract allows."""
    _require_editor(actor)
    site = get_site_for(actor, site_id)
    if discipline not in LICENSED:
        raise Invalid("Choose a discipline that needs a contract for its premises.")
    if len(contract.strip()) > LONGEST_CONTRACT:
        raise Invalid(f"Shorten the contract to {LONGEST_CONTRACT} characters.")
    same = select(ContractPremises).where(
        ContractPremises.discipline == discipline, ContractPremises.site_id == site.id
    )
    if db.session.scalars(same).first():
        raise Refusal(f"{discipline.label} may be done at {site.name} already.")
    row = ContractPremises(discipline=discipline, site=site, contract=contract.strip())
    db.session.add(row)
    db.session.flush()
    record(actor, "add_premises", "contract_premises", row.id, discipline=discipline, site=site.code)
    return row.id


@command
def remove_premises(actor: Actor, premises_id: uuid.UUID) -> None:
    """Let a discipline work at a site no more; what is planned there stays until it is planned anew."""
    _require_editor(actor)
    row = get_premises_for(actor, premises_id)
    record(
        actor,
        "remove_premises",
        "contract_premises",
        row.id,
        discipline=row.discipline,
        site=row.site.code,
        contract=row.contract,
    )
    db.session.delete(row)


def _require_editor(actor: Actor) -> None:
    require(actor.may(Permission.EDIT_CLINICS), seen=actor.may(Permission.SEE_CLINICS))
