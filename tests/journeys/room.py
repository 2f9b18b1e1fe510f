"""What somebody does at the screen of a meeting, each key and click counted, and what they see there."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Locator, Page, Request, expect

from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState
from mdt.meetings.records import Meeting
from network.access.rules import Role
from network.plumbing.database import db
from tests.cast import Cast
from tests.journeys.hands import let_in


@dataclass
class Screen:
    """The screen of a meeting before somebody of the cast."""

    page: Page
    site: str
    deeds: int = 0
    asked: set[Request] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.asked.add(request))
        self.page.on("requestfinished", lambda request: self.asked.discard(request))
        self.page.on("requestfailed", lambda request: self.asked.discard(request))

    def open(self, meeting: Meeting) -> None:
        self.page.goto(f"{self.site}/meetings/{meeting.id}/run")
        expect(self.page.locator("#run-items button").first).to_be_attached()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.deeds += 1

    def type(self, words: str) -> None:
        """Type what has to be typed whatever the program: it is no overhead."""
        self.page.keyboard.type(words)

    def click(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).locator("visible=true").first.click()
        self.deeds += 1

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).locator("visible=true").check(force=True)
        self.deeds += 1

    def write_decision(self, words: str) -> None:
        self.press("d")
        self.type(words)
        self.press("Escape")

    def add_action(self, line: str) -> None:
        self.press("a")
        self.type(line)
        self.press("Enter")

    def line(self, position: int) -> Locator:
        return self.page.locator("#run-items li").nth(position - 1)

    def choose(self, position: int) -> None:
        self.line(position).get_by_role("button").click()
        self.deeds += 1

    def leave(self) -> None:
        """Ask the site nothing more, and wait until it has answered."""
        self.page.route("**/run/**", lambda route: route.fulfill(status=204))
        while self.asked:
            self.page.wait_for_timeout(20)

    @property
    def decision(self) -> Locator:
        return self.page.get_by_label(re.compile("^Decision"))

    def is_at(self, ref: str) -> None:
        expect(self.page.locator("[data-item]:visible")).to_have_attribute("aria-label", f"Case {ref}")
        expect(self.page.locator("#run-ref")).to_have_text(ref)

    def saves(self) -> None:
        expect(self.page.locator("#run-saved")).to_contain_text("Saved")

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def does_not_see(self, text: str) -> None:
        expect(self.page.get_by_text(text).locator("visible=true")).to_have_count(0)

    def kept_here(self) -> list[str]:
        """Name what of the meeting this device keeps."""
        return self.page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('run-'))")


@contextmanager
def screen_on(page: Page, site: str, cast: Cast, role: Role, meeting: Meeting) -> Iterator[Screen]:
    """Open the screen before somebody, and let it come to rest afterwards."""
    let_in(page.context, site, cast, role)
    screen = Screen(page, site)
    screen.open(meeting)
    yield screen
    screen.leave()


@contextmanager
def screen_of(browser: Browser, site: str, cast: Cast, role: Role, meeting: Meeting) -> Iterator[Screen]:
    """Open the screen in a browser of somebody's own."""
    with browser.new_context() as context, screen_on(context.new_page(), site, cast, role, meeting) as screen:
        yield screen


def state_of(item: AgendaItem) -> ItemState:
    db.session.rollback()
    return db.session.get_one(AgendaItem, item.id).state
