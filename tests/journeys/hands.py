"""What somebody does at the grid with keyboard, mouse and clipboard, each key and click counted."""

import re
from dataclasses import dataclass

from flask import current_app
from playwright.sync_api import BrowserContext, Locator, Page, expect

from network.access.rules import Role
from network.plumbing.database import db
from rota.rotas.records import RotaVersion
from rota.staff.records import RotaMember
from tests.cast import Cast, client_for

SETTLING = ".htmx-request, .htmx-swapping, .htmx-settling, .saving, [aria-busy]"


@dataclass
class Hands:
    """Somebody at the grid of a rota."""

    page: Page
    site: str
    keys: int = 0
    clicks: int = 0

    def open(self, version: RotaVersion, asked: str = "") -> None:
        self.page.goto(f"{self.site}/rota/versions/{version.id}/{asked}")
        self.wait_for_the_grid()

    def wait_for_the_grid(self) -> None:
        self.page.locator('table.rota td[tabindex="0"]').wait_for(state="attached")

    def pause(self) -> None:
        """Wait as any person does: until what was asked for is there."""
        expect(self.page.locator(SETTLING)).to_have_count(0)

    def cell(self, member: RotaMember, session: int) -> Locator:
        return self.page.locator(f'tr[data-member="{member.id}"] td').nth(session)

    def stand_on(self, member: RotaMember, session: int) -> None:
        self.cell(member, session).focus()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
            self.pause()

    def click(self, target: Locator) -> None:
        target.click()
        self.clicks += 1
        self.pause()

    def click_on(self, name: str) -> None:
        """Click the first link or button that is called so."""
        link = self.page.get_by_role("link", name=name, exact=True)
        found = link.or_(self.page.get_by_role("button", name=name, exact=True))
        self.click(found.first)

    def drag(self, source: Locator, target: Locator, holding: str = "") -> None:
        source.hover()
        self.page.mouse.down()
        target.hover()
        if holding:
            self.page.keyboard.down(holding)
        self.page.mouse.up()
        if holding:
            self.page.keyboard.up(holding)
        self.pause()

    def copy_elsewhere(self, text: str) -> None:
        """Copy something in another program."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)

    @property
    def clipboard(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def look_around(self) -> None:
        """Come back to the page, which asks at once what is new."""
        self.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    @property
    def panel(self) -> Locator:
        return self.page.locator("#rota-panel")

    def hear(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("#rota-said")).to_contain_text(text)

    def see(self, member: RotaMember, session: int, text: str) -> None:
        expect(self.cell(member, session)).to_have_text(text)

    def are_in(self, member: RotaMember, session: int) -> None:
        expect(self.cell(member, session)).to_be_focused()

    def rows_shown(self, count: int) -> None:
        expect(self.page.locator("tr[data-member]:visible")).to_have_count(count)


def let_in(context: BrowserContext, site: str, cast: Cast, role: Role) -> None:
    """Sign somebody of the cast in, in a browser of their own, without the minute at the door."""
    name = current_app.config["SESSION_COOKIE_NAME"]
    cookie = client_for(cast, role).get_cookie(name)
    assert cookie
    db.session.commit()
    context.add_cookies([{"name": name, "value": cookie.value, "url": site}])
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
