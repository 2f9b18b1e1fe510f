"""The pages of cover: what is sent wrongly, twice, or by somebody else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import JobRole
from rota.leave.records import Absence
from rota.repairs.queries import case_for
from rota.staff.commands import approve_supervision
from tests.attempts.standins import fallen_out
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota.standins.test_commands import HALF_PAST_SEVEN

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture(autouse=True)
def early_on_monday() -> Iterator[None]:
    with time_machine.travel(HALF_PAST_SEVEN, tick=True):
        yield


def test_without_scripts_the_repairs_are_on_the_page_itself(cast: Cast) -> None:
    absence_id = fallen_out(cast)
    page = client_for(cast, MANAGER).get(f"/rota/cover/{absence_id}?repairs=1").text
    assert "Nobody else moves" in page
    assert 'name="seen"' in page


def test_what_cannot_be_read_changes_nothing_and_a_second_sending_is_told(cast: Cast) -> None:
    absence_id, client = fallen_out(cast), client_for(cast, MANAGER)
    fallen = case_for(cast[MANAGER], absence_id).fallen
    assert fallen
    to, seen = f"/rota/cover/{absence_id}/send", fallen.mark
    assert client.post(to, data={"seen": seen, "change": "nonsense"}).status_code == 422
    assert client.post(to, data={"seen": seen}).status_code == 303
    second = client.post(to, data={"seen": seen})
    assert second.status_code == 409
    assert "somebody has covered it" in second.text


def test_days_out_of_all_reason_are_refused(cast: Cast) -> None:
    absence_id = fallen_out(cast)
    member_id = db.session.get_one(Absence, absence_id).member_id
    answer = client_for(cast, MANAGER).post(f"/rota/cover/ill/{member_id}", data={"days": "400"})
    assert answer.status_code == 422
    assert "Choose 1 to 14 days." in answer.text


def test_the_board_of_another_day_stays_on_that_day(cast: Cast) -> None:
    absence_id, client = fallen_out(cast), client_for(cast, MANAGER)
    member_id = db.session.get_one(Absence, absence_id).member_id
    later = MONDAY + timedelta(2)
    assert f"/rota/today/{member_id}?day={MONDAY}" in client.get(f"/rota/today?day={MONDAY}").text
    page = client.get(f"/rota/today/{member_id}?day={later}").text
    assert "That day" in page
    assert f'/rota/today?day={later}"' in page
    sunday = client.get(f"/rota/today?day={MONDAY + timedelta(6)}").text
    assert "Nobody works on this day" in sunday
    assert "No rota is published for this day" in client.get("/rota/today?day=2031-01-06").text


def test_without_a_reason_nothing_is_left_uncovered_and_the_page_says_so(cast: Cast) -> None:
    absence_id = fallen_out(cast)
    answer = client_for(cast, MANAGER).post(f"/rota/cover/{absence_id}/accept", data={"reason": "  "})
    assert answer.status_code == 422
    assert "Say why it stays uncovered" in answer.text
    assert 'name="reason"' in answer.text


def test_cover_for_a_supervisor_leads_to_the_learners_whom_it_touches(cast: Cast) -> None:
    absence_id, client = fallen_out(cast), client_for(cast, MANAGER)
    link = f"/hosts/supervision/absences/{absence_id}"
    assert link not in client.get(f"/rota/cover/{absence_id}").text
    member_id = db.session.get_one(Absence, absence_id).member_id
    approve_supervision(cast[MANAGER], member_id, JobRole.GP_REGISTRAR, minutes_per_session=60)
    assert link in client.get(f"/rota/cover/{absence_id}").text
