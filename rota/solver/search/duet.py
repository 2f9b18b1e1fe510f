"""Two searches at a time: patterns here, and CP-SAT in a thread beside them on the cells still open."""

from collections.abc import Callable
from time import monotonic

from rota.solver.search.clock import Clock
from rota.solver.search.master import Imprecise
from rota.solver.search.patterns import PatternSearch
from rota.solver.search.pieces import Piece, Pieces
from rota.solver.search.run import TICK, Search

# CP-SAT looks at no more cells than this, and for so many seconds at first.
MOST_OPEN, FIRST_SECONDS = 6000, 6.0


class Duet:
    """Improves a stage until it is proved, the time is over or nothing more comes of it.

    `chosen` gives the best plan so far, `reckon` what a plan costs in the stage.
    """

    def __init__(
        self,
        patterns: PatternSearch,
        pieces: Pieces,
        clock: Clock,
        left: Callable[[], float],
        chosen: Callable[[], frozenset[int]],
        reckon: Callable[[frozenset[int]], int],
    ) -> None:
        self.reckon = reckon
        self.patterns, self.pieces, self.clock, self.left, self.chosen = patterns, pieces, clock, left, chosen
        self.seconds = FIRST_SECONDS
        self._search: Search | None = None
        self._piece: Piece | None = None
        self._is_all = False
        self._heard = 0.0

    def improve(self) -> None:
        """Play both voices."""
        # What pieces cannot prove is left to the whole.
        gives_up = self.clock.limits.is_alone or not self.patterns.division.is_strict
        self.patterns.listen = self._listen
        try:
            self.patterns.begin(self.chosen())
            while not self.patterns.is_done and not (self.patterns.is_tired and gives_up):
                if not self.clock.limits.is_alone:
                    self._tend()
                self.patterns.try_on()
            if self.clock.limits.is_alone and not self.patterns.is_done:
                self._start()
                self._await()
        except Imprecise:
            # What was found and proved until then holds.
            pass
        finally:
            if self._search:
                self._end(self._search)

    def _await(self) -> None:
        """Let CP-SAT end what patterns could not."""
        while self._search and not self._search.wait(TICK):
            if self.patterns.should_stop():
                self._search.stop()

    def _tend(self) -> None:
        """Start CP-SAT, hear of its plans, or start it anew for longer."""
        if self._search is None:
            self._start()
            return
        self._listen()
        if self._search.wait(0):
            self._end(self._search)
            self.seconds *= 2

    def _listen(self) -> None:
        """Hear of CP-SAT's plans, from time to time."""
        if self._search and monotonic() - self._heard > TICK:
            self._heard = monotonic()
            values, _ = self._search.take()
            self._hear(values)

    def _start(self) -> None:
        cells = self.patterns.open_cells()
        # Where rules are broken, a piece holds each as it is now: that proves nothing of the whole.
        self._is_all = len(cells) <= MOST_OPEN and self.patterns.division.is_strict
        if len(cells) > MOST_OPEN:
            cells = self.patterns.mixed_cells()
        self._piece = self.pieces.cut(cells | self.chosen(), self.chosen())
        self._piece.minimise(self.patterns.stage, self.patterns.held)
        self._search = Search(
            self._piece.model.cp,
            self.clock.limits,
            self.left() if self.clock.limits.is_alone else min(self.seconds, self.left()),
            # Few threads: the patterns need a core.
            small=not self.patterns.is_tired,
        )

    def _hear(self, values: list[int] | None) -> None:
        if values is None or self._piece is None:
            return
        chosen = self._piece.whole(values)
        if self.patterns.offer(chosen):
            self.patterns.learn(chosen)

    def _end(self, search: Search) -> None:
        outcome = search.end()
        self.clock.spend(outcome.deterministic)
        self._hear(outcome.values)
        if self._piece and self._is_all and outcome.is_proved and outcome.values is not None:
            # No other cell could have made it better.
            best = float(self.reckon(self._piece.whole(outcome.values)))
            self.patterns.bound = max(self.patterns.bound, best)
        self._search = None
