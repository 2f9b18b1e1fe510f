"""What becomes of an uploaded workbook, and what a rehearsal of its import found."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Any

from network.vocabulary import Word
from rota.tables.rules import Problem, SheetName
from rota.workbook.rules import Difference, RowChange, What

KEPT_FOR = timedelta(days=1)
# Whoever has more to mend, or to look over, does not read further.
MOST_PROBLEMS = 500
MOST_CHANGES = 1000
# More rows than these take longer than somebody waits for a page, and go to a worker.
ROWS_AT_ONCE = 500


class UploadState(Word):
    WAITING = "waiting", "Being read"
    READY = "ready", "Read"
    WRITING = "writing", "Being imported"
    DONE = "done", "Imported"
    FAILED = "failed", "Could not be read"


MOVES: dict[UploadState, set[UploadState]] = {
    UploadState.WAITING: {UploadState.READY, UploadState.FAILED},
    UploadState.READY: {UploadState.WRITING, UploadState.DONE},
    # What does not fit any more is shown again with its problems.
    UploadState.WRITING: {UploadState.DONE, UploadState.READY, UploadState.FAILED},
    UploadState.DONE: set(),
    UploadState.FAILED: set(),
}
BUSY = frozenset({UploadState.WAITING, UploadState.WRITING})


@dataclass(frozen=True)
class Outcome:
    """Problems, or what each row does, with counts by sheet; and what nobody asked for."""

    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    counts: Mapping[str, Mapping[str, int]] | None = None
    left_out: tuple[str, ...] = ()
    changes: tuple[RowChange, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Is there something to write, and nothing in its way?"""
        return not self.problem_count and self.change_count > 0

    @property
    def sheets(self) -> tuple[str, ...]:
        """Name the sheets that have rows, in the order of the template; those of other templates by name."""
        ours: list[str] = [sheet for sheet in SheetName if sheet in (self.counts or {})]
        return (*ours, *sorted(set(self.counts or {}) - set(ours)))

    @property
    def change_count(self) -> int:
        """Count the rows that add or change something."""
        kinds = (What.ADDED, What.CHANGED)
        return sum(self.of(sheet, what) for sheet in self.counts or {} for what in kinds)

    def of(self, sheet: str, what: str) -> int:
        return (self.counts or {}).get(sheet, {}).get(what, 0)

    def changes_of(self, sheet: str) -> tuple[RowChange, ...]:
        return tuple(change for change in self.changes if change.sheet == sheet)

    def as_plain(self) -> dict[str, Any]:
        """Give the outcome as data for a database."""
        return {
            "problems": [list(astuple(problem)) for problem in self.problems[:MOST_PROBLEMS]],
            "problem_count": self.problem_count,
            "counts": {sheet: dict(counted) for sheet, counted in (self.counts or {}).items()},
            "left_out": list(self.left_out),
            "changes": [_plain(change) for change in shown_of(self.changes)],
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Outcome":
        """Read an outcome back."""
        return cls(
            tuple(Problem(*problem) for problem in plain.get("problems", ())),
            plain.get("problem_count", 0),
            plain.get("counts", {}),
            tuple(plain.get("left_out", ())),
            tuple(
                RowChange(sheet, row, about, What(what), tuple(Difference(*each) for each in differences))
                for sheet, row, about, what, differences in plain.get("changes", ())
            ),
        )


def shown_of(changes: Sequence[RowChange]) -> list[RowChange]:
    """Choose the rows that a preview shows: those that change something first, since they overwrite."""
    chosen = [change for change in changes if change.what is What.CHANGED]
    chosen += [change for change in changes if change.what is What.ADDED]
    return chosen[:MOST_CHANGES]


def _plain(change: RowChange) -> list[Any]:
    differences = [list(astuple(difference)) for difference in change.differences]
    return [change.sheet, change.row, change.about, change.what.value, differences]
