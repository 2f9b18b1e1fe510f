"""How far a solve has come."""

from dataclasses import dataclass, field

from rota.solver.result import TIERS, Status
from rota.solver.search.stages import Stage, by_tier

# What pins, history or commitments already break costs here.
BROKEN = Stage(TIERS[0])


@dataclass
class Course:
    """The best choice so far, its cost and bound by stage, and how the solve ended."""

    chosen: frozenset[int]
    by_stage: dict[Stage, int]
    bounds: dict[Stage, int] = field(default_factory=dict)
    status: Status = Status.OPTIMAL

    @property
    def costs(self) -> dict[str, int]:
        """The cost by tier."""
        return by_tier(self.by_stage)

    @property
    def is_clean(self) -> bool:
        """Say whether no rule is broken."""
        return not self.by_stage.get(BROKEN)
