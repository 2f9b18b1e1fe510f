from network.access.rules import Role
from network.plumbing.database import in_network
from network.vocabulary import RoleGroup, RoomKind
from rota.clinic_examples.queries import get_example
from rota.clinics.commands import add_type
from rota.clinics.queries import as_design, as_seat, get_type_for, seats_of, types_for
from rota.premises.queries import premises_for
from tests.cast import Cast, client_for

LEAD = Role.CLINIC_LEAD
DESIGN = {
    "name": "Foot clinic",
    "weeks_between": "4",
    "fewest_days_apart": "14",
    "setup_minutes": "10",
    "longest_wait": "20",
    "longest_stay": "90",
    "learner_places": "1",
    "has_huddle": "y",
    "rooms_group": "1",
    "equipment_ecg": "2",
    "pair_0_0": "nursing",
    "pair_0_1": "pharmacy",
}
SEAT = {
    "role_group": "nurse",
    "needed": "2",
    "safe": "1",
    "degraded": "1",
    "most": "2",
    "throughput": "8",
    "slot_minutes": "20",
    "visit_order": "",
    "room": "treatment",
    "funding": "core",
    "competencies": ["wound_care"],
}


def make_type(cast: Cast):
    example = get_example("frailty")
    return add_type(cast[LEAD], example.design, example.seats)


def test_a_network_without_any_begins_with_an_example(cast: Cast) -> None:
    lead = client_for(cast, LEAD)
    assert "No type of clinic yet" in lead.get("/clinics/types").text
    assert "Diabetes one-stop" in lead.get("/clinics/examples").text
    answer = lead.post("/clinics/examples/diabetes", follow_redirects=True)
    assert "Diabetes one-stop is added" in answer.text
    assert "It needs a contract for optometry there." in answer.text
    assert lead.post("/clinics/examples/levitation").status_code == 404


def test_a_clinic_is_added_and_changed_by_its_form(cast: Cast) -> None:
    lead = client_for(cast, LEAD)
    assert "cannot be planned yet" in lead.post("/clinics/types/add", data=DESIGN, follow_redirects=True).text
    [row] = types_for(cast[LEAD])
    design = as_design(row)
    assert (design.name, design.has_huddle, design.longest_stay) == ("Foot clinic", True, 90)
    assert [(kind.value, number) for kind, number in design.rooms.items()] == [("group", 1)]
    assert [(kind.value, number) for kind, number in design.equipment.items()] == [("ecg", 2)]
    where = f"/clinics/types/{row.id}/change"
    form = lead.get(where).text
    assert 'value="Foot clinic"' in form
    again = {**DESIGN, "name": "Feet", "row_version": "1", "pair_0_1": ""}
    refused = lead.post(where, data=again)
    assert (refused.status_code, "Choose both disciplines of a pair" in refused.text) == (422, True)
    assert 'value="Feet"' in refused.text
    lead.post(where, data={**again, "pair_0_1": "dentistry"})
    late = lead.post(where, data={**DESIGN, "row_version": "1"})
    assert (late.status_code, "in the meantime" in late.text) == (422, True)
    assert [each.name for each in types_for(cast[LEAD])] == ["Feet"]


def test_seats_come_and_go_and_come_back_as_they_were(cast: Cast) -> None:
    lead, made = client_for(cast, LEAD), make_type(cast)
    where = f"/clinics/types/{made}/seats/add"
    refused = lead.post(where, data={**SEAT, "safe": "3"})
    assert (refused.status_code, "It cannot take more people to be safe" in refused.text) == (422, True)
    assert "The seat is added" in lead.post(where, data=SEAT, follow_redirects=True).text
    seat = next(each for each in get_type_for(cast[LEAD], made).seats if each.role_group is RoleGroup.NURSE)
    before = as_seat(seat)
    gone = lead.post(f"/clinics/types/seats/{seat.id}/remove")
    with in_network(cast.network.id), lead.session_transaction() as session:
        [(_, banner)] = session["_flashes"]
    assert gone.status_code == 303
    assert before not in seats_of(get_type_for(cast[LEAD], made))
    answers: dict[str, list[str]] = {}
    for name, value in banner["fields"]:
        answers.setdefault(name, []).append(value)
    lead.post(banner["undo_url"], data=answers)
    assert before in seats_of(get_type_for(cast[LEAD], made))


def test_a_seat_has_the_usual_room_of_who_sits_there_unless_another_is_chosen(cast: Cast) -> None:
    lead, made = client_for(cast, LEAD), make_type(cast)
    where = f"/clinics/types/{made}/seats/add"
    assert '<option value="usual" selected>' in lead.get(where).text
    for group, payer, room in (
        ("dental_therapist", "dental_contract", "usual"),
        ("care_coordinator", "core", ""),
    ):
        seat = {**SEAT, "role_group": group, "funding": payer, "room": room, "competencies": []}
        assert lead.post(where, data=seat).status_code == 303
    rooms = {seat.role_group: seat.room for seat in seats_of(get_type_for(cast[LEAD], made))}
    assert rooms[RoleGroup.DENTAL_THERAPIST] is RoomKind.DENTAL_SURGERY
    assert rooms[RoleGroup.CARE_COORDINATOR] is None


def test_a_retired_clinic_can_still_be_read_and_is_brought_back(cast: Cast) -> None:
    lead, made = client_for(cast, LEAD), make_type(cast)
    assert "Undo" in lead.post(f"/clinics/types/{made}/retire", follow_redirects=True).text
    assert "no new ones are planned" in lead.get(f"/clinics/types/{made}").text
    assert lead.post(f"/clinics/types/{made}/retire").status_code == 409
    page = lead.post(f"/clinics/types/{made}/bring-back", follow_redirects=True).text
    assert "can be planned again" in page


def test_who_may_only_look_is_offered_nothing_to_change(cast: Cast) -> None:
    manager, made = client_for(cast, Role.PRACTICE_MANAGER), make_type(cast)
    for page in ("", f"/{made}"):
        text = manager.get(f"/clinics/types{page}").text
        assert "Frailty one-stop" in text
        assert not [word for word in ("Add a", "Change", "Retire", "Use this") if word in text]
    contracts = manager.get("/clinics/contracts").text
    assert "Add a site" not in contracts
    answers = {"discipline": "dentistry", "site_id": str(cast.elm_site.id)}
    assert manager.post("/clinics/contracts", data=answers).status_code == 403


def test_contract_premises_come_and_go(cast: Cast) -> None:
    lead = client_for(cast, LEAD)
    assert "No contract is listed yet" in lead.get("/clinics/contracts").text
    answers = {"discipline": "dentistry", "site_id": str(cast.elm_site.id), "contract": "Invented 1"}
    assert "Invented 1" in lead.post("/clinics/contracts", data=answers, follow_redirects=True).text
    twice = lead.post("/clinics/contracts", data=answers)
    assert (twice.status_code, "already" in twice.text) == (422, True)
    [row] = premises_for(cast[LEAD])
    page = lead.post(f"/clinics/contracts/{row.id}/remove", follow_redirects=True).text
    assert ("Undo" in page, "Invented 1" in page) == (True, True)
    assert not premises_for(cast[LEAD])
