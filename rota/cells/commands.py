"""Changing a draft by hand, one cell at a time, and taking the last change back."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import get_site_for
from network.organisations.rules import kinds_on
from network.plumbing.commands import command
from network.plumbing.database import ENGLAND, db
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Activity, FundingStream, RoleGroup
from rota.cells.queries import count_cover, find_assignment, get_cell_member, hours_at
from rota.edits.commands import note_edit
from rota.edits.queries import get_edit, stacks_for
from rota.edits.records import Edit
from rota.edits.rules import CONTENT, Cell, Content, EditKind, same_content
from rota.funding.rules import stream_for
from rota.grid.rules import mark_of, may_change
from rota.roster.rules import moment
from rota.rotas.commands import WrongState
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from rota.rotas.rules import AssignmentSource, VersionState
from rota.staff.records import RotaMember


class ChangedMeanwhile(Refusal):
    """Somebody else changed the cell since it was looked at."""


@command
def place(actor: Actor, version_id: uuid.UUID, cell: Cell, line_id: uuid.UUID, seen: str) -> None:
    """Put somebody on a line of demand; what is set by hand is pinned."""
    version = _draft_to_edit(actor, version_id)
    line = db.session.get(DemandLine, line_id)
    if line is None or line.period_id != version.period_id or (line.day, line.kind) != cell[1:]:
        raise Invalid("Choose a duty of this session.")
    member = get_cell_member(cell)
    _set(actor, version, cell, member, seen, _content_of(member, line, line.id, line.funding))


@command
def make_place(
    actor: Actor,
    version_id: uuid.UUID,
    cell: Cell,
    site_id: uuid.UUID | None,
    activity: Activity,
    seen: str,
) -> None:
    """Put somebody at a site where no line of demand asks for them; no site means remote."""
    version = _draft_to_edit(actor, version_id)
    site = get_site_for(actor, site_id) if site_id else None
    member = get_cell_member(cell)
    role = member.engagement.role
    group = next((group for group in RoleGroup if role in group.roles), None)
    if group is None:
        raise Invalid(f"A {role.label.lower()} is not rostered on sessions.")
    made = DemandLine(
        site_id=site.id if site else None,
        day=cell.day,
        kind=cell.kind,
        role_group=group,
        activity=activity,
        funding=_own_stream(member),
    )
    _set(actor, version, cell, member, seen, _content_of(member, made, None, made.funding))


@command
def clear(actor: Actor, version_id: uuid.UUID, cell: Cell, seen: str) -> None:
    """Take somebody off what they were placed on."""
    version = _draft_to_edit(actor, version_id)
    _set(actor, version, cell, get_cell_member(cell), seen, None)


@command
def pin(actor: Actor, version_id: uuid.UUID, cell: Cell, seen: str) -> None:
    """Keep a cell as it is, whatever is filled later."""
    _set_pin(actor, version_id, cell, seen, is_pinned=True)


@command
def unpin(actor: Actor, version_id: uuid.UUID, cell: Cell, seen: str) -> None:
    """Let the next filling move what stands in a cell."""
    _set_pin(actor, version_id, cell, seen, is_pinned=False)


@command
def undo(actor: Actor, version_id: uuid.UUID) -> list[Cell]:
    """Take back one's own last edit that has not been taken back yet, and say which cells it was."""
    version = _draft_to_edit(actor, version_id)
    edit_id = stacks_for(actor, version.id).to_undo
    if edit_id is None:
        raise Refusal("There is nothing to undo.")
    return _reverse(actor, version, get_edit(edit_id), EditKind.UNDO)


@command
def redo(actor: Actor, version_id: uuid.UUID) -> list[Cell]:
    """Do again what was undone last, and say which cells it was."""
    version = _draft_to_edit(actor, version_id)
    edit_id = stacks_for(actor, version.id).to_redo
    if edit_id is None:
        raise Refusal("There is nothing to do again.")
    return _reverse(actor, version, get_edit(edit_id), EditKind.REDO)


def _reverse(actor: Actor, version: RotaVersion, edit: Edit, kind: EditKind) -> list[Cell]:
    changes: dict[Cell, tuple[Content, Content]] = {}
    for change in edit.changes:
        cell = Cell(change.member_id, change.day, change.kind)
        row = find_assignment(version.id, cell)
        if not same_content(_kept(row), change.after):
            raise ChangedMeanwhile("This has been changed again since. Change it by hand instead.")
        _require_reach(actor, get_cell_member(cell), [change.before, change.after])
        _write(version, cell, row, _restored(change.before))
        changes[cell] = change.after, change.before
    _note(actor, version, kind, changes, takes_back=edit.id)
    return list(changes)


def _set_pin(actor: Actor, version_id: uuid.UUID, cell: Cell, seen: str, is_pinned: bool) -> None:
    version = _draft_to_edit(actor, version_id)
    row = find_assignment(version.id, cell)
    if row is None:
        raise ChangedMeanwhile("There is nothing in this cell any more.")
    content = {name: getattr(row, name) for name in CONTENT} | {"is_pinned": is_pinned}
    _set(actor, version, cell, get_cell_member(cell), seen, content)


def _draft_to_edit(actor: Actor, version_id: uuid.UUID) -> RotaVersion:
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


def _set(
    actor: Actor,
    version: RotaVersion,
    cell: Cell,
    member: RotaMember,
    seen: str,
    content: dict[str, Any] | None,
) -> None:
    if not version.period.starts_on <= cell.day <= version.period.ends_on:
        raise NotFound
    if cell.kind not in kinds_on(cell.day.weekday()):
        raise NotFound
    row = find_assignment(version.id, cell)
    before = _kept(row)
    after = _as_kept(content)
    _require_reach(actor, member, [before, after])
    if seen != mark_of(row.id if row else None, row.row_version if row else 0):
        raise ChangedMeanwhile(
            f"Somebody changed this while you looked at it. It is now: {_said(actor, before)}. "
            f"You wanted: {_said(actor, after)}. Nothing was saved: choose again."
        )
    if same_content(before, after):
        raise Refusal("That is what stands there already.")
    _write(version, cell, row, content)
    _note(actor, version, EditKind.CHANGE, {cell: (before, after)})


def _write(version: RotaVersion, cell: Cell, row: Assignment | None, content: dict[str, Any] | None) -> None:
    if content is None and row is not None:
        db.session.delete(row)
    elif content is not None and row is None:
        new = Assignment(version_id=version.id, member_id=cell.member_id, day=cell.day, kind=cell.kind)
        db.session.add(_filled(new, content))
    elif content is not None and row is not None:
        _filled(row, content)
    db.session.flush()
    short, wanted = count_cover(version)
    version.summary = {"wishes": None, "is_stale": False, **version.summary, "short": short, "wanted": wanted}


def _filled(row: Assignment, content: dict[str, Any]) -> Assignment:
    for name in CONTENT:
        setattr(row, name, content[name])
    return row


def _note(
    actor: Actor,
    version: RotaVersion,
    kind: EditKind,
    changes: Mapping[Cell, tuple[Content, Content]],
    takes_back: uuid.UUID | None = None,
) -> None:
    edit = note_edit(actor, version.id, kind, changes, takes_back=takes_back)
    record(
        actor, "edit_rota", "rota_version", version.id, edit=str(edit.id), kind=kind.value, cells=len(changes)
    )


def _require_reach(actor: Actor, member: RotaMember, contents: Collection[Content]) -> None:
    sites = [content["site_id"] for content in contents if content]
    owners = [get_site_for(actor, uuid.UUID(each)).organisation_id if each else None for each in sites]

    def may(organisation_id: uuid.UUID) -> bool:
        return actor.may(Permission.EDIT_ROTA, organisation_id=organisation_id)

    if not may_change(may, member.engagement.employer_id, owners):
        raise NotAllowed("You can change the rota of your own organisation's people and sites only.")


def _said(actor: Actor, content: Content) -> str:
    if content is None:
        return "empty"
    site = (
        f" at {get_site_for(actor, uuid.UUID(content['site_id'])).name}" if content["site_id"] else ", remote"
    )
    pinned = "" if content["is_pinned"] else ", not pinned"
    return f"{Activity(content['activity']).label}{site}{pinned}"


def _content_of(
    member: RotaMember, line: DemandLine, line_id: uuid.UUID | None, stream: FundingStream
) -> dict[str, Any]:
    starts, ends = hours_at(line.site_id, line.day, line.kind)
    length = int((ends - starts).total_seconds()) // 60
    split = {each.stream: each.percent for each in member.funding}
    return {
        "line_id": line_id,
        "site_id": line.site_id,
        "role_group": line.role_group,
        "activity": line.activity,
        "starts_at": moment(starts),
        "ends_at": moment(ends),
        "minutes": min(length, member.engagement.session_minutes),
        "funding": stream_for(split, line.activity, stream),
        "source": AssignmentSource.MANUAL,
        "is_pinned": True,
    }


def _own_stream(member: RotaMember) -> FundingStream:
    """Name the stream that pays most of somebody's time."""
    largest = max(member.funding, key=lambda split: split.percent, default=None)
    return largest.stream if largest else FundingStream.CORE


def _kept(row: Assignment | None) -> dict[str, Any] | None:
    return _as_kept({name: getattr(row, name) for name in CONTENT}) if row else None


def _as_kept(content: dict[str, Any] | None) -> dict[str, Any] | None:
    """Give the content of a cell as JSON has it."""
    if content is None:
        return None
    kept: dict[str, Any] = {}
    for name, value in content.items():
        if isinstance(value, datetime):
            kept[name] = value.timestamp()
        else:
            kept[name] = str(value) if isinstance(value, uuid.UUID) else value
    return kept


def _restored(content: Content) -> dict[str, Any] | None:
    if content is None:
        return None
    return dict(content) | {
        "line_id": uuid.UUID(content["line_id"]) if content["line_id"] else None,
        "site_id": uuid.UUID(content["site_id"]) if content["site_id"] else None,
        "role_group": RoleGroup(content["role_group"]),
        "activity": Activity(content["activity"]),
        "funding": FundingStream(content["funding"]),
        "source": AssignmentSource(content["source"]),
        "starts_at": datetime.fromtimestamp(content["starts_at"], ENGLAND),
        "ends_at": datetime.fromtimestamp(content["ends_at"], ENGLAND),
    }
