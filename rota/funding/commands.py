"""Agreeing on shares."""

import uuid
from collections.abc import Mapping
from datetime import date

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import RoleGroup
from rota.funding.queries import next_number, sharing_for
from rota.funding.records import AgreedShare, ShareAgreement
from rota.funding.rules import wrong_with_shares

LONGEST_WHY = 300


@command
def agree_shares(
    actor: Actor, group: RoleGroup, starts_on: date, shares: Mapping[uuid.UUID, int], why: str
) -> uuid.UUID:
    """Agree on the practices' shares in a group of roles from a day on; earlier agreements stay known."""
    require(actor.may(Permission.EDIT_FUNDING))
    if wrong := wrong_with_shares(shares):
        raise Invalid(wrong)
    if set(shares) - {organisation.id for organisation in sharing_for(actor)}:
        raise NotFound("One of these practices does not share roles here any more. Load the page again.")
    return _agree(actor, group, starts_on, shares, why)


@command
def share_by_list(actor: Actor, group: RoleGroup, starts_on: date, why: str) -> uuid.UUID:
    """Let the practices share a group of roles by their lists again from a day on."""
    require(actor.may(Permission.EDIT_FUNDING))
    return _agree(actor, group, starts_on, {}, why)


def _agree(
    actor: Actor, group: RoleGroup, starts_on: date, shares: Mapping[uuid.UUID, int], why: str
) -> uuid.UUID:
    if not why.strip():
        raise Invalid("Enter who agreed on this and when, such as 'Network board, 3 November'.")
    if len(why) > LONGEST_WHY:
        raise Invalid(f"Shorten the text to {LONGEST_WHY} characters.")
    agreement = ShareAgreement(
        role_group=group,
        starts_on=starts_on,
        number=next_number(),
        why=why.strip(),
        made_by=actor.name,
        shares=[
            AgreedShare(organisation_id=organisation_id, percent=percent)
            for organisation_id, percent in shares.items()
        ],
    )
    db.session.add(agreement)
    db.session.flush()
    record(
        actor,
        "agree_shares",
        "share_agreement",
        agreement.id,
        role_group=group.label,
        starts_on=str(starts_on),
        shares=sorted(shares.values(), reverse=True),
        why=why.strip(),
    )
    return agreement.id
