import uuid
from datetime import timedelta

import pytest

from network.vocabulary import RoleGroup
from rota.planning.rules import Ask, kept_from, wrong_with_days
from rota.planning.wording import ask_said
from rota.solver.staff_rota import Placement
from tests.makers import MONDAY

ELM, OAK = uuid.uuid4(), uuid.uuid4()
SUNDAY = MONDAY + timedelta(6)


@pytest.mark.parametrize(
    ("ask", "has"),
    [
        (Ask(), True),
        (Ask(site_id=ELM), True),
        (Ask(site_id=OAK), False),
        (Ask(role_group=RoleGroup.NURSE), False),
        (Ask(starts_on=MONDAY, ends_on=MONDAY), True),
        (Ask(starts_on=MONDAY + timedelta(1)), False),
        (Ask(ends_on=MONDAY - timedelta(1)), False),
    ],
)
def test_a_part_has_what_lies_within_all_its_limits(ask: Ask, has: bool) -> None:
    assert ask.has(ELM, RoleGroup.GP, MONDAY) is has


def test_only_what_was_placed_by_the_solver_and_asked_for_is_moved() -> None:
    pinned, inside, outside = Placement("amy", 1), Placement("amy", 2), Placement("bob", 3)
    assert kept_from([pinned, inside, outside], [pinned], [pinned, inside]) == [pinned, outside]


def test_days_lie_in_the_rota_and_in_order() -> None:
    assert wrong_with_days(MONDAY, SUNDAY, MONDAY, SUNDAY) == ""
    assert "of this rota" in wrong_with_days(MONDAY - timedelta(1), None, MONDAY, SUNDAY)
    assert "on or after" in wrong_with_days(SUNDAY, MONDAY, MONDAY, SUNDAY)


def test_a_part_is_said_in_words() -> None:
    assert ask_said(Ask(), "") == ""
    ask = Ask(ELM, RoleGroup.GP, MONDAY, MONDAY, only_empty=True)
    assert ask_said(ask, "Elm Surgery") == "Elm Surgery, GP, Monday 7 December and empty cells only"
