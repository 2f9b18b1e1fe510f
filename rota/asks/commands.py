"""Asking people for a duty outside their pattern, and opening it to bank and locums."""

import uuid

from flask import render_template
from sqlalchemy import select

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.mail import post
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from rota.asks.queries import askings_of, is_away
from rota.asks.records import RotaAsking
from rota.cover.wording import session_said
from rota.drafts.commands import open_draft
from rota.notices.queries import reaches_of
from rota.rotas.queries import get_version_for
from rota.rotas.records import DemandLine, RotaVersion
from rota.staff.records import RotaMember

SUBJECT = "Could you work outside your usual pattern?"


@command
def ask_person(actor: Actor, version_id: uuid.UUID, line_id: uuid.UUID, member_id: uuid.UUID) -> bool:
    """Ask somebody whether they could take a duty outside their pattern; say whether a letter goes."""
    version = open_draft(actor, version_id)
    line, member = _line(version, line_id), db.session.get(RotaMember, member_id)
    if member is None:
        raise NotFound
    _require(actor, member.engagement.employer_id, line.site.organisation_id)
    if any(row.member_id == member.id for row in askings_of(version.id, line.id)):
        raise Refusal(f"{member.name} was asked for this already.")
    if is_away(member, line.day, line.kind):
        raise Refusal(f"{member.name} is not available then. Ask somebody else.")
    row = _keep(actor, version, line, member)
    reach = reaches_of([member.engagement.person_id])[member.engagement.person_id]
    if reach.email:
        session = session_said(line.day, line.kind)
        letter = render_template("rota/asks/letter.txt", session=session)
        post(reach.email, SUBJECT, letter)
    record(actor, "ask_person", "rota_asking", row.id, member=str(member.id), letter=bool(reach.email))
    return bool(reach.email)


@command
def open_to_bank(actor: Actor, version_id: uuid.UUID, line_id: uuid.UUID) -> uuid.UUID:
    """Open a duty to bank and locums: it stays short until somebody is found and planned."""
    version = open_draft(actor, version_id)
    line = _line(version, line_id)
    _require(actor, line.site.organisation_id)
    if any(row.member_id is None for row in askings_of(version.id, line.id)):
        raise Refusal("This duty is open to bank and locums already.")
    row = _keep(actor, version, line, None)
    record(actor, "open_to_bank", "rota_asking", row.id, line=str(line.id))
    return row.id


@command
def end_asking(actor: Actor, asking_id: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID]:
    """Note that somebody has answered, or that nobody is asked any more; give the version and the line."""
    row = db.session.scalars(
        select(RotaAsking).where(RotaAsking.id == asking_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound
    get_version_for(actor, row.version_id)
    employer = [row.member.engagement.employer_id] if row.member else []
    _require(actor, row.line.site.organisation_id, *employer)
    if row.ended_at is not None:
        raise Refusal("This has been ended already.")
    row.ended_at, row.ended_by = now(), actor.name
    record(actor, "end_asking", "rota_asking", row.id)
    return row.version_id, row.line_id


def _line(version: RotaVersion, line_id: uuid.UUID) -> DemandLine:
    line = db.session.get(DemandLine, line_id)
    if line is None or line.period_id != version.period_id:
        raise NotFound
    return line


def _require(actor: Actor, *organisation_ids: uuid.UUID) -> None:
    """Refuse whoever edits the rota of none of these organisations."""
    if not any(actor.may(Permission.EDIT_ROTA, organisation_id=each) for each in organisation_ids):
        raise NotAllowed("You can ask your own organisation's people, and for its own sites, only.")


def _keep(actor: Actor, version: RotaVersion, line: DemandLine, member: RotaMember | None) -> RotaAsking:
    row = RotaAsking(
        version_id=version.id, line_id=line.id, member_id=member.id if member else None, asked_by=actor.name
    )
    db.session.add(row)
    db.session.flush()
    return row
