"""How far a solve has come."""

from dataclasses import dataclass, field

from rota.solver.result import TIERS, Status
from rota.solver.search.stages import Stage, by_tier

# A stage this near to its bound is near enough: the last half per cent is better spent on the next tier.
USUAL_GAP = 0.005
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
    def reached(self) -> Status:
        """Say how near to its bounds the course came."""
        gaps = {stage: cost - self.bounds.get(stage, 0) for stage, cost in self.by_stage.items()}
        if not any(gaps.values()):
            return Status.OPTIMAL
        near = all(gap <= USUAL_GAP * self.by_stage[stage] for stage, gap in gaps.items())
        return Status.NEAR_OPTIMAL if near else Status.OUT_OF_TIME

    @property
    def is_clean(self) -> bool:
        """Say whether no rule is broken."""
        return not self.by_stage.get(BROKEN)
