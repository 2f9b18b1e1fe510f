"""Bringing a sheet into a draft: upload and look at it, then confirm or discard."""

import uuid
from dataclasses import astuple

from sqlalchemy import delete, or_

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.refusals import Invalid, Refusal
from network.plumbing.unpacking import read_workbook
from rota.cells.commands import Edited, edit_cells
from rota.edits.rules import EditKind
from rota.intake.comparison.queries import Comparison, Wanted
from rota.intake.queries import get_draft_for, get_sheet_for
from rota.intake.records import RotaSheet
from rota.intake.rules import KEPT_FOR, MOST_ROWS, read_people

MOST_PROBLEMS = 500


@command
def upload_rota_sheet(actor: Actor, version_id: uuid.UUID, name: str, content: bytes) -> uuid.UUID:
    """Keep for a day what a sheet would change in a draft; nothing of it is written yet."""
    comparison = Comparison(actor, get_draft_for(actor, version_id))
    arrived = read_workbook(content, MOST_ROWS)
    people = read_people(arrived.sheets, comparison.period, comparison.problems)
    if not people and not comparison.problems:
        raise Invalid(
            "No rota was found in this workbook. It needs a row of dates, AM and PM in the row below, and "
            "names in the first column: download the rota to see how."
        )
    wanted = comparison.wanted(people)
    _forget_old(actor)
    sheet = RotaSheet(version_id=version_id, account_id=actor.account_id, name=name[-120:])
    sheet.outcome = {
        "wanted": [each.as_plain() for each in wanted],
        "problems": [list(astuple(each)) for each in comparison.problems[:MOST_PROBLEMS]],
        "left_out": list(arrived.not_read),
        "people": len(comparison.people),
    }
    db.session.add(sheet)
    db.session.flush()
    record(actor, "upload_rota_sheet", "rota_version", version_id, name=sheet.name)
    return sheet.id


@command
def confirm_rota_sheet(actor: Actor, version_id: uuid.UUID, sheet_id: uuid.UUID) -> Edited:
    """Change the cells that a sheet has otherwise, all as one edit that can be undone."""
    sheet = get_sheet_for(actor, version_id, sheet_id)
    if sheet.outcome["problems"]:
        raise Refusal("Mend the problems in the sheet first, and upload it again.")
    changes = [Wanted.of_plain(each).change for each in sheet.outcome["wanted"]]
    edited = edit_cells(actor, version_id, changes, EditKind.IMPORT, said=f"Taken from {sheet.name}")
    db.session.delete(sheet)
    record(actor, "confirm_rota_sheet", "rota_version", version_id, name=sheet.name, cells=len(edited.cells))
    return edited


@command
def discard_rota_sheet(actor: Actor, version_id: uuid.UUID, sheet_id: uuid.UUID) -> None:
    """Forget an uploaded sheet."""
    sheet = get_sheet_for(actor, version_id, sheet_id)
    db.session.delete(sheet)
    record(actor, "discard_rota_sheet", "rota_version", version_id, name=sheet.name)


def _forget_old(actor: Actor) -> None:
    old = RotaSheet.at < now() - KEPT_FOR
    db.session.execute(delete(RotaSheet).where(or_(old, RotaSheet.account_id == actor.account_id)))
