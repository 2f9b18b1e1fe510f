"""A network's own questions: added, ended, asked again."""

import uuid
from collections.abc import Sequence

from mdt.panels.queries import extra_fields, get_extra_field_for
from mdt.panels.records import ExtraField
from mdt.panels.rules import FieldKind, wrong_with_question
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid
from network.vocabulary import Discipline


@command
def add_question(
    actor: Actor,
    discipline: Discipline,
    label: str,
    kind: FieldKind,
    *,
    hint: str = "",
    choices: Sequence[str] = (),
) -> uuid.UUID:
    """Ask a discipline something more, from the next contribution on."""
    require(actor.may(Permission.BUILD_LISTS))
    tidy = tuple(each.strip() for each in choices if each.strip()) if kind is FieldKind.CHOICE else ()
    if wrong := wrong_with_question(label, kind, tidy):
        raise Invalid(wrong)
    asked = extra_fields(discipline)
    if label.strip().casefold() in {each.label.casefold() for each in asked if each.ended_on is None}:
        raise Invalid("This is asked already.")
    # Never an earlier name again: what was answered to that question keeps its label.
    row = ExtraField(
        discipline=discipline,
        name=f"extra_{len(asked) + 1}",
        label=label.strip(),
        hint=hint.strip(),
        kind=kind,
        choices=list(tidy),
        position=len(asked) + 1,
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "add_question", "panel_question", row.id, discipline=discipline.value, kind=kind.value)
    return row.id


@command
def end_question(actor: Actor, field_id: uuid.UUID) -> Discipline:
    """Ask a question no more; what was answered to it stays."""
    row = get_extra_field_for(actor, field_id)
    row.ended_on = today()
    record(actor, "end_question", "panel_question", row.id, discipline=row.discipline.value)
    return row.discipline


@command
def ask_again(actor: Actor, field_id: uuid.UUID) -> Discipline:
    """Ask a question again that was ended."""
    row = get_extra_field_for(actor, field_id)
    row.ended_on = None
    record(actor, "ask_question_again", "panel_question", row.id, discipline=row.discipline.value)
    return row.discipline
