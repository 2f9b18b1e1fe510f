"""Every page of the meeting wing, in a real browser: nobody is shut out, and it fits a phone."""

import pytest
from flask import Flask

from network.access.rules import Role
from tests.journeys.conftest import Given, Stage, Then
from tests.mdt.everything import make_everything
from tests.mdt.test_visibility import path_of, rules_of_the_wing

SHARES = 4


@pytest.mark.parametrize("share", range(SHARES))
def test_nobody_is_shut_out_and_everything_fits_a_phone(
    app: Flask, stage: Stage, given: Given, then: Then, share: int
) -> None:
    hidden = make_everything(stage.cast)
    given.i_am_signed_in_as(Role.CARE_COORDINATOR)
    stage.page.set_viewport_size({"width": 390, "height": 844})
    looked = 0
    for rule in sorted(rules_of_the_wing(app, "GET"), key=str)[share::SHARES]:
        path = path_of(app, rule, hidden)
        answer = stage.page.request.get(stage.site + path)
        if answer.status != 200 or "text/html" not in answer.headers["content-type"]:
            continue
        if "<!DOCTYPE" not in answer.text()[:20]:
            continue
        stage.page.goto(stage.site + path)
        then.nobody_is_shut_out()
        then.the_page_fits_the_screen()
        looked += 1
    assert looked
