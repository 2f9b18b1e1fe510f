from dataclasses import replace

import pytest

from network.access.rules import SYSTEM, Role
from network.organisations.records import Equipment, Room
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline, EquipmentKind, RoleGroup, RoomKind
from rota.clinic_examples.queries import get_example, unused_examples
from rota.clinics import commands
from rota.clinics.queries import (
    as_design,
    as_kind,
    get_type_for,
    seats_of,
    sites_that_lack,
    types_to_plan,
)
from rota.clinics.rules import Design, SeatDesign
from rota.premises.commands import add_premises, remove_premises
from rota.premises.queries import means_for_planning
from rota.solver.staff_rota.clinics import Kit
from tests.cast import Cast
from tests.makers import keep, make_network, make_organisation, make_site

LEAD = Role.CLINIC_LEAD


def make_type(cast: Cast, key: str = "diabetes"):
    example = get_example(key)
    return commands.add_type(cast[LEAD], example.design, example.seats)


def test_what_was_said_of_a_clinic_reads_back_as_it_was_said(cast: Cast) -> None:
    example = get_example("diabetes")
    row = get_type_for(cast[LEAD], make_type(cast))
    assert as_design(row) == example.design
    assert tuple(seats_of(row)) == example.seats
    assert "diabetes" not in unused_examples(cast[LEAD])


def test_no_two_clinics_have_one_name_not_even_a_retired_one(cast: Cast) -> None:
    made = make_type(cast)
    with pytest.raises(Refusal, match="here already"):
        commands.add_type(cast[LEAD], Design(" diabetes ONE-stop "))
    commands.retire_type(cast[LEAD], made)
    with pytest.raises(Refusal, match="can be brought back"):
        commands.add_type(cast[LEAD], Design("Diabetes one-stop"))
    commands.change_type(cast[LEAD], made, Design("Diabetes one-stop"), 2)


def test_who_looked_before_another_changed_it_is_told(cast: Cast) -> None:
    made = make_type(cast)
    commands.change_type(cast[LEAD], made, Design("Diabetes"), 1)
    with pytest.raises(Refusal, match="in the meantime"):
        commands.change_type(cast[LEAD], made, Design("Sugar"), 1)
    assert get_type_for(cast[LEAD], made).name == "Diabetes"


def test_a_group_sits_once_and_competencies_are_from_the_list(cast: Cast) -> None:
    made = make_type(cast)
    with pytest.raises(Refusal, match="a seat for Nurse already"):
        commands.add_seat(cast[LEAD], made, SeatDesign(RoleGroup.NURSE))
    with pytest.raises(Invalid, match="levitation"):
        commands.add_seat(cast[LEAD], made, SeatDesign(RoleGroup.GP, competencies=("levitation",)))
    commands.add_seat(cast[LEAD], made, SeatDesign(RoleGroup.GP, competencies=("diabetes",)))
    seats = get_type_for(cast[LEAD], made).seats
    assert [seat.role_group for seat in seats][-1] is RoleGroup.GP
    commands.change_seat(cast[LEAD], seats[-1].id, SeatDesign(RoleGroup.GP, needed=2, most=2))
    commands.remove_seat(cast[LEAD], seats[0].id)
    assert [seat.position for seat in get_type_for(cast[LEAD], made).seats] == [2, 3, 4, 5, 6]


def test_somebody_is_always_needed_once_somebody_was(cast: Cast) -> None:
    made = commands.add_type(cast[LEAD], Design("Foot clinic"), [SeatDesign(RoleGroup.NURSE)])
    nurse = get_type_for(cast[LEAD], made).seats[0].id
    optional = SeatDesign(RoleGroup.NURSE, needed=0, safe=0, degraded=0)
    for attempt in (lambda: commands.remove_seat(cast[LEAD], nurse), lambda: change(cast, nurse, optional)):
        with pytest.raises(Refusal, match="Nobody else is needed in Foot clinic"):
            attempt()
    commands.add_seat(cast[LEAD], made, SeatDesign(RoleGroup.GP))
    change(cast, nurse, optional)
    commands.remove_seat(cast[LEAD], nurse)
    assert [seat.role_group for seat in get_type_for(cast[LEAD], made).seats] == [RoleGroup.GP]


def change(cast: Cast, seat_id, seat: SeatDesign) -> None:
    commands.change_seat(cast[LEAD], seat_id, seat)


def test_only_those_who_may_edit_clinics_do_and_others_do_not_learn_of_them(cast: Cast) -> None:
    made = make_type(cast)
    with pytest.raises(NotAllowed):
        commands.retire_type(cast[Role.PRACTICE_MANAGER], made)
    for stranger in (cast[Role.STAFF], cast[Role.CLINICIAN]):
        with pytest.raises(NotFound):
            get_type_for(stranger, made)


def test_retired_and_unready_clinics_are_not_planned(cast: Cast) -> None:
    made, retired = make_type(cast), make_type(cast, "frailty")
    commands.retire_type(cast[LEAD], retired)
    commands.add_type(cast[LEAD], Design("Nobody yet"))
    [kind] = map(as_kind, types_to_plan())
    assert (kind.key, kind.name) == (str(made), "Diabetes one-stop")
    assert [seat.group for seat in kind.seats][:2] == ["Healthcare assistant", "Nurse"]
    assert (kind.equipment, kind.huddle, kind.learners) == ({"Retinal camera": 1}, True, 2)
    assert ("Dentistry", "Nursing") in kind.together
    commands.bring_back_type(cast[LEAD], retired)
    assert len(types_to_plan()) == 2


def test_each_site_is_told_what_it_lacks_until_it_has_it(cast: Cast) -> None:
    lead, made = cast[LEAD], make_type(cast, "eyes_and_mouth")
    wanted = {RoomKind.DARK_ROOM: "Dark", RoomKind.DENTAL_SURGERY: "Surgery", RoomKind.TREATMENT: "Treatment"}
    for kind, name in wanted.items():
        keep(Room(site_id=cast.elm_site.id, name=name, kind=kind))
    keep(Equipment(organisation_id=cast.elm.id, site_id=cast.elm_site.id, kind=EquipmentKind.DENTAL_CHAIR))
    found = {site.code: lacks for site, lacks in sites_that_lack(lead, get_type_for(lead, made))}
    assert found["ELM"] == (
        "It needs a contract for dentistry there.",
        "It needs a contract for optometry there.",
    )
    assert len(found["OAK"]) == 6
    for discipline in (Discipline.DENTISTRY, Discipline.OPTOMETRY):
        add_premises(lead, discipline, cast.elm_site.id)
    found = {site.code: lacks for site, lacks in sites_that_lack(lead, get_type_for(lead, made))}
    assert (found["ELM"], len(found["OAK"])) == ((), 6)


def test_the_solver_learns_of_equipment_contracts_and_steps(cast: Cast) -> None:
    lead = cast[LEAD]
    keep(Equipment(organisation_id=cast.elm.id, site_id=cast.elm_site.id, kind=EquipmentKind.ECG, number=2))
    keep(Equipment(organisation_id=cast.network.id, kind=EquipmentKind.RETINAL_CAMERA))
    cast.oak_site.accessible = False
    db.session.flush()
    made = add_premises(lead, Discipline.OPTOMETRY, cast.oak_site.id, "Invented")
    means = means_for_planning(SYSTEM)
    assert set(means.kit) == {Kit("ECG machine", 2, "ELM"), Kit("Retinal camera", 1)}
    assert means.licences == {"Dentistry": frozenset(), "Optometry": frozenset({"OAK"})}
    assert means.step_free == {"ELM"}
    with pytest.raises(Refusal, match="already"):
        add_premises(lead, Discipline.OPTOMETRY, cast.oak_site.id)
    with pytest.raises(Invalid, match="needs a contract"):
        add_premises(lead, Discipline.NURSING, cast.oak_site.id)
    with pytest.raises(NotFound):
        add_premises(lead, Discipline.OPTOMETRY, make_foreign_site(cast))
    remove_premises(lead, made)
    assert means_for_planning(SYSTEM).licences["Optometry"] == frozenset()


def make_foreign_site(cast: Cast):
    return make_site(make_organisation(make_network("Valley"), "Deep Surgery"), "DEEP").id


def test_a_design_that_cannot_be_is_refused_whole(cast: Cast) -> None:
    example = get_example("diabetes")
    with pytest.raises(Invalid, match="1 to 26"):
        commands.add_type(cast[LEAD], replace(example.design, weeks_between=99), example.seats)
    bad = replace(example.seats[1], safe=5)
    with pytest.raises(Invalid, match="It cannot take more people"):
        commands.add_type(cast[LEAD], example.design, [example.seats[0], bad])
    assert types_to_plan() == []
