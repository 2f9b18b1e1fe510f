"""Changing cells of a draft together, as one edit, and taking edits back."""

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.rules import kinds_on
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from rota.drafts.queries import Changes, count_cover, members_of, out_of_reach, standing_in
from rota.edits.commands import note_edit, write_contents
from rota.edits.queries import get_edit, lines_gone, stacks_for
from rota.edits.records import Edit
from rota.edits.rules import Cell, Content, EditKind, same_content
from rota.rotas.commands import WrongState
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import VersionState
from rota.staff.records import RotaMember


class ChangedMeanwhile(Refusal):
    """Somebody else changed these cells since they were looked at."""

    def __init__(self, sentence: str, cells: Collection[Cell] = ()) -> None:
        super().__init__(sentence)
        self.cells = tuple(cells)


def open_draft(actor: Actor, version_id: uuid.UUID) -> RotaVersion:
    """Return a draft, locked, so that changes follow each other and none is lost."""
    version = get_version_for(actor, version_id)
    if not actor.may_somewhere(Permission.EDIT_ROTA):
        raise NotAllowed
    version = db.session.scalars(
        select(RotaVersion)
        .where(RotaVersion.id == version.id)
        .options(joinedload(RotaVersion.period))
        .with_for_update(of=RotaVersion)
        .execution_options(populate_existing=True)
    ).one()
    if version.state is not VersionState.DRAFT:
        raise WrongState("This rota is published. Make a new version, change that, and publish it.")
    return version


def change_cells(
    actor: Actor,
    version: RotaVersion,
    kind: EditKind,
    changes: Changes,
    members: Mapping[uuid.UUID, RotaMember],
    said: str = "",
    takes_back: uuid.UUID | None = None,
) -> Edit:
    """Let the cells of an opened draft hold something else, all of them or none, and note it as one edit."""
    _require_sessions(version, changes)
    _require_reach(actor, changes, members)
    write_contents(version.id, {cell: after for cell, (_, after) in changes.items()})
    short, wanted = count_cover(version)
    version.summary = {"wishes": None, "is_stale": False, **version.summary, "short": short, "wanted": wanted}
    edit = note_edit(actor, version.id, kind, changes, said, takes_back=takes_back)
    about = {"edit": str(edit.id), "kind": kind.value, "cells": len(changes)}
    record(actor, "edit_rota", "rota_version", version.id, **about)
    return edit


@command
def undo(actor: Actor, version_id: uuid.UUID) -> list[Cell]:
    """Take back one's own last edit that has not been taken back yet, and say which cells it was."""
    version = open_draft(actor, version_id)
    edit_id = stacks_for(actor, version.id).to_undo
    if edit_id is None:
        raise Refusal("There is nothing to undo.")
    return _reverse(actor, version, get_edit(edit_id), EditKind.UNDO)


@command
def redo(actor: Actor, version_id: uuid.UUID) -> list[Cell]:
    """Do again what was undone last, and say which cells it was."""
    version = open_draft(actor, version_id)
    edit_id = stacks_for(actor, version.id).to_redo
    if edit_id is None:
        raise Refusal("There is nothing to do again.")
    return _reverse(actor, version, get_edit(edit_id), EditKind.REDO)


def _reverse(actor: Actor, version: RotaVersion, edit: Edit, kind: EditKind) -> list[Cell]:
    changes: dict[Cell, tuple[Content, Content]] = {
        each.cell: (each.after, each.before) for each in edit.changes
    }
    standing = standing_in(version.id, changes)
    other = [cell for cell, (held, _) in changes.items() if not same_content(standing[cell].content, held)]
    if other:
        raise ChangedMeanwhile("This has been changed again since. Change it by hand instead.", other)
    if lines_gone(after for _, after in changes.values()):
        raise Refusal(
            "Somebody would be back in a clinic that is not held any more. Change it by hand instead."
        )
    change_cells(actor, version, kind, changes, members_of(changes), takes_back=edit.id)
    return sorted(changes, key=lambda cell: (cell.day, cell.kind, cell.member_id))


def _require_sessions(version: RotaVersion, cells: Collection[Cell]) -> None:
    for cell in cells:
        if not version.period.starts_on <= cell.day <= version.period.ends_on:
            raise NotFound
        if cell.kind not in kinds_on(cell.day.weekday()):
            raise NotFound


def _require_reach(actor: Actor, changes: Changes, members: Mapping[uuid.UUID, RotaMember]) -> None:
    if out_of_reach(actor, changes, members):
        raise NotAllowed("You can change the rota of your own organisation's people and sites only.")
