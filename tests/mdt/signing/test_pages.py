import re
from datetime import UTC, datetime

from mdt.lists.rules import ItemState
from mdt.meetings.rules import AttendanceState, MeetingState
from network.plumbing.database import db
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.mdt.after import CHAIR, CLINICIAN, COORDINATOR, let_know, make_over
from tests.mdt.scene import expect, make_case, make_decision, make_item


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
    assert "without the quorum (optional)" not in answer.text


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


def test_the_minutes_say_who_was_there_when_and_where(cast: Cast) -> None:
    over = make_over(cast, quorum={"pharmacy": 1, "nursing": 2})
    over.meeting.place, over.meeting.minute_taker = "Elm Surgery, upstairs", "Mina Taker"
    over.meeting.began_at = datetime(2026, 1, 13, 13, 2, tzinfo=UTC)
    over.meeting.ended_at = datetime(2026, 1, 13, 13, 58, tzinfo=UTC)
    over.decision.agreed_by = ["pharmacy", "administration"]
    expect(cast, over.meeting, CHAIR).state = AttendanceState.PRESENT
    sent = expect(cast, over.meeting, CLINICIAN, Discipline.PHARMACY)
    sent.state, sent.deputy = AttendanceState.DEPUTY, "Dan Deputy"
    expect(cast, over.meeting, COORDINATOR, Discipline.NURSING).state = AttendanceState.APOLOGIES
    late = make_item(over.meeting, make_case(cast), 2, state=ItemState.CARRIED, reason="Her son was ill.")
    let_know(late.case, late.id, account_id=cast[CHAIR].account_id)
    db.session.commit()
    page = client_for(cast, CHAIR).get(f"/meetings/{over.meeting.id}/minutes").text
    for label, said in {
        "Place": "Elm Surgery, upstairs",
        "Began and ended": "13:02 to 13:58",
        "Chair": cast[CHAIR].name,
        "Minute taker": "Mina Taker",
        "Present": f"{cast[CHAIR].name} (general practice, Elm Surgery)",
        "Deputies": f"Dan Deputy for {cast[CLINICIAN].name} (pharmacy, Elm Surgery)",
        "Apologies": f"{cast[COORDINATOR].name} (nursing, Elm Surgery)",
        "Quorum": "▲ Not met: waiting for 2 of nursing",
    }.items():
        assert re.search(rf">{label}</dt>\s*<dd[^>]*>{re.escape(said)}</dd>", page), label
    assert "at the table: Pharmacy · read back by" in page
    assert "<strong>Why carried over:</strong> Her son was ill." in page


def test_who_may_minute_reads_without_signing(cast: Cast) -> None:
    over = make_over(cast)
    answer = client_for(cast, COORDINATOR).get(f"/meetings/{over.meeting.id}/minutes")
    assert "A medicines review at home." in answer.text
    assert "Sign the minutes" not in answer.text


def test_strangers_to_the_meeting_find_nothing(cast: Cast) -> None:
    over = make_over(cast)
    assert client_for(cast, CLINICIAN).get(f"/meetings/{over.meeting.id}/minutes").status_code == 404
