"""A year of rotations: filled, pinned, tried out, put to a host by link, and published."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from rota.host_answers.queries import link_token
from rota.host_answers.records import HostAsking
from rota.rotations.queries import held_in
from rota.rotations.rules import PlacementState
from tests.journeys.conftest import Given, Stage, Then, When
from tests.rota.rotation_scene import make_scene

LEAD = Role.ROTATION_LEAD


@pytest.mark.usefixtures("worker")
def test_a_lead_fills_a_year_pins_tries_something_out_asks_a_host_and_publishes(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    scene = make_scene(stage.cast, weeks=12)
    given.i_am_signed_in_as(LEAD)
    page = stage.page
    page.goto(f"{stage.site}/training/plans/")
    then.i_see("unmet")
    then.nobody_is_shut_out()
    when.i_choose("Fill")
    page.locator("#see-plan").click(timeout=60_000)
    bars = page.locator(".plan td.on a")
    expect(bars.first).to_be_visible()
    then.nobody_is_shut_out()

    # By keyboard: the panel says why the other hosts could not, Escape leads back, P pins, Ctrl+Z undoes.
    bars.first.focus()
    page.keyboard.press("Enter")
    then.i_see("Who could take them then?")
    then.nobody_is_shut_out()
    page.keyboard.press("Escape")
    expect(bars.first).to_be_focused()
    page.keyboard.press("p")
    then.i_see("Pinned: the search leaves it where it is.")
    expect(page.locator("td.pinned")).to_have_count(1)

    page.get_by_role("link", name="Try something out").click()
    page.get_by_label("What it tries out").fill("If nobody went first")
    when.i_choose("Make the copy")
    then.i_see("This is the copy.")
    bars.first.focus()
    page.keyboard.press("Delete")
    then.i_see("The placement is taken out.")
    page.get_by_role("link", name="Compare", exact=True).click()
    page.get_by_role("button", name="Compare", exact=True).click()
    then.i_see("1 learner would be elsewhere")
    then.nobody_is_shut_out()

    page.goto(f"{stage.site}/training/plans/{scene.version_id}")
    page.get_by_role("link", name="Ask hosts").click()
    page.get_by_role("button", name="Ask", exact=True).click()
    page.wait_for_load_state()
    the_host_accepts(stage)
    page.goto(f"{stage.site}/training/plans/{scene.version_id}")
    page.get_by_role("link", name="Publish").click()
    then.i_see("1 learner would be told, and nobody else")
    then.nobody_is_shut_out()
    when.i_choose("Publish and tell them")
    then.i_see("Published. 1 learner is being told, and nobody else.")
    assert {each.state for each in held_in(scene.version_id).values()} == {PlacementState.LEARNER_INFORMED}


def the_host_accepts(stage: Stage) -> None:
    """Open each link as a host without an account would, and accept."""
    db.session.commit()
    askings = db.session.scalars(select(HostAsking)).all()
    assert askings
    stranger = stage.page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    for asking in askings:
        stranger.goto(f"{stage.site}/placements/answer/{link_token(asking)}")
        stranger.get_by_role("button", name=re.compile("^Accept")).first.click()
        expect(stranger.get_by_text("Accepted").first).to_be_visible()
    stranger.context.close()
