"""The real site and a real worker for journeys in a real browser, which read aloud: given, when, then."""

import os
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import waitress
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask_security.utils import hash_password
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from app import create_app
from network.access.rules import PATIENT_FACING, Role
from network.accounts.commands import set_sign_in_rules
from network.plumbing.database import db
from rota.leave.records import Absence
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.rotas.records import RotaVersion
from rota.staff.records import RotaMember
from tests.cast import Cast
from tests.makers import MONDAY, keep
from tests.rota import scene
from tests.workers import a_worker

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
PASSWORD = "correct horse battery staple"
PATIENCE = 40_000


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the browser of this machine; a suite without one has failed, it does not skip."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    assert found, f"No browser here: install one of {', '.join(BROWSERS)}."
    # As root, Chromium refuses to start inside its own sandbox.
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {"executable_path": found, "args": [*FLAGS, *sandbox]}


@pytest.fixture(scope="session")
def site(app: Flask) -> Iterator[str]:
    """Serve the site as it is in earnest, form tokens included, and give its address."""
    served = create_app(replace(app.extensions["settings"]))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = waitress.create_server(served, sockets=[listener], threads=4)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.close()
        thread.join(5)


@pytest.fixture
def worker(app: Flask, database: None) -> Iterator[None]:
    with a_worker(app):
        yield


@dataclass
class Stage:
    """What a journey plays on: a browser's page, the site, and the cast."""

    page: Page
    site: str
    cast: Cast
    console: list[str] = field(default_factory=list)

    def hear(self, text: str) -> None:
        # Browsers note every refusal; one that is shown on the page is no fault.
        if "status of 422" not in text and "status of 409" not in text:
            self.console.append(f"{text} on {self.page.url}")

    def forgive(self, said: str) -> None:
        """Let the browser have noted what this journey has broken on purpose."""
        self.console = [line for line in self.console if said not in line]

    def row(self, name: str) -> Locator:
        return self.page.locator("tr[data-member]").filter(has_text=name)

    def cell(self, name: str, number: int) -> Locator:
        return self.row(name).locator("td").nth(number)

    @property
    def version(self) -> RotaVersion:
        """The one rota of this journey."""
        return db.session.scalars(select(RotaVersion)).one()

    def wait_for_the_grid(self) -> None:
        """Wait until the grid's scripts have made one of its cells the tab stop."""
        self.page.locator('table.rota td[tabindex="0"]').wait_for(state="attached")


@pytest.fixture
def stage(page: Page, site: str, cast: Cast) -> Iterator[Stage]:
    stage = Stage(page, site, cast)
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.on("console", lambda message: stage.hear(message.text))
    page.on("pageerror", lambda error: stage.console.append(f"{error} on {page.url}"))
    yield stage
    assert stage.console == []


class Given:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def a_network_that_can_be_planned(self) -> list[RotaMember]:
        return scene.make_scene(self.stage.cast)

    def somebody_is_on_leave_on_monday(self, member: RotaMember) -> None:
        keep(
            Absence(
                member_id=member.id,
                kind=AbsenceKind.ANNUAL,
                state=AbsenceState.APPROVED,
                starts_on=MONDAY,
                ends_on=MONDAY,
            )
        )
        db.session.commit()

    def a_published_rota(self, people: list[RotaMember]) -> None:
        version = scene.open_rota(self.stage.cast)
        for member, where in zip(people, (self.stage.cast.elm_site, self.stage.cast.oak_site), strict=False):
            scene.put(version, member, where, self.stage.cast[Role.WORKFORCE_MANAGER])
        scene.make_chosen(version)

    def a_draft(self) -> None:
        scene.open_rota(self.stage.cast)
        db.session.commit()

    def a_phone(self) -> None:
        self.stage.page.set_viewport_size({"width": 390, "height": 844})

    def somebody_else_places(self, member: RotaMember) -> None:
        scene.put(
            self.stage.version, member, self.stage.cast.elm_site, self.stage.cast[Role.WORKFORCE_MANAGER]
        )

    def i_am_signed_in_as(self, role: Role) -> None:
        account = self.stage.cast.accounts[role]
        account.password = hash_password(PASSWORD)
        if role in PATIENT_FACING:
            # The second step has a test of its own, and costs every journey a page.
            set_sign_in_rules(self.stage.cast[Role.ADMINISTRATOR], second_factor_for_patient_roles=False)
            account.tf_primary_method = account.tf_totp_secret = None
        db.session.commit()
        page = self.stage.page
        page.goto(f"{self.stage.site}/sign-in")
        page.get_by_label("Email address").fill(account.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Today"))


class When:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.page = stage, stage.page

    def i_choose(self, word: str) -> None:
        """Click what is called so in the menu or on the page."""
        self.page.get_by_role("link", name=word, exact=True).or_(
            self.page.get_by_role("button", name=word, exact=True)
        ).first.click()
        # What is typed before a page is awake is not looked up.
        self.page.wait_for_load_state()

    def i_open_the_rota(self) -> None:
        self.i_choose("Rota")
        self.page.get_by_role("link", name=re.compile(f"^{MONDAY.day} {MONDAY:%B} to")).first.click()
        self.stage.wait_for_the_grid()

    def i_make_a_rota_for_a_week(self) -> None:
        self.i_choose("Rota")
        self.i_choose("Make the first rota")
        self.page.get_by_label("First Monday").fill(MONDAY.isoformat())
        self.page.get_by_label("Weeks").fill("1")
        self.i_choose("Open the rota")

    def i_wait_for_the_end(self) -> None:
        self.page.locator("#see-rota").wait_for()

    def i_click_on(self, name: str, session: int) -> None:
        self.stage.wait_for_the_grid()
        self.stage.cell(name, session).click()
        self.page.locator("#panel-title").wait_for()

    def i_pause(self) -> None:
        """Wait as long as any person does: until what came from the site is in its place."""
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)

    def i_place_them_at(self, where: str) -> None:
        self.i_pause()
        self.page.get_by_role("button", name=re.compile(f"(Place|Move) to {where}")).first.click()

    def i_press(self, *keys: str) -> None:
        for key in keys:
            self.i_pause()
            self.page.keyboard.press(key)

    def i_stand_on(self, name: str, session: int) -> None:
        self.stage.wait_for_the_grid()
        self.stage.cell(name, session).focus()


class Then:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.page = stage, stage.page

    def i_see(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def i_do_not_see(self, text: str) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0)

    def the_cell_holds(self, name: str, session: int, text: str) -> None:
        expect(self.stage.cell(name, session)).to_have_text(text)

    def the_cell_is(self, name: str, session: int, state: str) -> None:
        expect(self.stage.cell(name, session)).to_have_class(re.compile(rf"\b{state}\b"))

    def the_cell_is_not(self, name: str, session: int, state: str) -> None:
        expect(self.stage.cell(name, session)).not_to_have_class(re.compile(rf"\b{state}\b"))

    def i_stand_on_the_name_of(self, name: str) -> None:
        expect(self.stage.row(name).get_by_role("link", name=name)).to_be_focused()

    def i_stand_in_the_cell(self, name: str, session: int) -> None:
        expect(self.stage.cell(name, session)).to_be_focused()

    def i_stand_in_the_panel(self) -> None:
        expect(self.page.locator("#panel-title")).to_be_focused()

    def nobody_is_shut_out(self) -> None:
        """Let axe look at the page: nothing serious may be found."""
        found = Axe().run(self.page).response["violations"]
        serious = [
            f"{each['id']}: {each['help']} {[node['html'][:120] for node in each['nodes'][:3]]}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert serious == [], f"on {self.page.url}"

    def only_one_day_is_shown(self) -> None:
        for day, count in ((1, 1), (2, 0)):
            expect(self.page.locator(f"tr[data-member] td.day-{day}:visible").first).to_have_count(count)

    def the_button_rests(self, word: str) -> None:
        expect(self.page.get_by_role("button", name=word, exact=True)).to_be_disabled()

    def the_panel_rises_from_below(self) -> None:
        box = self.page.locator("#rota-panel").bounding_box()
        height = self.page.evaluate("window.innerHeight")
        assert box
        assert box["y"] + box["height"] >= height - 1, f"{box} of {height}"

    def the_page_fits_the_screen(self) -> None:
        self.page.wait_for_load_state()
        widths = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert widths[0] <= widths[1], f"{widths} on {self.page.url}"


@pytest.fixture
def given(stage: Stage) -> Given:
    return Given(stage)


@pytest.fixture
def when(stage: Stage) -> When:
    return When(stage)


@pytest.fixture
def then(stage: Stage) -> Then:
    return Then(stage)
