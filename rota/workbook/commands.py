"""Writing what a workbook says, through the same commands as the pages: all of it, or nothing."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.refusals import Invalid
from rota.staff.queries import members_for_planning
from rota.tables.rules import Problem, SheetName
from rota.workbook.demand.commands import write_demand
from rota.workbook.leave.commands import write_leave
from rota.workbook.papers.commands import write_credential, write_induction, write_supervision
from rota.workbook.patterns.commands import write_patterns
from rota.workbook.queries import LATER, Import, directory_for
from rota.workbook.rules import Book, RowChange
from rota.workbook.staff.commands import write_staff

TOLD_EVERY = 50


class Unfit(Invalid):
    """The workbook cannot be written as it is; `problems` name every cell."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("The workbook has problems. Nothing was written.")
        self.problems = problems


@dataclass(frozen=True)
class Written:
    """What came of a workbook, row by row."""

    changes: tuple[RowChange, ...]

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Count by sheet what is new, changed or the same."""
        found: dict[str, Counter[str]] = {}
        for change in self.changes:
            found.setdefault(change.sheet, Counter())[change.what.value] += 1
        return {sheet: dict(counted) for sheet, counted in found.items()}


# Each row in turn: the sheet, the column that a refusal is shown under, and what writes it.
ROW_BY_ROW: dict[SheetName, tuple[str, Callable[[Import, Any], None]]] = {
    SheetName.STAFF: ("family_name", write_staff),
    SheetName.CREDENTIALS: ("kind", write_credential),
    SheetName.INDUCTIONS: ("sites", write_induction),
    SheetName.SUPERVISION: ("learner", write_supervision),
    SheetName.LEAVE: ("starts_on", write_leave),
    SheetName.DEMAND: ("session", write_demand),
}


@command
def write_book(actor: Actor, book: Book, tell: Callable[[int], None] = lambda rows: None) -> Written:
    """Write all that a workbook says, or raise `Unfit`; `tell` hears now and then how many rows are done."""
    require(actor.may(Permission.IMPORT_WORKBOOK))
    _plan_for_growing_tables()
    work = Import(actor, directory_for(actor), list(book.problems))
    # Held here, everybody stays in memory while rows are written about them.
    work.held += members_for_planning(date.min, LATER)
    done = 0
    for sheet in SheetName:
        lines = book.lines[sheet]
        if sheet is SheetName.PATTERNS:
            write_patterns(work, lines)
            done += len(lines)
            continue
        column, write = ROW_BY_ROW[sheet]
        for line in lines:
            with work.row(line.place, column):
                write(work, line)
            done += 1
            if done % TOLD_EVERY == 0:
                tell(done)
    if work.problems:
        raise Unfit(work.problems)
    written = Written(tuple(work.changes))
    record(actor, "import_workbook", "workbook", counts=written.counts)
    return written


def _plan_for_growing_tables() -> None:
    """Let the database look rows up by their keys although it believes that its tables are empty.

    It counts what others see: nothing while the first import runs, and nothing after its rehearsal. It would
    read thousands of new rows through for each row written.
    """
    db.session.execute(text("set local plan_cache_mode = force_custom_plan"))
    db.session.execute(text("set local enable_seqscan = off"))
