from datetime import date, timedelta

import pytest

from network.access.rules import Role
from network.plumbing.database import in_network, today
from network.vocabulary import Activity, SessionKind
from rota.staff import commands, queries
from rota.staff.rules import Availability, PatternChoice, PatternSlot, Planning
from tests import makers
from tests.cast import Cast, client_for

MONDAY_AM = PatternSlot(1, 0, SessionKind.MORNING)


@pytest.fixture
def manager(cast: Cast):
    return client_for(cast, Role.WORKFORCE_MANAGER)


@pytest.fixture
def member(cast: Cast):
    boss = cast[Role.WORKFORCE_MANAGER]
    with in_network(boss.network_id):
        engagement = makers.make_engagement(cast.elm)
        return commands.add_member(boss, engagement.id, planning=Planning(date(2026, 1, 5)))


def known(cast, member):
    boss = cast[Role.WORKFORCE_MANAGER]
    with in_network(boss.network_id):
        return queries.get_member_for(boss, member)


def test_a_pattern_is_set_with_plain_form_controls(cast, manager, member):
    answers = {
        "drawn": "2",
        "cycle_weeks": "2",
        "starts_on": "2026-01-05",
        "cell_1_0_AM": "preferred",
        "cell_2_1_PM": "fixed:teaching",
    }
    page = manager.post(f"/staff/{member}/pattern", data=answers, follow_redirects=True).text
    assert "The working pattern is saved." in page
    assert "Likes to work" in page
    (pattern,) = known(cast, member).patterns
    assert pattern.value.choices == {
        MONDAY_AM: PatternChoice(Availability.PREFERRED),
        PatternSlot(2, 1, SessionKind.AFTERNOON): PatternChoice(Availability.FIXED, Activity.TEACHING),
    }


def test_another_number_of_weeks_draws_them_before_anything_is_saved(cast, manager, member):
    answers = {"drawn": "1", "cycle_weeks": "3", "starts_on": "2026-12-07", "cell_1_0_AM": "available"}
    answer = manager.post(f"/staff/{member}/pattern", data=answers)
    assert answer.status_code == 200
    assert "Week 3 of 3" in answer.text
    assert answer.text.count('<option value="available" selected>') == 3
    assert known(cast, member).patterns == []


def test_all_weeks_can_be_made_like_the_first(cast, manager, member):
    answers = {"drawn": "2", "cycle_weeks": "2", "starts_on": "2026-12-07", "cell_1_0_AM": "never"}
    answer = manager.post(f"/staff/{member}/pattern", data=answers | {"copy_first": "yes"})
    assert answer.text.count('<option value="never" selected>') == 2


def test_a_wrong_pattern_comes_back_at_its_session(manager, member):
    answers = {"drawn": "1", "cycle_weeks": "1", "starts_on": "", "cell_1_0_AM": "sometimes"}
    answer = manager.post(f"/staff/{member}/pattern", data=answers)
    assert answer.status_code == 422
    assert "Enter the first day of the pattern." in answer.text
    assert 'href="#cell_1_0_AM"' in answer.text


def test_a_pattern_is_changed_from_itself_and_a_new_one_begins_on_a_monday(cast, manager, member):
    boss = cast[Role.WORKFORCE_MANAGER]
    choices = {MONDAY_AM: PatternChoice(Availability.AVAILABLE)}
    with in_network(boss.network_id):
        pattern = commands.set_working_pattern(boss, member, choices, starts_on=date(2026, 1, 7))
    page = manager.get(f"/staff/{member}/pattern?pattern={pattern}").text
    assert 'value="2026-01-07"' in page
    page = manager.get(f"/staff/{member}/pattern").text
    coming = today() + timedelta(7 - today().weekday())
    assert f'value="{coming}"' in page
    assert '<option value="available" selected>' in page
    assert (
        "is removed" in manager.post(f"/staff/{member}/patterns/{pattern}/remove", follow_redirects=True).text
    )
