"""A block of cells to be pasted: what each would become, and what cannot be taken over, in words."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from network.access.rules import Actor, Permission
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from rota.cover.wording import session_said
from rota.desk.queries import Desk, meant_content
from rota.desk.rules import Change, as_sent
from rota.desk.wording import content_said
from rota.drafts.queries import out_of_reach
from rota.edits.rules import Cell, Content, same_content
from rota.facts.queries import remembered_facts_of
from rota.pasting.rules import cells_in, wrong_with_size
from rota.planning.queries import planned_for
from rota.rotas.queries import get_version_for
from rota.rotas.rules import VersionState
from rota.rows.queries import Week
from rota.views.rules import Look, Rows


@dataclass(frozen=True)
class Pasted:
    """A cell of the block: where it goes, and what it would become or why it cannot."""

    row: int
    column: int
    text: str
    where: str = ""
    now: str = ""
    then: str = ""
    wrong: str = ""


@dataclass
class Preview:
    """What pasting a block would do: nothing is written until it is sent as changes."""

    version_id: uuid.UUID
    becomes: list[Pasted] = field(default_factory=list)
    problems: list[Pasted] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0

    @property
    def as_sent(self) -> str:
        return as_sent(self.changes)


def preview_for(viewer: Actor, version_id: uuid.UUID, anchor: Cell, block: str, look: Look) -> Preview:
    """Return what a block would become whose first cell is pasted on the anchor."""
    version = get_version_for(viewer, version_id)
    if not viewer.may_somewhere(Permission.EDIT_ROTA):
        raise NotAllowed
    if version.state is not VersionState.DRAFT or look.by is not Rows.PERSON:
        raise Invalid("Cells are pasted into a draft, with its rows by person.")
    rows = cells_in(block)
    if wrong := wrong_with_size(rows):
        raise Invalid(wrong)
    planned = planned_for(version, remembered_facts_of(version.period))
    targets = _targets(Week(viewer, version, planned, look=look), anchor, rows)
    desk = Desk(viewer, version, [cell for _, cell in targets if cell])
    return _Preparing(desk, Preview(version_id)).all(targets)


def _targets(week: Week, anchor: Cell, rows: Sequence[Sequence[str]]) -> list[tuple[Pasted, Cell | None]]:
    """Find the cell of the page on which each cell of the block falls, None beyond its last."""
    people = [row.member_id for _, group in week.groups() for row in group]
    slots = [(slot.session.day, slot.kind) for slot in week.slots]
    if anchor.member_id not in people or anchor[1:] not in slots:
        raise NotFound
    down, right = people.index(anchor.member_id), slots.index((anchor.day, anchor.kind))
    return [
        (
            Pasted(number + 1, place + 1, text),
            Cell(people[down + number], *slots[right + place])
            if down + number < len(people) and right + place < len(slots)
            else None,
        )
        for number, row in enumerate(rows)
        for place, text in enumerate(row)
    ]


@dataclass(frozen=True)
class _Preparing:
    desk: Desk
    preview: Preview

    def all(self, targets: Sequence[tuple[Pasted, Cell | None]]) -> Preview:
        wanted: dict[Cell, tuple[Pasted, Content]] = {}
        for pasted, cell in targets:
            if cell is None:
                self._refuse(pasted, "This falls beyond the last person or session shown.")
                continue
            try:
                wanted[cell] = pasted, meant_content(self.desk, Change(cell, pasted.text, ""))
            except Invalid as refusal:
                self._refuse(pasted, refusal.sentence, cell)
        self._sort_out(wanted)
        return self.preview

    def _sort_out(self, wanted: dict[Cell, tuple[Pasted, Content]]) -> None:
        standing = self.desk.standing
        changes = {cell: (standing[cell].content, content) for cell, (_, content) in wanted.items()}
        barred = set(out_of_reach(self.desk.actor, changes, self.desk.members))
        names = {str(site.id): site.name for site in self.desk.sites.values()}
        for cell, (pasted, _) in wanted.items():
            before, after = changes[cell]
            if same_content(before, after):
                self.preview.unchanged += 1
            elif cell in barred:
                self._refuse(pasted, "Another organisation's person or site.", cell)
            else:
                said = content_said(before, names), content_said(after, names)
                where = self._where(cell)
                self.preview.becomes.append(Pasted(pasted.row, pasted.column, pasted.text, where, *said))
                self.preview.changes.append(Change(cell, pasted.text, standing[cell].mark))

    def _refuse(self, pasted: Pasted, wrong: str, cell: Cell | None = None) -> None:
        where = self._where(cell) if cell else ""
        self.preview.problems.append(Pasted(pasted.row, pasted.column, pasted.text, where, wrong=wrong))

    def _where(self, cell: Cell) -> str:
        return f"{self.desk.members[cell.member_id].name}, {session_said(cell.day, cell.kind)}"
