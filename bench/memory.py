"""The most memory that a process and its children hold together."""

import os
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

PAUSE = 0.1  # seconds between looks
MIB = 1024


class Peak:
    """Watches while a block runs: `mib` is the largest sum of resident memory that was seen."""

    def __init__(self) -> None:
        self.mib = 0
        self._ended = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        self._look()

    def _watch(self) -> None:
        while not self._ended.wait(PAUSE):
            self._look()

    def _look(self) -> None:
        self.mib = max(self.mib, sum(map(held_by, family_of(os.getpid()))) // MIB)


def family_of(process: int) -> list[int]:
    """Give a process and all that it started, directly or not."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    found = [process]
    for listed in children:
        try:
            numbers = listed.read_text().split()
        except OSError:
            continue
        for number in numbers:
            found += family_of(int(number))
    return found


def held_by(process: int) -> int:
    """Give the resident memory of a process in KiB; none of one that has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
