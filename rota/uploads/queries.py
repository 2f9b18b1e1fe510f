"""What a network holds, written as the workbook that it could be imported from, and what was uploaded."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for, sites_for
from network.plumbing.database import db, now, today
from network.plumbing.refusals import NotFound
from network.plumbing.spreadsheets import Look, Question, Sheet, Styled, Value
from rota.staff.queries import members_for_planning
from rota.staff.wording import warnings
from rota.tables.queries import template
from rota.tables.rules import Column, SheetName
from rota.uploads.records import WorkbookUpload
from rota.uploads.rules import BUSY, KEPT_FOR, Outcome, UploadState
from rota.uploads.wording import EXAMPLES, NO_INDUCTION, NO_PATTERN, OFFERS
from rota.workbook.demand.queries import demand_rows
from rota.workbook.leave.queries import leave_rows
from rota.workbook.papers.queries import credential_rows, induction_rows, supervision_rows
from rota.workbook.patterns.queries import pattern_rows
from rota.workbook.queries import LATER, names_of
from rota.workbook.staff.queries import staff_rows

Rows = Iterable[dict[str, object]]
WRAPPED = Look(wrap=True)


def get_upload_for(viewer: Actor, upload_id: uuid.UUID, *, to_change: bool = False) -> WorkbookUpload:
    """Return a workbook that the viewer uploaded not long ago; nobody else may see it."""
    require(viewer.may(Permission.IMPORT_WORKBOOK), seen=False)
    wanted = select(WorkbookUpload).where(
        WorkbookUpload.id == upload_id,
        WorkbookUpload.account_id == viewer.account_id,
        WorkbookUpload.at > now() - KEPT_FOR,
    )
    upload = db.session.scalars(wanted.with_for_update() if to_change else wanted).one_or_none()
    if upload is None:
        raise NotFound("This workbook is not kept any more. Upload it again.")
    return upload


@dataclass(frozen=True)
class Preview:
    """An upload as its page shows it."""

    upload_id: uuid.UUID
    name: str
    state: UploadState
    size: int
    done: int
    said: str
    outcome: Outcome

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY


def preview_for(viewer: Actor, upload_id: uuid.UUID, outcome: Outcome | None = None) -> Preview:
    """Return an upload as its page shows it; what was just found out may be given."""
    upload = get_upload_for(viewer, upload_id)
    known = outcome or Outcome.of_plain(upload.outcome)
    return Preview(
        upload.id, upload.name, upload.state, upload.size, min(upload.done, upload.size), upload.said, known
    )


@dataclass(frozen=True)
class Lacking:
    """Somebody who cannot be planned yet, and what they lack."""

    member_id: uuid.UUID
    name: str
    lacks: tuple[str, ...]


def lacking_for(viewer: Actor) -> tuple[Lacking, ...]:
    """Return who of the network still lacks something before they can be planned, by name."""
    require(viewer.may(Permission.IMPORT_WORKBOOK))
    found = []
    for member in members_for_planning(today(), LATER):
        held = [(each.kind, each.expires_on) for each in member.credentials]
        flags = warnings(member.engagement.role, held, today())
        lacks = [flag.text for flag in flags if flag.tone == "bad"]
        works = any(each.ends_on is None or each.ends_on >= today() for each in member.patterns)
        lacks += [] if works else [NO_PATTERN]
        lacks += [] if member.inductions else [NO_INDUCTION]
        if lacks:
            found.append(Lacking(member.id, member.name, tuple(lacks)))
    return tuple(found)


def sheets_for(actor: Actor, *, filled: bool) -> dict[str, Sheet]:
    """Return the sheets of the template, empty or filled with what the network holds now."""
    require(actor.may(Permission.IMPORT_WORKBOOK))
    rows = _rows_for(actor) if filled else {}
    offers = {
        **OFFERS,
        "sites": tuple(site.code for site in sites_for(actor)),
        "organisations": tuple(organisation.name for organisation in organisations_for(actor)),
    }
    sheets = {name.value: _sheet(name, rows.get(name, ()), offers) for name in SheetName}
    return {"Read me": _read_me(), **({} if filled else {"Example": _example()}), **sheets}


def _rows_for(actor: Actor) -> dict[SheetName, Rows]:
    members = members_for_planning(today(), LATER)
    whose = names_of(members)
    return {
        SheetName.STAFF: staff_rows(members),
        SheetName.PATTERNS: pattern_rows(members, whose),
        SheetName.CREDENTIALS: credential_rows(members, whose),
        SheetName.INDUCTIONS: induction_rows(members, whose),
        SheetName.SUPERVISION: supervision_rows(members, whose),
        SheetName.LEAVE: leave_rows(whose),
        SheetName.DEMAND: demand_rows(actor),
    }


def _read_me() -> Sheet:
    lines: list[Sequence[Value | Styled]] = [
        (None, None, Styled(line, WRAPPED)) for line in template().read_me
    ]
    for sheet, columns in template().sheets.items():
        lines.append(())
        lines += [(sheet, column.heading, Styled(column.hint, WRAPPED)) for column in columns.values()]
    return Sheet(["Sheet", "Column", "How to fill it in"], lines, [14, 24, 100])


def _example() -> Sheet:
    """Show a row of each sheet, filled in; this sheet is not read."""
    rows: list[list[str]] = []
    for name, columns in template().sheets.items():
        shown = [(column, EXAMPLES[name][key]) for key, column in columns.items() if key in EXAMPLES[name]]
        rows += [[name, *(column.heading for column, _ in shown)], ["", *(value for _, value in shown)], []]
    return Sheet(["An example of each sheet. Nothing here is imported."], rows, [14, *[18] * 14])


def _sheet(name: SheetName, rows: Rows, offers: dict[str, tuple[str, ...]]) -> Sheet:
    columns = list(template().sheets[name].items())
    return Sheet(
        [column.heading for _, column in columns],
        [[row.get(key) for key, _ in columns] for row in rows],  # type: ignore[misc]  # cells are plain values
        [column.width for _, column in columns],
        questions={at: _question(column, offers) for at, (_, column) in enumerate(columns)},
    )


def _question(column: Column, offers: dict[str, tuple[str, ...]]) -> Question:
    return Question(offers.get(column.offers, ()), column.hint)
