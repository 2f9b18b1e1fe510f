"""The list of a meeting changes while its screens are open: a case comes late, a person objects."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from mdt.cases.rules import CaseState
from mdt.lists.records import AgendaItem
from mdt.meetings.commands import note_change
from mdt.meetings.records import Meeting
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db
from tests.cast import Cast
from tests.journeys.conftest import Stage
from tests.journeys.room import Screen, screen_on
from tests.mdt.room import make_room
from tests.mdt.scene import expect as expect_at
from tests.mdt.scene import home_of, make_case, make_item

MEMBER = Role.CLINICIAN


@pytest.fixture
def room(cast: Cast) -> tuple[Meeting, list[AgendaItem]]:
    meeting, items = make_room(cast)
    expect_at(cast, meeting, MEMBER)
    db.session.commit()
    return meeting, items


@pytest.fixture
def member(stage: Stage, room: tuple[Meeting, list[AgendaItem]]) -> Iterator[Screen]:
    with screen_on(stage.page, stage.site, stage.cast, MEMBER, room[0]) as screen:
        yield screen


def test_a_case_that_comes_late_can_be_looked_at_without_loading_the_page(
    member: Screen, room: tuple[Meeting, list[AgendaItem]], cast: Cast
) -> None:
    late = make_case(cast, CaseState.LISTED, question="Who drives her to the class?")
    make_item(room[0], late, 3)
    note_change(room[0])
    db.session.commit()
    member.line(3).get_by_role("button").click()
    member.is_at(late.ref)
    member.sees("Who drives her to the class?")


def test_a_person_who_objects_is_off_an_open_screen_at_once(
    member: Screen, room: tuple[Meeting, list[AgendaItem]], cast: Cast
) -> None:
    _, (first, second) = room
    member.is_at(first.case.ref)
    ref = first.case.ref
    object_to_sharing(
        cast[Role.CARE_COORDINATOR],
        first.case.patient_id,
        ObjectionScope.ORGANISATION,
        organisation_id=home_of(cast, MEMBER),
    )
    member.is_at(second.case.ref)
    expect(member.page.locator("[data-item]")).to_have_count(1)
    assert ref not in member.page.content().split('id="state"')[0]
