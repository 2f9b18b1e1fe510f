"""Changing cells of a draft by hand: one by one from the panel, or many at once in the words of the grid."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from network.access.rules import Actor
from network.organisations.queries import get_site_for
from network.plumbing.commands import command
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Activity
from rota.cover.wording import session_said
from rota.desk.queries import Desk, by_hand, going, meant_content, on_line
from rota.desk.rules import MOST_CELLS, Change, Deed, Meant
from rota.desk.wording import content_said, too_late
from rota.drafts.commands import ChangedMeanwhile, change_cells, open_draft
from rota.drafts.queries import last_edits
from rota.edits.rules import Cell, Content, EditKind, same_content


@dataclass(frozen=True)
class Edited:
    """An edit that was made: its number in the version, and its cells."""

    number: int
    cells: tuple[Cell, ...]


@command
def edit_cells(
    actor: Actor,
    version_id: uuid.UUID,
    changes: Sequence[Change],
    kind: EditKind = EditKind.CHANGE,
    said: str = "",
) -> Edited:
    """Change cells in the words in which they are written: all of them as one edit, or none."""
    cells = [change.cell for change in changes]
    if not cells or len(set(cells)) < len(cells) or len(cells) > MOST_CELLS:
        raise Invalid(f"Name 1 to {MOST_CELLS} cells, each once.")
    desk = Desk(actor, open_draft(actor, version_id), cells)
    wanted: dict[Cell, Content] = {}
    wrong: list[str] = []
    for change in changes:
        try:
            wanted[change.cell] = meant_content(desk, change)
        except Invalid as refusal:
            about = f"{desk.members[change.cell.member_id].name}, {session_said(*change.cell[1:])}: "
            wrong.append(f"{about if len(changes) > 1 else ''}{refusal.sentence}")
    if wrong:
        raise Invalid(" ".join(wrong))
    return _change(desk, wanted, {change.cell: change.seen for change in changes}, kind, said)


@command
def place(actor: Actor, version_id: uuid.UUID, cell: Cell, line_id: uuid.UUID, seen: str) -> Edited:
    """Put somebody on a line of demand; what is set by hand is pinned."""
    return arrange(actor, version_id, {cell: line_id}, {cell: seen})


@command
def arrange(
    actor: Actor,
    version_id: uuid.UUID,
    lines: Mapping[Cell, uuid.UUID | None],
    seen: dict[Cell, str],
    said: str = "",
) -> Edited:
    """Put several people on lines of demand, or take them off (None), as one edit; what is set is pinned."""
    desk = Desk(actor, open_draft(actor, version_id), lines.keys())
    wanted: dict[Cell, Content] = {
        cell: _on_line(desk, cell, line_id) if line_id else None for cell, line_id in lines.items()
    }
    return _change(desk, wanted, seen, said=said)


@command
def make_place(
    actor: Actor,
    version_id: uuid.UUID,
    cell: Cell,
    site_id: uuid.UUID | None,
    activity: Activity,
    seen: str,
) -> Edited:
    """Put somebody at a site where no line of demand asks for them; no site means remote."""
    desk = Desk(actor, open_draft(actor, version_id), [cell])
    site = get_site_for(actor, site_id) if site_id else None
    return _change(desk, {cell: by_hand(desk, cell, site.id if site else None, activity)}, {cell: seen})


@command
def clear(actor: Actor, version_id: uuid.UUID, cell: Cell, seen: str) -> Edited:
    """Take somebody off what they were placed on."""
    return _change(Desk(actor, open_draft(actor, version_id), [cell]), {cell: None}, {cell: seen})


@command
def pin(actor: Actor, version_id: uuid.UUID, cell: Cell, seen: str) -> Edited:
    """Keep a cell as it is, whatever is filled later."""
    return edit_cells(actor, version_id, [Change(cell, "pin", seen)])


@command
def unpin(actor: Actor, version_id: uuid.UUID, cell: Cell, seen: str) -> Edited:
    """Let the next filling move what stands in a cell."""
    return edit_cells(actor, version_id, [Change(cell, "unpin", seen)])


@command
def move(actor: Actor, version_id: uuid.UUID, cell: Cell, to: Cell, seen: str, seen_there: str) -> Edited:
    """Move somebody's session to another one of theirs: one cell emptied and one set, as one edit."""
    if to.member_id != cell.member_id or to == cell:
        raise Invalid("Choose another session of the same person.")
    desk = Desk(actor, open_draft(actor, version_id), [cell, to])
    held = desk.standing[cell].content
    if held is None:
        raise ChangedMeanwhile("There is nothing in this cell any more.", [cell])
    codes: dict[str | None, str] = {None: "", **{str(site.id): code for code, site in desk.sites.items()}}
    if held["site_id"] not in codes:
        raise Invalid("This site is no longer in the network. Clear the session, and choose another site.")
    meant = Meant(Deed.GO, codes[held["site_id"]], Activity(held["activity"]))
    wanted: dict[Cell, Content] = {cell: None, to: going(desk, to, meant)}
    return _change(desk, wanted, {cell: seen, to: seen_there})


def _on_line(desk: Desk, cell: Cell, line_id: uuid.UUID) -> Content:
    """Give what a cell is to hold, where its person may take the duty."""
    line = desk.line(cell, line_id)
    if line is None:
        raise Invalid("Choose a duty of this session.")
    member = desk.members[cell.member_id]
    if member.engagement.role not in line.role_group.roles:
        role = member.engagement.role.label
        raise Invalid(
            f"This duty is for the role of {line.role_group.label}, and {member.name} works as {role}. "
            "Choose another duty, or a place made by hand under “Somewhere else”."
        )
    return on_line(desk, cell, line)


def _change(
    desk: Desk,
    wanted: dict[Cell, Content],
    seen: dict[Cell, str],
    kind: EditKind = EditKind.CHANGE,
    said: str = "",
) -> Edited:
    """Change what is not as it is wanted, unless somebody else changed it meanwhile."""
    differ = {
        cell: content
        for cell, content in wanted.items()
        if not same_content(desk.standing[cell].content, content)
    }
    late = [cell for cell in differ if seen[cell] != desk.standing[cell].mark]
    if late:
        raise ChangedMeanwhile(_late_said(desk, late[0], wanted[late[0]]), late)
    if not differ:
        raise Refusal("That is what stands there already.")
    changes = {cell: (desk.standing[cell].content, content) for cell, content in differ.items()}
    edit = change_cells(desk.actor, desk.version, kind, changes, desk.members, said)
    return Edited(edit.number, tuple(changes))


def _late_said(desk: Desk, cell: Cell, wanted: Content) -> str:
    names = {str(site.id): site.name for site in desk.sites.values()}
    stands, mine = content_said(desk.standing[cell].content, names), content_said(wanted, names)
    edit = last_edits(desk.version.id, [cell]).get(cell)
    return too_late(edit.by if edit else "", edit.at if edit else None, stands, mine)
