"""Agreeing with people on how they work."""

import uuid
from collections.abc import Collection

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid
from rota.agreed.queries import find_agreement_with, get_pairing_for, pairings_of
from rota.agreed.records import AgreedCompanion, AgreedPairing, AgreedWork
from rota.agreed.rules import PairingKind, WorkAgreement, wrong_with_agreement, wrong_with_pairing
from rota.staff.queries import get_member_to_change
from rota.staff.records import RotaMember


@command
def agree_on_work(actor: Actor, member_id: uuid.UUID, agreed: WorkAgreement) -> None:
    """Keep what was agreed with somebody; what is empty is left to the rules again."""
    member = _member_to_edit(actor, member_id)
    if wrong := wrong_with_agreement(agreed):
        raise Invalid(wrong)
    row = find_agreement_with(member.id) or AgreedWork(member_id=member.id)
    for name, value in vars(agreed).items():
        setattr(row, name, value)
    db.session.add(row)
    plain = {name: str(value) for name, value in vars(agreed).items() if value is not None}
    record(actor, "agree_on_work", "rota_member", member.id, **plain)


@command
def pair_people(
    actor: Actor,
    member_id: uuid.UUID,
    other_id: uuid.UUID,
    kind: PairingKind | None,
    *,
    days: int | None = None,
    is_firm: bool = True,
    why: str = "",
    others: Collection[uuid.UUID] = (),
) -> uuid.UUID:
    """Keep two people apart, let one work only beside the other, or let them meet every so often.

    `others` meet with the two.
    """
    member = _member_to_edit(actor, member_id)
    other = get_member_to_change(actor, other_id)
    beside = [get_member_to_change(actor, each) for each in dict.fromkeys(others)]
    if wrong := wrong_with_pairing(kind, days, why, len(beside)):
        raise Invalid(wrong)
    everybody = [each.engagement.person_id for each in (member, other, *beside)]
    if len(set(everybody)) < len(everybody):
        raise Invalid("Choose each person once: some of these are posts of one person.")
    # Only who works beside whom has a direction.
    same = [(member.id, other.id), *([] if kind is PairingKind.BESIDE else [(other.id, member.id)])]
    if any(
        each.kind is kind
        and (each.one_id, each.other_id) in same
        and {one.member_id for one in each.companions} == {one.id for one in beside}
        for each in pairings_of(member)
    ):
        raise Invalid("This holds between the two already. End that first, to agree on something else.")
    row = AgreedPairing(
        kind=kind,
        one_id=member.id,
        other_id=other.id,
        is_firm=is_firm,
        why=why.strip().rstrip("."),
        made_by=actor.name,
        companions=[AgreedCompanion(member_id=each.id) for each in beside],
    )
    if kind is PairingKind.MEETS:
        row.days = days or row.days
    db.session.add(row)
    db.session.flush()
    # The reason stays out of the trail: it is for managers of these two alone.
    record(actor, "pair_people", "rota_member", member.id, pairing=str(row.id), other=str(other.id))
    return row.id


@command
def end_pairing(actor: Actor, pairing_id: uuid.UUID) -> None:
    """Let a pairing hold no longer."""
    row = get_pairing_for(actor, pairing_id)
    record(actor, "end_pairing", "rota_member", row.one_id, pairing=str(row.id), other=str(row.other_id))
    db.session.delete(row)


def _member_to_edit(actor: Actor, member_id: uuid.UUID) -> RotaMember:
    member = get_member_to_change(actor, member_id)
    require(actor.may(Permission.EDIT_STAFF, organisation_id=member.engagement.employer_id))
    return member
