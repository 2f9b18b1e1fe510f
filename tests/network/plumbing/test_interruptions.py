"""What ends us is remembered wherever it comes, and told of only where it ends something."""

import signal
import sys

import pytest

from network.plumbing.supervisor import Interruptions


class Falling:
    """What does something when it is thrown away."""

    def __init__(self, last):
        self._last = last

    def __del__(self):
        self._last()


@pytest.fixture
def lost(monkeypatch):
    """Yield what was lost in destructors and told to whoever listened before us."""
    kinds = []
    monkeypatch.setattr(sys, "unraisablehook", lambda lost: kinds.append(lost.exc_type))
    return kinds


def interrupt():
    signal.raise_signal(signal.SIGINT)


def fail():
    raise ValueError("A destructor that fails by itself.")


def test_an_interruption_in_a_destructor_ends_the_step_and_is_not_told_of(lost):
    with Interruptions() as interruptions, pytest.raises(KeyboardInterrupt), interruptions.breaking_in():
        Falling(interrupt)
    assert lost == []


def test_what_else_fails_in_a_destructor_is_told(lost):
    with Interruptions():
        Falling(fail)
        interrupt()
        Falling(fail)
    assert lost == [ValueError, ValueError]


def test_afterwards_the_old_listener_is_back(lost):
    with Interruptions():
        pass
    Falling(fail)
    assert lost == [ValueError]
