"""The demo's facts: what somebody wrote down about invented people, some of it too long ago to count."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

from mdt.facts.commands import note_facts
from mdt.facts.queries import spec_of
from mdt.invented import Noted
from mdt.panels.rules import Answer, FieldKind, Value
from network.access.rules import Actor
from network.plumbing.database import today


def note_invented(actor: Actor, patient_id: uuid.UUID, noted: Iterable[Noted]) -> None:
    """Note the facts of an invented person, each as of its day."""
    for each in noted:
        known_on = today() - timedelta(days=each.ago)
        facts = {key: Answer(_value(key, value), known_on) for key, value in each.facts.items()}
        note_facts(actor, patient_id, facts, each.source)


def _value(key: str, value: Value) -> Value:
    is_days_ago = spec_of(key).field.kind is FieldKind.DAY and isinstance(value, int)
    return (today() - timedelta(days=int(value))).isoformat() if is_days_ago else value
