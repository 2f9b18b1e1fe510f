"""People who wait for a clinic, as planning takes them."""

import uuid
from dataclasses import dataclass

from rota.bundles.rules import Counted
from rota.solver.staff_rota.clinics import Bundle


@dataclass(frozen=True)
class ToPlan:
    """A bundle of the solver, and whom it stands for: people entered, people asked for, or both."""

    bundle: Bundle
    row: Counted

    @property
    def bundle_id(self) -> uuid.UUID | None:
        """The bundle that was entered, if any was."""
        return self.row.bundle_id
