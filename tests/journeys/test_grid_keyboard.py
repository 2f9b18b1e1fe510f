"""The grid by keyboard alone: placing, taking back, copying, pasting from Excel, finding."""

import pytest

from network.access.rules import Role
from network.vocabulary import Activity
from rota.staff.records import RotaMember
from tests.journeys.conftest import Given, Stage, Then
from tests.journeys.hands import Hands, let_in
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
MON_AM, MON_PM, TUE_AM = 0, 1, 3


@pytest.fixture
def people(given: Given, stage: Stage) -> list[RotaMember]:
    people = given.a_network_that_can_be_planned()
    scene.want(stage.cast.elm_site, weekdays=(0,), activity=Activity.DUTY)
    given.a_draft()
    return people


@pytest.fixture
def hands(stage: Stage, people: list[RotaMember]) -> Hands:
    hands = Hands(stage.page, stage.site)
    let_in(stage.page.context, stage.site, stage.cast, MANAGER)
    hands.open(stage.version)
    return hands


def test_a_session_is_given_with_one_key_and_taken_back_with_one(
    hands: Hands, people: list[RotaMember]
) -> None:
    doctor = people[0]
    hands.stand_on(doctor, TUE_AM)
    hands.press("e")
    hands.see(doctor, TUE_AM, "ELM")
    hands.hear("Saved, no rule broken.")
    hands.are_in(doctor, TUE_AM)
    hands.press("o", "a", "k")
    hands.see(doctor, TUE_AM, "OAK")
    hands.press("Delete")
    hands.see(doctor, TUE_AM, "")
    hands.press("Control+z", "Control+z")
    hands.see(doctor, TUE_AM, "ELM")
    hands.hear("Undone.")
    hands.press("Control+y")
    hands.see(doctor, TUE_AM, "OAK")
    hands.press("Control+Shift+Z")
    hands.see(doctor, TUE_AM, "")
    hands.are_in(doctor, TUE_AM)


def test_the_duty_doctor_is_a_d_after_the_site_and_a_pin_is_a_shifted_p(
    hands: Hands, people: list[RotaMember], then: Then
) -> None:
    doctor, second, *_ = people
    hands.stand_on(second, MON_AM)
    hands.press("e", "d")
    hands.see(second, MON_AM, "ELM D")
    hands.press("Shift+P")
    then.the_cell_is_not(second.name, MON_AM, "pinned")
    hands.press("Shift+P")
    then.the_cell_is(second.name, MON_AM, "pinned")
    hands.press("Control+z")
    then.the_cell_is_not(second.name, MON_AM, "pinned")
    hands.stand_on(doctor, MON_AM)
    hands.press("x")
    hands.hear("No site begins with X.")


def test_ranges_are_copied_cut_pasted_and_filled_down(hands: Hands, people: list[RotaMember]) -> None:
    doctor, second, third = people
    hands.stand_on(doctor, MON_AM)
    hands.press("e", "ArrowRight", "o", "ArrowLeft", "Shift+ArrowRight", "Control+c")
    assert hands.clipboard.split() == ["ELM", "OAK"] or hands.clipboard.split() == ["ELM", "D", "OAK"]
    hands.press("ArrowLeft", "Control+x")
    hands.stand_on(second, MON_AM)
    hands.press("Control+v")
    hands.see(doctor, MON_AM, "")
    hands.press("Control+z")
    hands.see(second, MON_AM, "")
    hands.stand_on(doctor, MON_PM)
    hands.press("Shift+ArrowDown", "Shift+ArrowDown", "Control+d")
    hands.see(third, MON_PM, "OAK")
    hands.press("Delete")
    for each in people:
        hands.see(each, MON_PM, "")
    hands.press("Control+z")
    hands.see(doctor, MON_PM, "OAK")


def test_a_block_from_excel_is_shown_before_it_is_taken(
    hands: Hands, people: list[RotaMember], then: Then
) -> None:
    doctor, second, _ = people
    hands.stand_on(doctor, TUE_AM)
    hands.copy_elsewhere("ELM\tOAK\r\nOAK\tMOON\r\n")
    hands.press("Control+v")
    then.i_see("Row 2, column 2")
    then.i_see("“MOON” is no site.")
    then.nobody_is_shut_out()
    hands.see(doctor, TUE_AM, "")
    hands.press("Enter")
    hands.see(doctor, TUE_AM, "ELM")
    hands.see(doctor, TUE_AM + 1, "OAK")
    hands.see(second, TUE_AM, "OAK")
    hands.are_in(doctor, TUE_AM)
    hands.press("Control+z")
    hands.see(second, TUE_AM, "")


def test_what_one_looks_for_is_found(hands: Hands, people: list[RotaMember], then: Then) -> None:
    first, second, third = people
    hands.stand_on(first, MON_AM)
    hands.press("/")
    hands.page.keyboard.type(second.name.split()[-1].lower())
    hands.rows_shown(1)
    hands.hear("1 person shown.")
    hands.press("Enter", "/", "Escape")
    hands.rows_shown(3)
    hands.stand_on(first, MON_AM)
    hands.press("Alt+n")
    hands.hear("Gap ")
    hands.press("Enter")
    then.i_stand_in_the_panel()
    hands.press("Escape", "Control+Home")
    hands.are_in(first, MON_AM)
    hands.press("ArrowLeft")
    then.i_stand_on_the_name_of(first.name)
    hands.press("ArrowRight", "End", "Home", "ArrowDown", "ArrowDown")
    hands.are_in(third, MON_AM)


def test_the_keys_are_listed_and_single_letters_can_be_switched_off(
    hands: Hands, people: list[RotaMember], then: Then
) -> None:
    doctor = people[0]
    hands.stand_on(doctor, MON_AM)
    hands.press("?")
    then.i_see("Keys of the grid")
    then.nobody_is_shut_out()
    hands.page.get_by_label("Single-letter keys").uncheck()
    hands.press("Escape")
    hands.are_in(doctor, MON_AM)
    hands.press("e", "?", "/")
    hands.see(doctor, MON_AM, "")
    hands.are_in(doctor, MON_AM)
    hands.page.reload()
    hands.wait_for_the_grid()
    hands.stand_on(doctor, MON_AM)
    hands.press("e")
    hands.see(doctor, MON_AM, "")
    hands.copy_elsewhere("OAK")
    hands.press("Control+v")
    hands.see(doctor, MON_AM, "OAK")


def test_a_key_that_would_change_a_published_rota_says_what_to_do_first(
    hands: Hands, stage: Stage, people: list[RotaMember]
) -> None:
    scene.make_chosen(stage.version)
    hands.open(stage.version)
    hands.stand_on(people[0], MON_AM)
    hands.press("Delete")
    hands.hear("This rota is published: choose Change this rota first.")
    hands.press("Alt+n")
    hands.hear("in this week")
    hands.stand_on(people[0], MON_AM)
    hands.press("e")
    hands.hear("This rota is published: choose Change this rota first.")
