"""The measure of the grid: four weeks without exceptions in 12 clicks, and ten exceptions by keyboard."""

import time

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from network.access.rules import Role
from network.plumbing.database import db
from rota.cells.commands import edit_cells
from rota.desk.rules import Change
from rota.edits.rules import Cell
from rota.leave.commands import record_leave
from rota.leave.rules import AbsenceKind, Away
from rota.rotas.records import Assignment, RotaVersion
from rota.rows.rules import mark_of
from tests.cast import Cast
from tests.journeys.conftest import Given, Stage, Then, When
from tests.journeys.hands import Hands, let_in
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
MOST_CLICKS = 12
MINUTES = 25
WEEKS, GAPS, LEAVES = 4, 7, 3
# Alt+N, Enter, Tab, Enter; who is on leave is found and cleared before that, with two more; a week is turned.
KEYS = 4 * GAPS + 6 * LEAVES + WEEKS - 1


def plant_exceptions(cast: Cast, version: RotaVersion) -> None:
    """Take seven people off within four weeks, and give three others leave on sessions they are to work."""
    lone = (
        select(Assignment.line_id)
        .where(Assignment.version_id == version.id)
        .group_by(Assignment.line_id)
        .having(func.count() == 1)
    )
    rows = db.session.scalars(
        select(Assignment)
        .where(Assignment.version_id == version.id, Assignment.line_id.in_(lone))
        .order_by(Assignment.day, Assignment.kind, Assignment.id)
    ).all()
    planted = rows[:: len(rows) // (GAPS + LEAVES)][: GAPS + LEAVES]
    cells = [(Cell(row.member_id, row.day, row.kind), mark_of(row.id, row.row_version)) for row in planted]
    # The first, the fourth and the seventh fall ill, so that both kinds lie in several weeks.
    ill = [cell for cell, _ in cells[:7:3]]
    for cell in ill:
        record_leave(
            cast[MANAGER], cell.member_id, Away(AbsenceKind.ANNUAL, cell.day, cell.day, cell.kind, cell.kind)
        )
    changes = [Change(cell, "", mark) for cell, mark in cells if cell not in ill]
    edit_cells(cast[MANAGER], version.id, changes)
    db.session.commit()


@pytest.mark.usefixtures("worker")
def test_four_weeks_take_few_clicks_and_ten_exceptions_few_keys(
    given: Given, when: When, then: Then, stage: Stage
) -> None:
    hands = Hands(stage.page, stage.site)
    scene.make_scene(stage.cast, doctors=4)
    let_in(stage.page.context, stage.site, stage.cast, MANAGER)
    hands.page.goto(stage.site)

    hands.click_on("Rota")
    hands.click_on("Make the first rota")
    hands.page.get_by_label("First Monday").fill(MONDAY.isoformat())
    hands.page.get_by_label("Weeks").fill(str(WEEKS))
    hands.click_on("Open the rota")
    hands.click_on("Fill the gaps")
    when.i_wait_for_the_end()
    hands.click_on("See the rota")
    hands.wait_for_the_grid()
    then.i_see("Nothing short")
    then.i_see("no rule broken")

    begun = time.monotonic()
    plant_exceptions(stage.cast, stage.version)
    hands.open(stage.version)
    then.i_see(f"{GAPS + LEAVES} sessions short")
    then.i_see(f"{LEAVES} rules broken")
    fix_exceptions(hands)
    then.i_see("Nothing short")
    then.i_see("no rule broken")
    assert hands.keys <= KEYS
    assert time.monotonic() - begun < MINUTES * 60

    hands.click_on("Publish…")
    hands.click_on("It stands as it is")
    hands.click(hands.page.get_by_role("button", name="Publish", exact=True))
    then.i_see("The rota is published.")
    assert hands.clicks <= MOST_CLICKS


def fix_exceptions(hands: Hands) -> None:
    """Clear who is on leave week by week, then fill every gap with the first who could."""
    hands.page.locator('td[tabindex="0"]').focus()
    for week in range(WEEKS):
        for _ in range(hands.page.locator("td.breach").count()):
            hands.press("Alt+b", "Delete")
        if week < WEEKS - 1:
            with hands.page.expect_navigation():
                hands.press("PageDown")
            hands.wait_for_the_grid()
    for _ in range(GAPS + LEAVES):
        hands.press("Alt+n")
        expect(hands.page.locator("td.short:focus")).to_have_count(1)
        hands.press("Enter")
        expect(hands.page.locator("#panel-title")).to_be_focused()
        hands.press("Tab", "Enter")
        hands.hear("Saved, no rule broken.")
