"""Contributing: asked by ticks, answered in a minute or in one click, read by those it is for."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from mdt.answering.queries import asked_of
from mdt.asking.commands import ask_for_contribution
from mdt.cases.records import Case
from mdt.contributions.queries import Tile, tiles_for
from mdt.contributions.rules import ContributionState
from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import Discipline
from tests.cast import Cast
from tests.journeys.conftest import Stage, Then
from tests.journeys.hands import let_in
from tests.mdt.scene import make_case

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER
GP = Discipline.GENERAL_PRACTICE


@dataclass
class Member:
    """Somebody of the cast with their list of what is asked of them."""

    stage: Stage
    role: Role

    def __post_init__(self) -> None:
        let_in(self.page.context, self.stage.site, self.stage.cast, self.role)

    @property
    def page(self) -> Page:
        return self.stage.page

    def open(self, path: str = "/contributions") -> None:
        self.page.goto(self.stage.site + path)

    def click(self, name: str | re.Pattern[str], role: str = "button") -> None:
        self.page.get_by_role(role, name=name).first.click()

    def fill(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)

    def tick(self, group: str, answer: str) -> None:
        self.group(group).get_by_label(answer, exact=True).check()

    def group(self, name: str) -> Locator:
        return self.page.get_by_role("group", name=name)

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(words).locator("visible=true").first).to_be_visible()


@pytest.fixture
def case(cast: Cast) -> Case:
    return make_case(cast)


def ask(cast: Cast, case: Case, discipline: Discipline = GP) -> None:
    organisation = cast.elm if discipline is GP else cast.charity
    ask_for_contribution(cast[COORDINATOR], case.id, discipline, organisation.id)
    db.session.commit()


def tile_of(cast: Cast, case: Case, discipline: Discipline = GP) -> Tile:
    db.session.rollback()
    return next(each for each in tiles_for(cast[COORDINATOR], case.id) if each.discipline is discipline)


def test_a_panel_is_answered_on_one_page(stage: Stage, cast: Cast, case: Case, then: Then) -> None:
    ask(cast, case)
    doctor = Member(stage, CLINICIAN)
    doctor.open("/")
    doctor.click("1 answer", "link")
    doctor.click(f"Answer {case.ref}", "link")
    doctor.sees(case.question)
    doctor.tick("Have you or a colleague met them?", "Yes")
    doctor.fill("Number of regular medicines", "11")
    doctor.fill("Electronic Frailty Index", "0.31")
    doctor.tick("Has a plan made ahead (ReSPECT or similar)", "No")
    doctor.fill("What the team should know", "Blood pressure falls on standing.")
    doctor.fill("What we need from others", "One plan, one letter.")
    then.nobody_is_shut_out()
    doctor.click("Send to the team")
    doctor.sees("is with the team")
    doctor.sees("Nothing is asked of you")
    tile = tile_of(cast, case)
    assert tile.lines == (("Regular medicines", "11"), ("eFI", "0.31"), ("Plan made ahead", "No"))
    assert (tile.has_met, tile.need) == (True, "One plan, one letter.")


def test_nothing_to_add_is_one_click_and_one_to_undo(stage: Stage, cast: Cast, case: Case) -> None:
    ask(cast, case)
    doctor = Member(stage, CLINICIAN)
    doctor.open()
    doctor.click(f"Nothing to add to {case.ref}")
    doctor.sees("the team sees that you looked")
    assert tile_of(cast, case).state is ContributionState.NOTHING_TO_ADD
    doctor.click("Undo")
    doctor.sees("Taken back")
    assert len(asked_of(cast[CLINICIAN])) == 1


def test_what_is_wrong_is_said_and_no_word_lost(stage: Stage, cast: Cast, case: Case) -> None:
    ask(cast, case)
    doctor = Member(stage, CLINICIAN)
    doctor.open()
    doctor.click(f"Answer {case.ref}", "link")
    doctor.fill("Clinical Frailty Scale", "12")
    doctor.fill("What the team should know", "Lives upstairs.")
    doctor.click("Send to the team")
    doctor.sees("Clinical Frailty Scale: enter a whole number from 1 to 9.")
    expect(doctor.page.get_by_label("What the team should know")).to_have_value("Lives upstairs.")
    assert tile_of(cast, case).state is ContributionState.REQUESTED


def test_the_coordinator_asks_by_ticks_and_the_charity_answers_on_a_phone(
    stage: Stage, cast: Cast, case: Case, then: Then
) -> None:
    coordinator = Member(stage, COORDINATOR)
    coordinator.open(f"/asking/{case.id}")
    coordinator.page.get_by_label("Voluntary sector").check()
    coordinator.click("Ask them")
    coordinator.sees("Asked: Voluntary sector, Good Neighbours.")
    stage.page.set_viewport_size({"width": 390, "height": 844})
    charity = Member(stage, CHARITY)
    charity.open()
    charity.click(f"Answer {case.ref}", "link")
    then.the_page_fits_the_screen()
    charity.fill("What the person enjoys", "Her allotment.")
    charity.page.get_by_label("Everybody on the case").check()
    charity.click("Send to the team")
    charity.sees("is with the team")
    assert tile_of(cast, case, Discipline.VOLUNTARY).lines == (("Enjoys", "Her allotment."),)


def test_keys_alone_answer_what_is_asked(stage: Stage, cast: Cast, case: Case) -> None:
    ask(cast, case)
    doctor = Member(stage, CLINICIAN)
    doctor.open()
    button = doctor.page.get_by_role("button", name=f"Not known to us {case.ref}")
    for _ in range(40):
        doctor.page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    doctor.page.keyboard.press("Enter")
    doctor.sees("Not known to you")
    assert tile_of(cast, case).state is ContributionState.NOT_KNOWN
