"""Asking for leave with the answer at once, and granting it with what follows for the rota."""

import uuid
from dataclasses import dataclass

from network.access.rules import SYSTEM, Actor
from network.plumbing.commands import command
from network.plumbing.database import db, take_turns
from rota.advice.queries import weigh
from rota.drafts.commands import change_cells, open_draft
from rota.drafts.queries import members_of, standing_in
from rota.edits.rules import EditKind
from rota.leave.commands import approve_by_rule, approve_leave, request_leave
from rota.leave.queries import as_away
from rota.leave.records import Absence
from rota.leave.rules import Away
from rota.limits.rules import CODE
from rota.losses.queries import cells_taken, losses_of
from rota.rotas.commands import copy_version
from rota.rotas.rules import VersionState
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class Asked:
    """A request that was sent, and whether a rule approved it at once."""

    absence_id: uuid.UUID
    is_approved: bool


@command
def ask_for_leave(actor: Actor, member_id: uuid.UUID, away: Away, note: str = "") -> Asked:
    """Ask for leave; approved at once where nothing stands against it and the employer lets the rule."""
    # Two requests at the same moment would each find the last free place of their group.
    take_turns("leave")
    absence_id = request_leave(actor, member_id, away, note)
    weighed = weigh(db.session.get_one(RotaMember, member_id), away, besides=absence_id, fresh=True)
    if weighed.is_automatic:
        approve_by_rule(SYSTEM, absence_id, CODE)
    return Asked(absence_id, weighed.is_automatic)


@command
def approve_and_open(actor: Actor, absence_id: uuid.UUID) -> uuid.UUID | None:
    """Approve leave and take the person off the drafts; return a draft whose gaps can be filled now.

    What people were told stays as it is: where a published rota has no draft, one is begun as its copy.
    """
    approve_leave(actor, absence_id)
    absence = db.session.get_one(Absence, absence_id)
    _, touched = losses_of(absence.member, as_away(absence))
    versions = [version for version, _ in touched.values()]
    drafted = {version.period_id for version in versions if version.state is VersionState.DRAFT}
    opened = [version.id for version in versions if version.state is VersionState.DRAFT]
    for version in versions:
        if version.state is VersionState.CHOSEN and version.period_id not in drafted:
            opened.append(copy_version(actor, version.id))
    for version_id in opened:
        _clear(actor, version_id, absence)
    return opened[0] if opened else None


def _clear(actor: Actor, version_id: uuid.UUID, absence: Absence) -> None:
    """Take somebody off all that an absence takes in a draft, as one edit that can be undone."""
    cells = cells_taken(version_id, as_away(absence), absence.member_id)
    if not cells:
        return
    standing = standing_in(version_id, cells)
    changes = {cell: (standing[cell].content, None) for cell in cells}
    # Why somebody is away does not stand in the history of a rota, which their peers read.
    change_cells(
        actor, open_draft(actor, version_id), EditKind.CHANGE, changes, members_of(cells), "gaps opened"
    )
