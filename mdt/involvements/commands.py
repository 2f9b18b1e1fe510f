"""Adding who is around a person, saying more of who is known, and ending it."""

import uuid
from dataclasses import replace

from mdt.involvements.queries import find_tie, get_involvement, team_seen
from mdt.involvements.records import Involvement
from mdt.involvements.rules import MOST_TIES, PLAIN, TieDetails, TieKind, wrong_with
from mdt.sharing.queries import Access, access_to
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotFound, Refusal


class ChangedMeanwhile(Refusal):
    """Somebody else changed what is said of somebody since it was looked at."""


@command
def note_web_opened(actor: Actor, patient_id: uuid.UUID) -> None:
    """Keep that somebody looked at who is around a person."""
    access = access_to(actor, patient_id)
    record(actor, "open_care_web", "patient", patient_id, reason=access.relation.reason.value)


@command
def note_web_printed(actor: Actor, patient_id: uuid.UUID) -> None:
    """Keep that somebody put on paper who is around a person."""
    access = _access(actor, patient_id)
    record(actor, "print_care_web", "patient", patient_id, reason=access.relation.reason.value)


@command
def add_involvement(actor: Actor, patient_id: uuid.UUID, details: TieDetails) -> uuid.UUID:
    """Add somebody around a person whom nothing else shows."""
    access = _access(actor, patient_id)
    if len(team_seen(access)) >= MOST_TIES:
        raise Invalid(f"There are {MOST_TIES} around this person already. End the part of one who has gone.")
    _refuse_clinical(access, details.kind)
    row = _keep(actor, Involvement(patient_id=patient_id), details, is_drawn=False)
    record(actor, "add_involvement", "patient", patient_id, involvement=str(row.id), kind=row.kind.value)
    return row.id


@command
def say_more(actor: Actor, patient_id: uuid.UUID, key: str, details: TieDetails) -> uuid.UUID:
    """Say more of somebody whom the data shows anyhow: how often they come, and whether they are valued."""
    access = _access(actor, patient_id)
    tie = find_tie(access, key)
    if tie is None or tie.row_id is not None:
        raise NotFound
    _refuse_clinical(access, tie.kind)
    row = Involvement(patient_id=patient_id, about=key, organisation_id=tie.organisation_id)
    known = replace(details, kind=tie.kind, name=tie.name, discipline=tie.discipline)
    row = _keep(actor, row, known, is_drawn=True)
    record(actor, "say_more", "patient", patient_id, involvement=str(row.id))
    return row.id


@command
def change_involvement(
    actor: Actor, involvement_id: uuid.UUID, details: TieDetails, *, seen: int
) -> uuid.UUID:
    """Change what was said of somebody; `seen` is the row version that was looked at."""
    row, access = _row_for(actor, involvement_id)
    if row.row_version != seen:
        raise ChangedMeanwhile("Somebody else has just changed this. Look at what stands there now.")
    if row.about:
        details = replace(details, kind=row.kind, name=row.name, discipline=row.discipline)
    _refuse_clinical(access, details.kind)
    _keep(actor, row, details, is_drawn=bool(row.about))
    record(actor, "change_involvement", "patient", row.patient_id, involvement=str(row.id))
    return row.patient_id


@command
def end_involvement(actor: Actor, involvement_id: uuid.UUID) -> uuid.UUID:
    """Keep that somebody is around the person no more, or take back what was said more of them."""
    row, _ = _row_for(actor, involvement_id)
    row.ended_on, row.ended_by = today(), actor.name
    record(actor, "end_involvement", "patient", row.patient_id, involvement=str(row.id))
    return row.patient_id


@command
def restore_involvement(actor: Actor, involvement_id: uuid.UUID) -> uuid.UUID:
    """Take back that somebody is around the person no more."""
    row, _ = _row_for(actor, involvement_id, is_ended=True)
    row.ended_on, row.ended_by = None, ""
    record(actor, "restore_involvement", "patient", row.patient_id, involvement=str(row.id))
    return row.patient_id


def _access(actor: Actor, patient_id: uuid.UUID) -> Access:
    access = access_to(actor, patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    return access


def _row_for(
    actor: Actor, involvement_id: uuid.UUID, *, is_ended: bool = False
) -> tuple[Involvement, Access]:
    row = get_involvement(involvement_id, is_ended=is_ended)
    access = _access(actor, row.patient_id)
    if not access.standing.is_clinical and row.kind not in PLAIN:
        raise NotFound
    return row, access


def _refuse_clinical(access: Access, kind: TieKind) -> None:
    """Let who is not clinical speak of the person's own life only: nothing else is theirs to read."""
    if not access.standing.is_clinical and kind not in PLAIN:
        raise Invalid("Choose family, a friend, a neighbour, a carer or a group.")


def _keep(actor: Actor, row: Involvement, details: TieDetails, *, is_drawn: bool) -> Involvement:
    if wrong := wrong_with(details, is_drawn=is_drawn, today=today()):
        raise Invalid(wrong)
    coming = details.coming
    row.kind, row.name, row.discipline = details.kind, details.name.strip(), details.discipline
    row.purpose, row.words = details.purpose, details.words.strip()
    row.rhythm, row.every_weeks = coming.rhythm, coming.every_weeks
    row.visits = sorted(visit.name for visit in coming.visits)
    row.since, row.until = coming.since, coming.until
    row.contact, row.is_valued, row.source = (
        details.contact.strip(),
        details.is_valued,
        details.source.strip(),
    )
    row.noted_by, row.noted_at = actor.name, now()
    db.session.add(row)
    db.session.flush()
    return row
