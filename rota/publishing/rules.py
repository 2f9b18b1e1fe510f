"""What publishing a rota changes for people, and why: the reason of each change, or that one is wanted."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from network.vocabulary import JobRole
from rota.edits.rules import Cell, EditKind
from rota.leave.rules import NEED_TO_KNOW, Away, keeps_away
from rota.notices.rules import Change, Duty, in_order
from rota.roster.rules import Time

DOCTORS_IN_TRAINING = frozenset({JobRole.GP_REGISTRAR, JobRole.FOUNDATION_DOCTOR})
# The last resort: it says what happened to the draft, and nothing to the person.
FILLED_AGAIN = "filled again"
NOT_AVAILABLE = "not available"
LONGEST_REASON = 200


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
class Reasons:
    """Reasons given on the way to publishing: one for each person who has their own, one for all the rest."""

    rest: str = ""
    own: Mapping[uuid.UUID, str] = field(default_factory=dict)

    def of(self, person_id: uuid.UUID) -> str:
        return (self.own.get(person_id, "").strip() or self.rest.strip())[:LONGEST_REASON]


@dataclass(frozen=True)
class EditStep:
    """An edit as far as reasons go: what it says, and which edit it takes back."""

    id: uuid.UUID
    kind: EditKind
    why: str
    cells: frozenset[Cell]
    takes_back: uuid.UUID | None = None


def changes_between(told: Mapping[Cell, Duty], draft: Mapping[Cell, Duty]) -> tuple[Change, ...]:
    """List what differs between two rotas, in order of day."""
    return in_order(
        Change(cell, told.get(cell), draft.get(cell))
        for cell in told.keys() | draft.keys()
        if told.get(cell) != draft.get(cell)
    )


def standing_reasons(steps: Sequence[EditStep]) -> dict[Cell, str]:
    """Return the reason that editors gave for each cell, from edits in order; one taken back gives none."""
    whys: dict[uuid.UUID, str] = {}
    standing: dict[Cell, list[tuple[uuid.UUID, EditKind]]] = {}
    for step in steps:
        # Who does something again does it for the reason it was done for.
        whys[step.id] = step.why or (whys.get(step.takes_back, "") if step.takes_back else "")
        for cell in step.cells:
            edits = standing.setdefault(cell, [])
            if step.kind is EditKind.UNDO:
                standing[cell] = [edit for edit in edits if edit[0] != step.takes_back]
            else:
                edits.append((step.id, step.kind))
    found = {cell: _last_reason(edits, whys) for cell, edits in standing.items()}
    return {cell: why for cell, why in found.items() if why}


def _last_reason(edits: Sequence[tuple[uuid.UUID, EditKind]], whys: Mapping[uuid.UUID, str]) -> str:
    for edit_id, kind in reversed(edits):
        if kind is EditKind.FILL:
            return ""
        if whys[edit_id]:
            return whys[edit_id]
    return ""


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


def wants_sentence(names: Iterable[str]) -> str:
    """Ask for the reasons that are missing."""
    first, *others = names
    more = f" and {len(others)} {'other' if len(others) == 1 else 'others'}" if others else ""
    return f"Say why the rota of {first}{more} changes: each of them reads it beside the change."
