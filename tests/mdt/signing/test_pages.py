import re

from mdt.lists.rules import ItemState
from mdt.meetings.rules import MeetingState
from network.plumbing.database import db
from tests.cast import Cast, client_for
from tests.mdt.after import CHAIR, CLINICIAN, COORDINATOR, make_over
from tests.mdt.scene import make_decision


def test_what_was_read_back_wrongly_is_opened_again_in_one_click(cast: Cast) -> None:
    over = make_over(cast)
    answer = client_for(cast, CHAIR).post(f"/items/{over.item.id}/put-right")
    assert (answer.status_code, answer.location) == (303, f"/meetings/{over.meeting.id}/run")
    db.session.expire_all()
    assert (over.meeting.state, over.item.state) == (MeetingState.RUNNING, ItemState.OPEN)


def test_without_its_quorum_the_page_asks_why_and_keeps_what_was_written(cast: Cast) -> None:
    over = make_over(cast, quorum={"pharmacy": 1})
    answer = client_for(cast, CHAIR).post(f"/meetings/{over.meeting.id}/minutes/sign")
    assert answer.status_code == 422
    assert "pharmacy was missing. Enter why the decisions hold all the same." in answer.text


def test_the_page_signs_what_it_showed(cast: Cast) -> None:
    over = make_over(cast)
    chair = client_for(cast, CHAIR)
    page = chair.get(f"/meetings/{over.meeting.id}/minutes").text
    seen = re.search(r'name="seen"[^>]* value="([0-9a-f]+)"', page)[1]
    make_decision(over.item, "A medicines review at the surgery.", replaces_id=over.decision.id)
    db.session.commit()
    answer = chair.post(f"/meetings/{over.meeting.id}/minutes/sign", data={"seen": seen})
    assert answer.status_code == 422
    assert "Somebody has just put these minutes right." in answer.text
    assert "A medicines review at the surgery." in answer.text


def test_who_may_minute_reads_without_signing(cast: Cast) -> None:
    over = make_over(cast)
    answer = client_for(cast, COORDINATOR).get(f"/meetings/{over.meeting.id}/minutes")
    assert "A medicines review at home." in answer.text
    assert "Sign the minutes" not in answer.text


def test_strangers_to_the_meeting_find_nothing(cast: Cast) -> None:
    over = make_over(cast)
    assert client_for(cast, CLINICIAN).get(f"/meetings/{over.meeting.id}/minutes").status_code == 404
