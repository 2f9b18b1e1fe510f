"""Keeping the directory: entries added, corrected, checked and ended, and suggestions to correct one."""

import uuid
from dataclasses import asdict

from mdt.services.queries import get_service_for, get_suggestion_for, may_keep
from mdt.services.records import Service, Suggestion
from mdt.services.rules import LONGEST_WORDS, Described, wrong_with_service
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, NotAllowed, Refusal

ONLY_THEIRS = (
    "Only those who coordinate, and members of the organisation that runs it, can change this entry."
)


class ChangedMeanwhile(Refusal):
    """Somebody else changed the entry since it was looked at."""


@command
def add_service(actor: Actor, said: Described, organisation_id: uuid.UUID | None = None) -> uuid.UUID:
    """Add a service: coordinators any, members those of their own organisation."""
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    _refuse_others(actor, organisation_id)
    service = Service(organisation_id=organisation_id)
    describe(service, said)
    _check(actor, service)
    db.session.add(service)
    db.session.flush()
    record(actor, "add_service", "service", service.id)
    return service.id


@command
def change_service(
    actor: Actor, service_id: uuid.UUID, said: Described, organisation_id: uuid.UUID | None, *, seen: int
) -> None:
    """Correct an entry, which is checked by that; `seen` is the row version that was looked at."""
    service = _service_to_change(actor, service_id)
    if service.row_version != seen:
        raise ChangedMeanwhile("Somebody else has just changed this entry. Look at it again, then change it.")
    if organisation_id != service.organisation_id:
        _refuse_others(actor, organisation_id)
    service.organisation_id = organisation_id
    describe(service, said)
    _check(actor, service)
    record(actor, "change_service", "service", service.id)


@command
def check_service(actor: Actor, service_id: uuid.UUID) -> None:
    """Keep that somebody asked, and that an entry is still right."""
    service = _service_to_change(actor, service_id)
    _check(actor, service)
    record(actor, "check_service", "service", service.id)


@command
def end_service(actor: Actor, service_id: uuid.UUID) -> None:
    """Keep that a service is no longer there: nobody is offered it any more."""
    service = _service_to_change(actor, service_id)
    service.ended_on = today()
    record(actor, "end_service", "service", service.id)


@command
def restore_service(actor: Actor, service_id: uuid.UUID) -> None:
    """Take back that a service has ended."""
    service = _service_to_change(actor, service_id)
    service.ended_on = None
    record(actor, "restore_service", "service", service.id)


@command
def suggest_correction(actor: Actor, service_id: uuid.UUID, words: str) -> uuid.UUID:
    """Tell those who keep an entry what is wrong with it."""
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    service = get_service_for(actor, service_id)
    if not words.strip():
        raise Invalid("Enter what is wrong, and what is right if you know it.")
    if len(words.strip()) > LONGEST_WORDS:
        raise Invalid(f"Shorten this to {LONGEST_WORDS} characters: it has {len(words.strip())}.")
    row = Suggestion(service_id=service.id, words=words.strip(), made_by=actor.name)
    db.session.add(row)
    db.session.flush()
    record(actor, "suggest_correction", "service", service.id, suggestion=str(row.id))
    return row.id


@command
def answer_suggestion(actor: Actor, suggestion_id: uuid.UUID) -> uuid.UUID:
    """Keep that a suggestion was dealt with, whether the entry was changed or not."""
    row = get_suggestion_for(actor, suggestion_id)
    row.answered_at, row.answered_by = now(), actor.name
    record(actor, "answer_suggestion", "service", row.service_id, suggestion=str(row.id))
    return row.service_id


def _service_to_change(actor: Actor, service_id: uuid.UUID) -> Service:
    service = get_service_for(actor, service_id)
    _refuse_others(actor, service.organisation_id)
    return service


def _refuse_others(actor: Actor, organisation_id: uuid.UUID | None) -> None:
    if not may_keep(actor, organisation_id):
        raise NotAllowed(ONLY_THEIRS)


def describe(service: Service, said: Described) -> None:
    """Write what is said of a service into its entry; part of a command."""
    if wrong := wrong_with_service(said):
        raise Invalid(wrong)
    for name, value in asdict(said).items():
        setattr(service, name, value)
    service.languages = list(said.languages)
    service.referrers = [each.value for each in said.referrers]


def _check(actor: Actor, service: Service) -> None:
    service.checked_on, service.checked_by = today(), actor.name
