"""A rota's sheets that were uploaded, as far as their owner may see them."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, NotFound
from rota.intake.comparison.queries import Wanted
from rota.intake.records import RotaSheet
from rota.intake.rules import KEPT_FOR
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rotas.rules import VersionState
from rota.tables.rules import Problem


@dataclass(frozen=True)
class SheetView:
    """An uploaded sheet as its page shows it."""

    sheet_id: uuid.UUID
    version: RotaVersion
    name: str
    wanted: tuple[Wanted, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    people: int


def get_draft_for(viewer: Actor, version_id: uuid.UUID) -> RotaVersion:
    """Return a draft that the viewer takes part in planning."""
    version = get_version_for(viewer, version_id)
    require(viewer.may_somewhere(Permission.EDIT_ROTA))
    if version.state is not VersionState.DRAFT:
        raise Invalid(
            "A sheet is brought into a draft. Choose 'Change this rota' first, then bring it in there."
        )
    return version


def get_sheet_for(viewer: Actor, version_id: uuid.UUID, sheet_id: uuid.UUID) -> RotaSheet:
    """Return a sheet that the viewer uploaded not long ago; nobody else may see it."""
    get_draft_for(viewer, version_id)
    sheet = db.session.scalars(
        select(RotaSheet).where(
            RotaSheet.id == sheet_id,
            RotaSheet.version_id == version_id,
            RotaSheet.account_id == viewer.account_id,
            RotaSheet.at > now() - KEPT_FOR,
        )
    ).one_or_none()
    if sheet is None:
        raise NotFound("This sheet is not kept any more. Upload it again.")
    return sheet


def sheet_view_for(viewer: Actor, version_id: uuid.UUID, sheet_id: uuid.UUID) -> SheetView:
    """Return an uploaded sheet as its page shows it."""
    sheet = get_sheet_for(viewer, version_id, sheet_id)
    outcome: dict[str, Any] = sheet.outcome
    return SheetView(
        sheet.id,
        get_version_for(viewer, version_id),
        sheet.name,
        tuple(Wanted.of_plain(each) for each in outcome["wanted"]),
        tuple(Problem(*each) for each in outcome["problems"]),
        tuple(outcome["left_out"]),
        outcome["people"],
    )
