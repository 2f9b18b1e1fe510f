"""What a draft changes for people, and why: as editors said, as facts say, or nobody knows."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from network.vocabulary import JobRole
from rota.edits.rules import Cell, EditKind
from rota.leave.rules import NEED_TO_KNOW, Away, keeps_away
from rota.notices.rules import Change, Duty, in_order
from rota.roster.rules import Time

DOCTORS_IN_TRAINING = frozenset({JobRole.GP_REGISTRAR, JobRole.FOUNDATION_DOCTOR})
# The last resorts: they say what happened to the draft, and nothing to the person.
FILLED_AGAIN = "filled again"
BY_HAND = "changed by hand"
NOT_AVAILABLE = "not available"


@dataclass(frozen=True)
class Cause:
    """Why a session changes, as the person themselves reads it; leave is not everybody's to know of."""

    said: str
    away: Away | None = None

    def said_to(self, knows_leave: bool, knows_why: bool) -> str:
        """Say it to somebody else."""
        if self.away is None:
            return self.said
        knows = knows_leave and (knows_why or self.away.kind not in NEED_TO_KNOW)
        return self.said if knows else NOT_AVAILABLE


@dataclass(frozen=True)
class EditStep:
    """An edit as far as reasons go: what it says, and which edit it takes back."""

    id: uuid.UUID
    kind: EditKind
    why: str
    cells: frozenset[Cell]
    takes_back: uuid.UUID | None = None


@dataclass(frozen=True)
class Standing:
    """The edits of a cell that were not taken back: their reason, and whether the last was by hand."""

    why: str
    is_by_hand: bool


def changes_between(told: Mapping[Cell, Duty], draft: Mapping[Cell, Duty]) -> tuple[Change, ...]:
    """List what differs between two rotas, in order of day."""
    return in_order(
        Change(cell, told.get(cell), draft.get(cell))
        for cell in told.keys() | draft.keys()
        if told.get(cell) != draft.get(cell)
    )


def standing_edits(steps: Sequence[EditStep]) -> dict[Cell, Standing]:
    """Return what edits say of each cell, from all edits in order; one that was taken back says nothing."""
    whys: dict[uuid.UUID, str] = {}
    standing: dict[Cell, list[EditStep]] = {}
    for step in steps:
        # Who does something again does it for the reason it was done for.
        whys[step.id] = step.why or (whys.get(step.takes_back, "") if step.takes_back else "")
        for cell in step.cells:
            edits = standing.setdefault(cell, [])
            if step.kind is EditKind.UNDO:
                standing[cell] = [edit for edit in edits if edit.id != step.takes_back]
            else:
                edits.append(step)
    return {cell: _said_by(edits, whys) for cell, edits in standing.items() if edits}


def _said_by(edits: Sequence[EditStep], whys: Mapping[uuid.UUID, str]) -> Standing:
    """Take the last reason since the draft was filled: what was said before was said of something else."""
    since: list[EditStep] = []
    for edit in reversed(edits):
        if edit.kind is EditKind.FILL:
            break
        since.append(edit)
    return Standing(next((whys[edit.id] for edit in since if whys[edit.id]), ""), bool(since))


def cause_by_facts(times: Time | None, cell: Cell, shut: str = "") -> Cause | None:
    """Say which fact takes somebody's session, None where none does; `shut` is why its place is closed."""
    if times is None:
        return Cause("not planned here any more")
    if away := keeps_away(times.absences, cell.day, cell.kind):
        return Cause(away.kind.label.lower(), away)
    why = times.why_not(cell.day, cell.kind)
    if why is not None:
        return Cause("not in post then" if why == "not in post" else "working pattern changed")
    return Cause(f"closed: {shut}") if shut else None
