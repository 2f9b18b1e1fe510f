"""Noting facts about people, and taking back what was wrong: nothing is written over."""

import uuid
from collections.abc import Mapping

from mdt.facts.queries import facts_of, get_fact, may_read, pack, spec_of
from mdt.facts.records import PatientFact
from mdt.facts.rules import LONGEST_SOURCE, Fact, FactOrigin, wrong_with_fact
from mdt.panels.rules import Answer
from mdt.sharing.queries import access_to_change
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal


@command
def note_facts(
    actor: Actor,
    patient_id: uuid.UUID,
    facts: Mapping[str, Answer],
    source: str,
    origin: FactOrigin = FactOrigin.BY_HAND,
    from_id: uuid.UUID | None = None,
) -> int:
    """Note facts about somebody, each as of a day; return how many of them were not known like that yet."""
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    access = access_to_change(actor, patient_id)
    specs = [pack().specs[key] for key in facts if key in pack().specs]
    # What one may not read one does not write over unseen.
    require(all(may_read(access, spec) for spec in specs))
    if not facts:
        raise Invalid("Enter at least one fact.")
    return keep_facts(actor, patient_id, facts, source, origin, from_id)


@command
def take_back_fact(actor: Actor, fact_id: uuid.UUID) -> uuid.UUID:
    """Take back a fact that was wrong: what was known before counts again, and both stay on record."""
    row = get_fact(fact_id)
    _to_change(actor, row)
    if row.taken_back_at is not None:
        raise Refusal(f"{row.taken_back_by} has taken this back already.")
    row.taken_back_at, row.taken_back_by = now(), actor.name
    record(actor, "take_back_fact", "patient", row.patient_id, fact=str(row.id))
    return row.patient_id


@command
def restore_fact(actor: Actor, fact_id: uuid.UUID) -> uuid.UUID:
    """Let a fact count after all that was taken back."""
    row = get_fact(fact_id)
    _to_change(actor, row)
    row.taken_back_at, row.taken_back_by = None, ""
    record(actor, "restore_fact", "patient", row.patient_id, fact=str(row.id))
    return row.patient_id


def keep_facts(
    actor: Actor,
    patient_id: uuid.UUID,
    facts: Mapping[str, Answer],
    source: str,
    origin: FactOrigin,
    from_id: uuid.UUID | None = None,
) -> int:
    """Keep what is not known like that yet; part of a command that has asked for access."""
    said = source.strip()
    if not said or len(said) > LONGEST_SOURCE:
        raise Invalid(f"Enter who said so, in at most {LONGEST_SOURCE} characters.")
    day = today()
    for key, answer in facts.items():
        if key not in pack().specs:
            raise Invalid("One of these facts is not known to this system. Go back and choose again.")
        if wrong := wrong_with_fact(spec_of(key), answer, day):
            raise Invalid(wrong)
    known = {each.key: each for each in facts_of(patient_id)}
    fresh = [
        Fact(key, answer.value, answer.as_at, said)
        for key, answer in facts.items()
        if known.get(key) != Fact(key, answer.value, answer.as_at, said)
    ]
    for each in fresh:
        db.session.add(
            PatientFact(
                patient_id=patient_id,
                key=each.key,
                value=str(each.value),
                as_at=each.as_at,
                kind=origin,
                source=said,
                from_id=from_id,
                noted_by=actor.name,
            )
        )
        # Of one day, what is noted last counts: rows of one moment would tie.
        db.session.flush()
    # Which facts, the trail need not know: some of their names tell of an illness.
    record(actor, "note_facts", "patient", patient_id, count=len(fresh), origin=origin.value)
    return len(fresh)


def _to_change(actor: Actor, row: PatientFact) -> None:
    require(actor.may_somewhere(Permission.CONTRIBUTE))
    access = access_to_change(actor, row.patient_id)
    spec = pack().specs.get(row.key)
    require(spec is None or may_read(access, spec), seen=False)
