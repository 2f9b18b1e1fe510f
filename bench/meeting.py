"""The meeting bench: a meeting of 12 cases with 15 people connected, one of them typing in a real browser.

Prints one JSON line: the median milliseconds from the key N to the next case on the screen, those in which
the server saves a block of the minutes, how many people were connected, and how many cases were on the list.
"""

import json
import os
import shutil
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from http.client import HTTPConnection
from statistics import median
from threading import Event, Thread
from typing import Any

from flask import Flask
from playwright.sync_api import Page, expect, sync_playwright

from bench.grid import an_app, middle, served
from bench.room import Room, Seat, make_room
from network.plumbing.logging import configure_logging
from network.plumbing.settings import Environment

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
FLAGS = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage")
# As often as the page asks.
EVERY = 2.5
WORDS = "Home medicines review and a sight test before Christmas; a lift to the allotment on Thursdays."
# The message comes after the frame in which the next case was drawn.
WATCH = """() => {
  window.keyTimes = [];
  addEventListener("keydown", (event) => {
    if (event.key !== "n" || event.target.matches("input, textarea")) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.keyTimes.push(performance.now() - event.timeStamp);
      port2.postMessage("");
    });
  }, { capture: true });
}"""


def main(arguments: list[str]) -> None:
    """Measure as the arguments say."""
    parser = ArgumentParser(prog="bench meeting", description=__doc__)
    parser.add_argument("--keys", type=int, default=24, help="how often the next case is asked for")
    options = parser.parse_args(arguments)
    configure_logging(Environment.TEST)
    with ExitStack() as running:
        app = running.enter_context(an_app())
        room = copy_context().run(make, app)
        saves = time_saves(app)
        address = f"http://127.0.0.1:{running.enter_context(served(app))}"
        chair, *others = room.seats
        running.enter_context(asking(app, address, room, others))
        page = running.enter_context(screen(app, address, chair))
        keys = work(page, address + room.path, options.keys)
    line = {
        "key_ms_p50": round(median(keys), 1),
        "save_ms_p50": middle(saves, 0),
        # On a busy machine this says more.
        "save_cpu_ms_p50": middle(saves, 1),
        "people": len(room.seats),
        "cases": room.cases,
        "keys": len(keys),
        "saves": len(saves),
    }
    sys.stdout.write(json.dumps(line) + "\n")


def make(app: Flask) -> Room:
    """Make the room."""
    with app.app_context():
        return make_room()


def time_saves(app: Flask) -> list[tuple[float, float]]:
    """Time every save of a block on the server, by the clock and by what it took of the processor."""
    times: list[tuple[float, float]] = []
    serve = app.wsgi_app

    def timed(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        began, worked = time.perf_counter(), time.thread_time()
        answer = serve(environ, start)
        if environ["PATH_INFO"].endswith("/block"):
            times.append((1000 * (time.perf_counter() - began), 1000 * (time.thread_time() - worked)))
        return answer

    app.wsgi_app = timed  # type: ignore[method-assign,assignment]
    return times


def cookie_of(app: Flask, seat: Seat) -> tuple[str, str]:
    """Give the cookie of somebody who is signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session.update(_user_id=seat.account, _fresh=True, fs_paa=time.time(), sign_in=str(seat.sign_in))
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return cookie.key, cookie.value


@contextmanager
def asking(app: Flask, address: str, room: Room, seats: list[Seat]) -> Iterator[None]:
    """Let the others' screens ask what is new, each from a thread of its own."""
    over = Event()
    headers = [{"Cookie": "=".join(cookie_of(app, seat))} for seat in seats]
    threads = [
        Thread(target=ask_until, args=(over, address + room.path, each, place * EVERY / len(seats)))
        for place, each in enumerate(headers)
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join(5)


def ask_until(over: Event, url: str, headers: dict[str, str], pause: float) -> None:
    """Ask again and again, as a page does."""
    number = -1
    host, _, path = url.removeprefix("http://").partition("/")
    server = HTTPConnection(host)
    while not over.wait(pause):
        server.request("GET", f"/{path}/pulse?number={number}", headers=headers)
        answer = server.getresponse()
        body = answer.read()
        if answer.status not in (200, 204):
            os.write(2, f"A screen was answered {answer.status}.\n".encode())
            return
        number = json.loads(body)["number"] if body else number
        pause = EVERY


@contextmanager
def screen(app: Flask, address: str, seat: Seat) -> Iterator[Page]:
    """Open a real browser in which somebody is signed in."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        sys.exit(f"No browser here: install one of {', '.join(BROWSERS)}.")
    # As root, Chromium refuses to start inside its own sandbox.
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    name, value = cookie_of(app, seat)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *sandbox])
        context = browser.new_context(viewport={"width": 1440, "height": 800})
        context.add_cookies([{"name": name, "value": value, "url": address}])
        yield context.new_page()
        browser.close()


def work(page: Page, url: str, keys: int) -> list[float]:
    """Go from case to case and write a decision in each; return the milliseconds of each key."""
    page.goto(url)
    page.evaluate(WATCH)
    for number in range(keys):
        page.keyboard.press("n")
        page.keyboard.press("d")
        page.keyboard.type(f"{number + 1}. {WORDS} ", delay=15)
        page.keyboard.press("Escape")
        expect(page.locator("#run-saved")).to_contain_text("Saved", timeout=15_000)
    times: list[float] = page.evaluate("window.keyTimes")
    return times
