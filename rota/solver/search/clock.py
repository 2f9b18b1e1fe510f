"""The time that a solve may take, shared out over its tiers."""

from time import monotonic

from rota.solver.limits import Limits


class Clock:
    """Counts down one solve. A deterministic solve counts the solver's own time, told through `spend`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._start = monotonic()
        self._spent = 0.0

    @property
    def elapsed(self) -> float:
        """Seconds since the start, by the wall."""
        return monotonic() - self._start

    @property
    def left(self) -> float:
        used = self._spent if self.limits.deterministic else self.elapsed
        return max(0.0, self.limits.seconds - used)

    def spend(self, deterministic: float) -> None:
        """Note the solver's own time that one run took."""
        self._spent += deterministic

    def share(self, weight: float, ahead: float) -> float:
        """Give a weight its part of the time left, with the weight of all that is ahead in mind."""
        return self.left * weight / (weight + ahead)
