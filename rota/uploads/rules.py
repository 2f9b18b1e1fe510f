"""What a rehearsal of an import found, as a value that can be kept."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Any

from rota.tables.rules import Problem

KEPT_FOR = timedelta(days=1)
# Whoever has more to mend does not read further.
MOST_PROBLEMS = 500


@dataclass(frozen=True)
class Outcome:
    """Problems, or what would be added, changed and left the same by sheet; and what nobody asked for."""

    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    counts: Mapping[str, Mapping[str, int]] | None = None
    left_out: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Is there something to write, and nothing in its way?"""
        return not self.problem_count and any(
            self.of(sheet, "added") + self.of(sheet, "changed") for sheet in self.counts or {}
        )

    def of(self, sheet: str, what: str) -> int:
        return (self.counts or {}).get(sheet, {}).get(what, 0)

    def as_plain(self) -> dict[str, Any]:
        """Give the outcome as data for a database."""
        return {
            "problems": [list(astuple(problem)) for problem in self.problems[:MOST_PROBLEMS]],
            "problem_count": self.problem_count,
            "counts": {sheet: dict(counted) for sheet, counted in (self.counts or {}).items()},
            "left_out": list(self.left_out),
        }

    @classmethod
    def of_plain(cls, plain: Mapping[str, Any]) -> "Outcome":
        """Read an outcome back."""
        return cls(
            tuple(Problem(*problem) for problem in plain["problems"]),
            plain["problem_count"],
            plain["counts"],
            tuple(plain["left_out"]),
        )
