"""Back after all, or early: what was sent because somebody was ill is taken back, all of it and no more."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from network.plumbing.refusals import Refusal
from rota.comebacks.commands import come_in_after_all, leave_cover
from rota.comebacks.queries import back_now
from rota.drafts.commands import ChangedMeanwhile
from rota.leave.commands import end_sickness, withdraw_leave
from rota.leave.records import Absence
from rota.leave.rules import AbsenceState
from rota.repairs.queries import case_for, find_cover
from rota.repairs.rules import CoverState
from rota.rotas.commands import open_period
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, RotaVersion
from rota.rotas.rules import VersionState
from rota.staff.records import RotaMember
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.scene import make_worker
from tests.rota.standins.test_commands import HALF_PAST_SEVEN, ill, placed, send_first

MANAGER = Role.WORKFORCE_MANAGER
TUESDAY = MONDAY + timedelta(1)
NEXT_MONDAY = MONDAY + timedelta(7)


@pytest.fixture(autouse=True)
def early_on_monday() -> Iterator[None]:
    with time_machine.travel(HALF_PAST_SEVEN, tick=True):
        yield


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    """The first has Elm on Monday morning, the second Oak; the third is free."""
    members = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, members[0], cast.elm_site, cast[MANAGER])
    scene.put(version, members[1], cast.oak_site, cast[MANAGER])
    scene.make_chosen(version)
    return members


def test_coming_in_after_all_takes_back_the_repair_and_tells_those_called_in(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    send_first(cast, absence_id)
    assert come_in_after_all(cast[MANAGER], absence_id) == [people[2].name]
    assert placed(cast) == {(people[0].id, "ELM"), (people[1].id, "OAK")}
    assert db.session.get_one(Absence, absence_id).state is AbsenceState.WITHDRAWN
    assert case_for(cast[MANAGER], absence_id).state is CoverState.ENDED


def test_coming_in_after_the_rota_changed_again_is_left_to_people(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    send_first(cast, absence_id)
    other = ill(cast, people[2])
    send_first(cast, other)
    with pytest.raises(ChangedMeanwhile, match="by hand"):
        come_in_after_all(cast[MANAGER], absence_id)
    assert db.session.get_one(Absence, absence_id).state is AbsenceState.REPORTED


def test_two_who_were_covered_together_may_both_come_in_after_all(cast: Cast, people) -> None:
    other = make_worker(cast, "Dana Deputy")
    first, second = ill(cast, people[0]), ill(cast, people[1])
    told = send_first(cast, first)
    assert sorted(told) == sorted([people[2].name, other.name])
    back = come_in_after_all(cast[MANAGER], first) + come_in_after_all(cast[MANAGER], second)
    assert sorted(back) == sorted(told)
    assert placed(cast) == {(people[0].id, "ELM"), (people[1].id, "OAK")}


def test_who_is_ill_still_is_not_put_back_with_another_whatever_was_sent_since(cast: Cast, people) -> None:
    other = make_worker(cast, "Dana Deputy")
    first, second = ill(cast, people[0]), ill(cast, people[1])
    send_first(cast, first)
    # As if a later repair, of the next rota, had been sent for the second.
    find_cover(second).edit_id = None
    db.session.commit()
    (told,) = come_in_after_all(cast[MANAGER], first)
    left = {people[2].name: people[2], other.name: other}
    del left[told]
    (still,) = left.values()
    assert placed(cast) == {(people[0].id, "ELM"), (still.id, "OAK")}


def test_whoever_withdraws_the_report_on_the_leave_pages_is_seen_to_be_back_until_the_cover_is_taken_back(
    cast: Cast, people
) -> None:
    absence_id = ill(cast, people[0])
    send_first(cast, absence_id)
    assert back_now(cast[MANAGER]) == []
    withdraw_leave(cast[MANAGER], absence_id)
    (back,) = back_now(cast[MANAGER])
    assert back.absence.name == people[0].name
    assert back_now(cast[Role.PRACTICE_MANAGER]) == []
    assert come_in_after_all(cast[MANAGER], absence_id) == [people[2].name]
    assert placed(cast) == {(people[0].id, "ELM"), (people[1].id, "OAK")}
    assert back_now(cast[MANAGER]) == []
    with pytest.raises(Refusal, match="Nobody stands in"):
        come_in_after_all(cast[MANAGER], absence_id)


def test_those_who_stand_in_may_go_on(cast: Cast, people) -> None:
    absence_id = ill(cast, people[0])
    send_first(cast, absence_id)
    with pytest.raises(Refusal, match="away still"):
        leave_cover(cast[MANAGER], absence_id)
    withdraw_leave(cast[MANAGER], absence_id)
    leave_cover(cast[MANAGER], absence_id)
    assert placed(cast) == {(people[2].id, "ELM"), (people[1].id, "OAK")}
    assert back_now(cast[MANAGER]) == []


def test_whoever_is_back_early_takes_back_the_days_to_come_alone(cast: Cast) -> None:
    members = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, members[0], cast.elm_site, cast[MANAGER])
    scene.put(version, members[0], cast.elm_site, cast[MANAGER], TUESDAY)
    scene.make_chosen(version)
    absence_id = ill(cast, members[0], days=2)
    send_first(cast, absence_id)
    stood_in = placed(cast)
    assert members[0].id not in {member for member, _ in stood_in}
    end_sickness(cast[MANAGER], absence_id, MONDAY)
    assert len(back_now(cast[MANAGER])) == 1
    come_in_after_all(cast[MANAGER], absence_id)
    assert (members[0].id, "ELM") in placed(cast)
    # Monday stays with whoever stands in.
    assert placed(cast) & stood_in
    assert back_now(cast[MANAGER]) == []


def test_what_was_covered_in_two_rotas_is_taken_back_in_both(cast: Cast) -> None:
    members = scene.make_scene(cast)
    first = scene.open_rota(cast)
    second = get_version_for(cast[MANAGER], open_period(cast[MANAGER], NEXT_MONDAY, 1))
    for version, day in ((first, MONDAY), (second, NEXT_MONDAY)):
        scene.put(version, members[0], cast.elm_site, cast[MANAGER], day)
        scene.make_chosen(version)
    absence_id = ill(cast, members[0], days=8)
    told = send_first(cast, absence_id) + send_first(cast, absence_id)
    assert placed_everywhere() == {(NEXT_MONDAY, name) for name in told[1:]} | {(MONDAY, told[0])}
    assert set(come_in_after_all(cast[MANAGER], absence_id)) == set(told)
    assert placed_everywhere() == {(MONDAY, members[0].name), (NEXT_MONDAY, members[0].name)}


def placed_everywhere() -> set[tuple[date, str]]:
    """Say who stands on which day in all that people were told."""
    rows = db.session.scalars(
        select(Assignment).join(RotaVersion).where(RotaVersion.state == VersionState.CHOSEN)
    )
    return {(row.day, row.member.name) for row in rows}
