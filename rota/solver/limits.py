"""How long and how hard a solve may try, in one place."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How to search: the whole model, people's whole patterns, neighbourhoods of a plan, or what fits."""

    FITTING = "fitting"
    WHOLE = "whole"
    PATTERNS = "patterns"
    NEIGHBOURHOODS = "neighbourhoods"


class Doing(StrEnum):
    """What a search is at: a first plan by hand, team by team, or one of the ways."""

    STARTING = "starting"
    TEAMS = "teams"
    WHOLE = "whole"
    PATTERNS = "patterns"
    NEIGHBOURHOODS = "neighbourhoods"


@dataclass(frozen=True)
class Limits:
    """Limits of one solve: seconds in all, CP-SAT workers, random seed, and the way to search.

    `deterministic` measures the seconds in the solver's own time on one worker, so that a run can be repeated
    exactly.
    """

    seconds: float = 20.0
    workers: int = 8
    seed: int = 1
    deterministic: bool = False
    way: Way = Way.FITTING

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise ValueError(f"A solve needs some time: give more than {self.seconds} seconds.")
        if self.workers < 1:
            raise ValueError(f"A solve needs a worker: give 1 or more, not {self.workers}.")
        # A job's row has it as text, which equals a way but is none: no way of searching would know itself.
        object.__setattr__(self, "way", Way(self.way))

    @property
    def is_alone(self) -> bool:
        """Say whether only one thread may search at a time, so that a run can be repeated."""
        return self.deterministic or self.workers == 1
