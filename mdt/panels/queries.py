"""The panels: what the packs ask of each discipline, and what the network adds."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml
from sqlalchemy import func, select

from mdt.panels.records import ExtraField
from mdt.panels.rules import Field, Panel, as_panel
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline

PACKS = Path(__file__).parent / "packs"


@cache
def packs() -> dict[Discipline, Panel]:
    """Read the packs once; one that is wrong in itself stops the start."""
    panels = [as_panel(yaml.safe_load(file.read_text())) for file in sorted(PACKS.glob("*.yaml"))]
    found = {panel.discipline: panel for panel in panels}
    if len(found) < len(panels):
        raise ValueError("Two packs are of the same discipline.")
    return found


def pack_of(discipline: Discipline) -> Panel:
    """Return the questions that the pack has for a discipline; others are asked in their own words alone."""
    general = Panel(discipline, "general", "In words alone: no pack has questions for them.", "", ())
    return packs().get(discipline, general)


def panel_of(discipline: Discipline) -> Panel:
    """Return what a discipline is asked today: the pack's questions, then the network's own."""
    extra = tuple(as_field(row) for row in extra_fields(discipline) if row.ended_on is None)
    pack = pack_of(discipline)
    return replace(pack, fields=pack.fields + extra)


def fields_ever(discipline: Discipline) -> dict[str, Field]:
    """Return each question ever asked of a discipline, by name: earlier answers need their labels."""
    extra = {row.name: as_field(row) for row in extra_fields(discipline)}
    return {each.name: each for each in pack_of(discipline).fields} | extra


def extra_fields(discipline: Discipline) -> Sequence[ExtraField]:
    """Return the network's own questions to a discipline, also those that are asked no more."""
    return db.session.scalars(
        select(ExtraField).where(ExtraField.discipline == discipline).order_by(ExtraField.position)
    ).all()


def extra_counts() -> dict[Discipline, int]:
    """Return how many questions of its own the network asks of each discipline."""
    rows = db.session.execute(
        select(ExtraField.discipline, func.count())
        .where(ExtraField.ended_on.is_(None))
        .group_by(ExtraField.discipline)
    )
    return {discipline: count for discipline, count in rows}


def get_extra_field_for(viewer: Actor, field_id: uuid.UUID) -> ExtraField:
    """Return one of the network's own questions."""
    require(viewer.may(Permission.BUILD_LISTS), seen=False)
    row = db.session.get(ExtraField, field_id)
    if row is None:
        raise NotFound
    return row


def as_field(row: ExtraField) -> Field:
    """Give a network's own question as a field."""
    return Field(
        name=row.name,
        label=row.label,
        kind=row.kind,
        hint=row.hint,
        high=1_000_000,
        is_whole=False,
        choices={choice: choice for choice in row.choices},
    )
