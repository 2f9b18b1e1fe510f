"""Publishing takes a moment: the button says so, and cannot be pressed twice."""

from playwright.sync_api import Route, expect

from network.access.rules import Role
from tests.journeys.conftest import Given, Stage
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
PRESS = """button => new Promise((answer) => {
  button.click();
  setTimeout(() => answer([button.textContent, button.disabled]), 300);
})"""


def test_the_button_says_that_the_rota_is_being_published(stage: Stage, given: Given) -> None:
    cast = stage.cast
    member = scene.make_worker(cast, "Example")
    scene.want(cast.elm_site)
    version = scene.open_rota(cast)
    scene.put(version, member, cast.elm_site, cast[MANAGER])
    given.i_am_signed_in_as(MANAGER)
    stage.page.goto(f"{stage.site}/rota/versions/{version.id}/publish/")
    held: list[Route] = []
    stage.page.route("**/publish/", lambda route: held.append(route))
    # A click waits for the page that it leads to, which is held back here.
    shown = stage.page.get_by_role("button", name="Publish", exact=True).evaluate(PRESS)
    assert shown == ["Publishing…", True]
    held[0].continue_()
    expect(stage.page.get_by_text("The rota is published.")).to_be_visible()
    stage.page.wait_for_load_state("networkidle")
