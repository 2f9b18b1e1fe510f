"""How fast one account, or one place, may ask for anything at all.

Counted in the memory of each process: to write to the database at every look would cost more than most looks.
With several processes somebody may be that many times as fast, which is still slow for a machine. What must
hold for all processes together, such as tries at a password, is counted in rate_limits.py.
"""

import threading
import time
from collections import Counter

from flask import Flask, current_app, request, session
from werkzeug.exceptions import TooManyRequests

from network.plumbing.rate_limits import place

WINDOW_SECONDS = 60
# A room with its pulse asks once in two seconds, a fast hand at the grid twice a second.
MOST_BY_ACCOUNT = 600
# A whole practice may come from one address.
MOST_BY_PLACE = 6000
FREE = {"static", "health.alive", "health.ready"}


class Pace:
    """Counts what came in this minute; with the next it begins anew, so it never grows."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = -1
        self._seen: Counter[str] = Counter()

    def wait_after(self, key: str, most: int, seconds: float) -> int:
        """Count one request at that moment; give the seconds to wait where it is one too many."""
        window, into = divmod(seconds, WINDOW_SECONDS)
        with self._lock:
            if window != self._window:
                self._window, self._seen = int(window), Counter()
            self._seen[key] += 1
            return int(WINDOW_SECONDS - into) + 1 if self._seen[key] > most else 0


def install_pace(app: Flask) -> None:
    """Hold every account and every place to its pace."""
    app.config.update(MOST_BY_ACCOUNT=MOST_BY_ACCOUNT, MOST_BY_PLACE=MOST_BY_PLACE)
    app.extensions["pace"] = Pace()
    app.before_request(_hold_to_the_pace)


def _hold_to_the_pace() -> None:
    if request.endpoint in FREE:
        return
    account = session.get("_user_id")
    counted = [(f"place {place()}", current_app.config["MOST_BY_PLACE"])]
    if account:
        counted.append((f"account {account}", current_app.config["MOST_BY_ACCOUNT"]))
    pace: Pace = current_app.extensions["pace"]
    waits = [pace.wait_after(key, most, time.monotonic()) for key, most in counted]
    if wait := max(waits):
        raise TooManyRequests(retry_after=wait)
