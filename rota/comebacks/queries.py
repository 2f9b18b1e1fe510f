"""Who came in after all, or is back early, while others still stand in for them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor, Permission
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Refusal
from rota.edits.queries import among, contents_of
from rota.edits.records import ChangeEvent, Edit
from rota.edits.rules import Cell, Content
from rota.leave.queries import AbsenceSeen, as_away, as_seen
from rota.leave.records import Absence
from rota.leave.rules import KEEPS_AWAY, AbsenceState
from rota.repairs.queries import ill_beside
from rota.repairs.records import AbsenceCover
from rota.repairs.rules import SAID, WHY, Changes, CoverState, hanging_on, one_after_another
from rota.rotas.queries import find_chosen_version
from rota.rotas.records import RotaVersion
from rota.rotas.rules import VersionState


@dataclass(frozen=True)
class Back:
    """Somebody who is back, though what was sent because they were ill still stands."""

    absence: AbsenceSeen
    cover: AbsenceCover


def back_now(viewer: Actor) -> list[Back]:
    """Return who is back while others stand in for them, for those who publish and decide on their leave."""
    if not viewer.may(Permission.PUBLISH_ROTA):
        return []
    rows = db.session.scalars(
        select(AbsenceCover)
        .join(AbsenceCover.absence)
        .where(
            AbsenceCover.edit_id.is_not(None),
            AbsenceCover.state != CoverState.ENDED,
            Absence.state.in_({AbsenceState.WITHDRAWN, AbsenceState.ENDED}),
        )
        .options(joinedload(AbsenceCover.absence).joinedload(Absence.member))
        .order_by(AbsenceCover.at, AbsenceCover.id)
    )
    found = (Back(as_seen(viewer, row.absence), row) for row in rows if _is_still_off(row.absence))
    return [each for each in found if each.absence.may_decide]


def to_put_back(absence: Absence) -> Mapping[uuid.UUID, Changes]:
    """Give what repairs did for somebody and is not needed any more, by rota: of the sessions not over."""
    found: dict[uuid.UUID, Changes] = {}
    for period_id, changes in _sent_for(absence):
        own = hanging_on(absence.member_id, ill_beside(absence.member_id, changes), changes)
        if own is None:
            raise Refusal(
                "Two people were covered on the same duty. Make a new version and change it by hand."
            )
        needless = {cell: pair for cell, pair in own.items() if _is_needless(absence, cell, pair)}
        found[period_id] = one_after_another(found.get(period_id, {}), needless)
    return {period_id: changes for period_id, changes in found.items() if changes}


def _is_still_off(absence: Absence) -> bool:
    """Say whether somebody who is back is missing still where a repair took them off."""
    for period_id, changes in _sent_for(absence):
        chosen = find_chosen_version(period_id)
        own = {cell for cell in changes if cell.member_id == absence.member_id}
        standing = contents_of(chosen.id, among(own)) if chosen else own
        if any(cell not in standing and _is_needless(absence, cell, changes[cell]) for cell in own):
            return True
    return False


def _sent_for(absence: Absence) -> list[tuple[uuid.UUID, Changes]]:
    """Return the repairs that took somebody off since they fell ill, each with its rota, the first first.

    A draft at work was changed alike: published later, it would tell the same a second time.
    """
    seen: set[Cell] = set()
    found: list[tuple[uuid.UUID, Changes]] = []
    for edit, period_id in _repairs_since(absence):
        changes = {each.cell: (each.before, each.after) for each in edit.changes}
        own = {
            cell
            for cell, (before, after) in changes.items()
            if cell.member_id == absence.member_id and before and not after
        }
        if own - seen:
            seen |= own
            found.append((period_id, changes))
    return found


def _repairs_since(absence: Absence) -> list[tuple[Edit, uuid.UUID]]:
    took_off = select(ChangeEvent.edit_id).where(
        ChangeEvent.member_id == absence.member_id, ChangeEvent.day >= max(absence.starts_on, today())
    )
    rows = db.session.execute(
        select(Edit, RotaVersion.period_id)
        .join(RotaVersion, RotaVersion.id == Edit.version_id)
        .where(
            Edit.id.in_(took_off),
            Edit.said == SAID,
            Edit.why == WHY,
            Edit.at >= absence.asked_at,
            RotaVersion.state.in_({VersionState.CHOSEN, VersionState.SUPERSEDED}),
        )
        .options(selectinload(Edit.changes))
        .order_by(Edit.at, Edit.number)
    )
    return [(edit, period_id) for edit, period_id in rows]


def _is_needless(absence: Absence, cell: Cell, pair: tuple[Content, Content]) -> bool:
    """Say whether a change is of a session that is not over, and that no absence takes from them any more."""
    if max(content["ends_at"] for content in pair if content is not None) <= now().timestamp():
        return False
    rows = db.session.scalars(
        select(Absence).where(
            Absence.member_id == absence.member_id,
            Absence.state.in_(KEEPS_AWAY),
            Absence.starts_on <= cell.day,
            Absence.ends_on >= cell.day,
        )
    )
    return not any(as_away(row).takes(cell.day, cell.kind) for row in rows)
