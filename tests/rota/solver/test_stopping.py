"""A solve stops when told to, in whatever phase it is, and tells its watcher on the thread that called."""

import threading
from time import monotonic

import pytest

from bench.instances import make
from rota.solver.limits import Limits
from rota.solver.result import Status
from rota.solver.staff_rota import breaches, fill
from tests.rota.solver.tiny import tiny_problem


@pytest.fixture(scope="module")
def network():
    return make("s", "tight")


class Watcher:
    """Gives an order at the so-manieth question, or once the search is in a phase."""

    def __init__(self, order, at=None, phase=None):
        self.order, self.at, self.phase = order, at, phase
        self.asked = 0
        self.seen = []
        self.ordered = None
        self.threads = set()

    def on_better(self, snapshot):
        self.seen.append(snapshot)
        self.threads.add(threading.current_thread())

    def should_stop(self):
        self.asked += 1
        self.threads.add(threading.current_thread())
        reached = self.asked >= self.at if self.at else any(each.phase == self.phase for each in self.seen)
        if reached:
            self.ordered = self.ordered or monotonic()
        return self.order if reached else None


@pytest.mark.parametrize(("order", "status"), [("stop", Status.STOPPED), ("cancel", Status.CANCELLED)])
@pytest.mark.parametrize("at", [1, 2, 3, 4, 6, 12])
def test_an_order_at_any_question_ends_the_solve_long_before_its_limit(network, at, order, status):
    watcher = Watcher(order, at=at)
    result = fill(network, Limits(seconds=30, workers=2), watcher)
    assert monotonic() - watcher.ordered < 15
    assert result.status is status
    assert not breaches(network, result.plan)


@pytest.mark.parametrize("phase", ["start", "T1"])
def test_an_order_in_a_phase_keeps_the_best_so_far(network, phase):
    watcher = Watcher("stop", phase=phase)
    result = fill(network, Limits(seconds=30, workers=2), watcher)
    assert result.status is Status.STOPPED
    assert result.cost_by_tier["T1"] <= watcher.seen[-1].cost_by_tier["T1"]


def test_the_watcher_is_called_on_the_calling_thread_only(network):
    watcher = Watcher("stop", at=8)
    fill(network, Limits(seconds=30, workers=2), watcher)
    assert watcher.threads == {threading.current_thread()}


def test_the_first_snapshot_is_the_plan_made_by_hand_and_snapshots_are_told_apart(network):
    watcher = Watcher("stop", at=25)
    fill(network, Limits(seconds=30, workers=2), watcher)
    first = watcher.seen[0]
    assert first.phase == "start"
    assert all(
        later.seconds - sooner.seconds >= 0.5
        for sooner, later in zip(watcher.seen, watcher.seen[1:], strict=False)
    )


def test_a_watcher_that_fails_ends_the_search_and_is_heard(network):
    class Failing(Watcher):
        def should_stop(self):
            if self.asked > 2:
                raise RuntimeError("the database is gone")
            return super().should_stop()

    threads = threading.active_count()
    with pytest.raises(RuntimeError, match="the database is gone"):
        fill(network, Limits(seconds=30, workers=2), Failing("stop", at=1000))
    assert threading.active_count() == threads


def test_out_of_time_is_a_result_with_a_plan():
    result = fill(make("s", "tight"), Limits(seconds=0.01, workers=1))
    assert result.status is Status.OUT_OF_TIME
    assert result.plan.placements


def test_no_watcher_is_needed():
    assert fill(tiny_problem("nobody looks", pins=0), Limits(seconds=5, workers=1)).status is Status.OPTIMAL
