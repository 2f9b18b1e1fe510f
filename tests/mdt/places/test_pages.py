from datetime import time, timedelta

from mdt.bookings.records import Booking
from mdt.bookings.rules import BookingState
from mdt.signing.commands import sign_minutes
from network.access.rules import Role
from network.plumbing.database import db, today
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.after import CHAIR, COORDINATOR
from tests.mdt.clinics import CLINIC, hold, make_asked, make_booked
from tests.rota.clinic_scene import make_clinic_type

B = BookingState
# What the page of a place in each state says, and what it offers to whoever coordinates.
SHOWN = {
    B.AGREED: ("is asked for when the minutes are signed", ""),
    B.NOT_ASKED: ("could not be asked for", "Ask again"),
    B.ASKED: ("Asked for a place", "Give the place back"),
    B.PLANNED: ("Planned: ", "Did they come?"),
    B.CLOSED: ("they need another", "Places they could have"),
    B.CAME: (f"Came to {CLINIC}", "That was not so"),
    B.MISSED: (f"Did not come to {CLINIC}", "Ask for another place"),
    B.GIVEN_BACK: ("was given back", "Ask for another place"),
}


def test_every_state_is_shown_with_what_can_be_done_and_to_others_without(cast: Cast) -> None:
    booked = make_asked(cast)
    row = {
        "case_id": booked.case.id,
        "decision_id": booked.booking.decision_id,
        "clinic_type_id": booked.clinic_type_id,
        "clinic": CLINIC,
        "due_on": today(),
        "day": today() - timedelta(days=1),
        "starts": time(9),
        "site": "Elm Surgery",
        "made_by": "Nobody",
    }
    ids = {state: keep(Booking(state=state, **row)).id for state in SHOWN}
    db.session.commit()
    coordinator, chair = client_for(cast, COORDINATOR), client_for(cast, CHAIR)
    for state, (said, offered) in SHOWN.items():
        page = coordinator.get(f"/clinic-places/{ids[state]}")
        assert page.status_code == 200
        assert (said in page.text, offered in page.text) == (True, True), state
    others = chair.get(f"/clinic-places/{ids[B.CLOSED]}")
    assert (others.status_code, SHOWN[B.CLOSED][0] in others.text) == (200, True)
    assert f"/clinic-places/{ids[B.CLOSED]}/" not in others.text
    listed = coordinator.get("/clinic-places").text
    assert (
        listed.index("The clinic was closed")
        < listed.index("Could not be asked for")
        < listed.index("Did they")
    )


def test_what_a_signed_decision_asks_for_is_booked_from_the_case(cast: Cast) -> None:
    booked = make_booked(cast)
    client, page = client_for(cast, COORDINATOR), f"/clinic-places/cases/{booked.case.id}"
    due_on = (today() + timedelta(days=20)).isoformat()
    other = make_clinic_type(cast, name="Frailty one-stop")
    sent = {"clinic_type_id": other.id, "due_on": due_on}
    assert "Book into a clinic" not in client.get(f"/cases/{booked.case.id}").text
    refused = client.post(page, data=sent)
    assert (refused.status_code, "have the minutes signed first" in refused.text) == (422, True)
    sign_minutes(cast[CHAIR], booked.over.meeting.id)
    assert "Book into a clinic" in client.get(f"/cases/{booked.case.id}").text
    answer = client.post(page, data=sent, follow_redirects=True)
    assert "Asked for a place in Frailty one-stop" in answer.text
    again = client.post(page, data=sent)
    assert (again.status_code, "see to that one first" in again.text) == (422, True)


def test_the_time_of_their_own_is_shown_and_told_and_a_change_of_it_said(cast: Cast) -> None:
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id)
    client, page = client_for(cast, COORDINATOR), f"/clinic-places/{booked.booking.id}"
    assert "Looking when they come" in client.get(page).text
    assert "They come at 08:00" in client.get(f"{page}/time").text
    assert "They come at 08:00" in client.get(f"{page}?time=1").text
    client.post(f"{page}/told", data={"how": "phone"})
    booking = db.session.get_one(Booking, booked.booking.id)
    assert (booking.arrives, booking.telling.told_on) == (time(8), today())
    booking.arrives = time(8, 40)
    db.session.commit()
    assert "They were told 08:40: tell them the new time." in client.get(f"{page}/time").text


def test_what_is_missing_in_a_click_or_a_form_is_said(cast: Cast) -> None:
    booked = make_asked(cast)
    hold(cast, booked.clinic_type_id)
    page = f"/clinic-places/{booked.booking.id}"
    client = client_for(cast, COORDINATOR)
    client.get(page)
    for path, sent, said in (
        ("take", {"session_id": "nonsense"}, "Choose a place from the list."),
        ("told", {"how": "post"}, "Say how they were told: in person or by phone."),
        ("outcome", {"outcome": "planned"}, "Say whether they came or not."),
        ("give-back", {"why": " "}, "Enter why the place is given back."),
        ("wishes", {"due_on": "2020-01-01"}, "Choose a day after today"),
        ("wishes", {"due_on": ""}, "Enter the day by which they are to be seen."),
        ("again", {"due_on": (today() + timedelta(days=9)).isoformat()}, "there is nothing to ask for again"),
    ):
        answer = client.post(f"{page}/{path}", data=sent)
        assert 400 <= answer.status_code < 500, path
        assert said in answer.text
    assert client_for(cast, Role.CLINICIAN).post(f"{page}/give-back", data={"why": "No"}).status_code in (
        403,
        404,
    )
