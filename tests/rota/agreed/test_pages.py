import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db
from network.plumbing.refusals import Invalid, NotFound
from rota.agreed import commands
from rota.agreed.queries import agreement_with, pairings_for_planning
from rota.agreed.rules import PairingKind, WorkAgreement
from rota.planning.queries import planned_for
from rota.rotas.commands import open_period
from rota.rotas.queries import get_version_for
from rota.solver.staff_rota import Placement, Plan, answer, breaches
from rota.solver.staff_rota.ask import Ask
from rota.views.queries import View
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def test_what_was_agreed_is_planned_with(cast: Cast) -> None:
    doctor, other, third = scene.make_scene(cast)
    manager = cast[MANAGER]
    commands.agree_on_work(manager, doctor.id, WorkAgreement(date(2026, 1, 5), 4, 2, 2, 1, 3, 0, 40))
    commands.pair_people(manager, doctor.id, other.id, PairingKind.APART, why="Agreed in June.")
    commands.pair_people(manager, doctor.id, third.id, PairingKind.MEETS, days=7)
    problem = planned_for(scene.open_rota(cast)).problem
    person = problem.person_by_key[str(doctor.id)]
    assert (person.opted_out_on, person.terms.longest_run) == (date(2026, 1, 5), 4)
    assert person.terms.most_by_kind == {"EVE": 3}
    assert (person.terms.least_minutes, person.terms.most_minutes) == (0, 2400)
    [pairing], [cadence] = problem.pairings, problem.cadences
    assert (pairing.apart, pairing.why) == (True, "Agreed in June")
    assert (cadence.people, cadence.days) == ((str(doctor.id), str(third.id)), 7)


def test_a_reason_reaches_managers_and_never_peers_nor_the_trail(cast: Cast) -> None:
    doctor, other, _ = scene.make_scene(cast)
    commands.pair_people(cast[MANAGER], doctor.id, other.id, PairingKind.APART, why="Secret")
    planned = planned_for(scene.open_rota(cast))
    duty = planned.problem.duties[0].number
    together = planned.plan.adding(Placement(str(doctor.id), duty)).adding(Placement(str(other.id), duty))
    [breach] = [each for each in breaches(planned.problem, together) if each.code == "R36"]
    assert breach.said.endswith(": Secret.")
    assert "Secret" not in breach.said_to_peers
    assert doctor.name not in breach.said_to_peers
    assert not [row for row in db.session.scalars(select(AuditEntry)) if "Secret" in str(row.details)]


def test_a_manager_of_another_practice_does_not_learn_who_is_kept_apart_nor_why(cast: Cast) -> None:
    _, of_oak, _ = scene.make_scene(cast)
    another = scene.make_worker(cast, "Another", employer=cast.oak)
    commands.pair_people(cast[MANAGER], of_oak.id, another.id, PairingKind.APART, why="Secret")
    version = scene.open_rota(cast)
    planned = planned_for(version)
    [duty, *_] = [each for each in planned.problem.duties if each.site == cast.oak_site.code]
    plan = Plan.of(Placement(str(member.id), duty.number) for member in (of_oak, another))
    [breach] = [each for each in breaches(planned.problem, plan) if each.code == "R36"]
    told = {who: View(cast[who], version, planned).said(breach) for who in (MANAGER, Role.PRACTICE_MANAGER)}
    assert told == {MANAGER: breach.said, Role.PRACTICE_MANAGER: "Not available."}
    asked = Ask(works=frozenset({Placement(str(another.id), duty.number)}))
    standing = Plan.of([Placement(str(of_oak.id), duty.number)])
    pinned = replace(planned.problem, pins=tuple(standing.placements))
    apart = [each for each in answer(pinned, standing, asked, 10).obstacles if each.code == "R36"]
    assert all(each.person and "Secret" in each.said for each in apart)
    assert len(apart) == 1


def test_a_rota_knows_when_those_who_meet_last_did(cast: Cast) -> None:
    one, other, third = scene.make_scene(cast)
    for another in (other, third):
        commands.pair_people(cast[MANAGER], one.id, another.id, PairingKind.MEETS, days=31)
    earlier = scene.open_rota(cast)
    for member in (one, other):
        for day in (MONDAY, MONDAY + timedelta(1)):
            scene.put(earlier, member, cast.elm_site, cast[MANAGER], day)
    scene.put(earlier, third, cast.oak_site, cast[MANAGER])
    next_week = open_period(cast[MANAGER], MONDAY + timedelta(7), 1)
    assert lasts_in(cast, next_week) == [None, None], "what is drafted was not worked"
    scene.make_chosen(earlier)
    assert lasts_in(cast, next_week) == [MONDAY + timedelta(1), None]
    assert lasts_in(cast, earlier.id) == [None, None]


def test_three_who_meet_do_so_all_at_once(cast: Cast) -> None:
    one, other, third = scene.make_scene(cast)
    ids = {str(each.id) for each in (one, other, third)}
    client, address = client_for(cast, MANAGER), f"/staff/{one.id}/agreed"
    answers = {"other_id": str(other.id), "third_id": str(third.id), "kind": "apart", "days": "7", "why": ""}
    refused = client.post(f"{address}/pair", data=answers)
    assert (refused.status_code, "Only those who meet can be more than two" in refused.text) == (422, True)
    twice = client.post(f"{address}/pair", data={**answers, "kind": "meets", "third_id": str(other.id)})
    assert (twice.status_code, "Choose each person once" in twice.text) == (422, True)
    assert client.post(f"{address}/pair", data={**answers, "kind": "meets"}).status_code == 303
    for each in (one, other, third):
        assert f"{other.name} and {third.name}" in client.get(f"/staff/{each.id}/agreed").text
    earlier = scene.open_rota(cast)
    for member, days in ((one, (0, 1)), (other, (0, 1)), (third, (0,))):
        for day in days:
            scene.put(earlier, member, cast.elm_site, cast[MANAGER], MONDAY + timedelta(day))
    scene.make_chosen(earlier)
    version = get_version_for(cast[MANAGER], open_period(cast[MANAGER], MONDAY + timedelta(7), 1))
    [cadence] = planned_for(version).problem.cadences
    assert (set(cadence.people), cadence.last) == (ids, MONDAY)


def lasts_in(cast: Cast, version_id: uuid.UUID) -> list[date | None]:
    """Give when each pair met last, as a rota knows it."""
    version = get_version_for(cast[MANAGER], version_id)
    return [each.last for each in planned_for(version).problem.cadences]


def test_a_manager_fills_the_pages_in_and_ends_a_pairing(cast: Cast) -> None:
    doctor, other, _ = scene.make_scene(cast)
    client, address = client_for(cast, MANAGER), f"/staff/{doctor.id}/agreed"
    assert client.post(address, data={"longest_run": "4"}).status_code == 303
    assert agreement_with(doctor).longest_run == 4
    answers = {"other_id": str(other.id), "kind": "meets", "days": "14", "is_firm": "y", "why": ""}
    assert client.post(f"{address}/pair", data=answers).status_code == 303
    page = client.get(address).text
    assert "14 days" in page
    assert 'value="4"' in page
    ending = page.split('/end"')[0].rsplit('"', 1)[1] + "/end"
    assert client.post(ending).status_code == 303
    db.session.expire_all()
    assert pairings_for_planning() == ()


@pytest.mark.parametrize(
    ("agreed", "sentence"),
    [
        (WorkAgreement(longest_run=0), "Enter runs of 1 to 14 days"),
        (WorkAgreement(longest_run=2, shortest_run=3), "cannot be longer than the longest"),
        (WorkAgreement(most_evenings=61), "from 0 to 60"),
        (WorkAgreement(least_hours=50, most_hours=40), "the least no more than the most"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(cast: Cast, agreed: WorkAgreement, sentence: str) -> None:
    doctor, *_ = scene.make_scene(cast)
    with pytest.raises(Invalid, match=sentence):
        commands.agree_on_work(cast[MANAGER], doctor.id, agreed)


def test_a_pairing_that_makes_no_sense_comes_back_with_its_sentence(cast: Cast) -> None:
    doctor, other, _ = scene.make_scene(cast)
    client, address = client_for(cast, MANAGER), f"/staff/{doctor.id}/agreed/pair"
    for changed, sentence in (
        ({"kind": ""}, "Choose"),
        ({"other_id": str(doctor.id)}, "Choose somebody"),
        ({"kind": "meets", "days": ""}, "Enter how many days"),
        ({"why": "x" * 201}, "200"),
    ):
        answers = {"other_id": str(other.id), "kind": "apart", "days": "", "is_firm": "y", "why": ""}
        answer = client.post(address, data=answers | changed)
        assert (answer.status_code, sentence in answer.text) == (422, True), changed


def test_who_may_not_change_somebody_does_not_learn_of_their_pairings(cast: Cast) -> None:
    doctor, other, _ = scene.make_scene(cast)
    pairing = commands.pair_people(cast[MANAGER], doctor.id, other.id, PairingKind.APART)
    assert client_for(cast, Role.STAFF).get(f"/staff/{doctor.id}/agreed").status_code in (403, 404)
    with pytest.raises(NotFound):
        commands.end_pairing(cast.stranger, pairing)


def test_two_who_are_kept_apart_are_so_under_every_post(cast: Cast) -> None:
    one, other, third = scene.make_scene(cast)
    third.engagement.person_id = other.engagement.person_id
    db.session.commit()
    commands.pair_people(cast[MANAGER], one.id, other.id, PairingKind.APART)
    pairings = planned_for(scene.open_rota(cast)).problem.pairings
    assert {(each.one, each.other) for each in pairings} == {
        (str(one.id), str(other.id)),
        (str(one.id), str(third.id)),
    }


def test_what_holds_between_two_is_agreed_once(cast: Cast) -> None:
    one, other, _ = scene.make_scene(cast)
    for kind in (PairingKind.APART, PairingKind.BESIDE):
        commands.pair_people(cast[MANAGER], one.id, other.id, kind)
        with pytest.raises(Invalid, match="already"):
            commands.pair_people(cast[MANAGER], one.id, other.id, kind)
    commands.pair_people(cast[MANAGER], other.id, one.id, PairingKind.BESIDE)
    with pytest.raises(Invalid, match="already"):
        commands.pair_people(cast[MANAGER], other.id, one.id, PairingKind.APART)


def test_a_pairing_is_ended_by_whoever_may_change_one_of_the_two(cast: Cast) -> None:
    of_elm, of_oak, _ = scene.make_scene(cast)
    another = scene.make_worker(cast, "Another", employer=cast.oak)
    elsewhere = commands.pair_people(cast[MANAGER], of_oak.id, another.id, PairingKind.APART)
    shared = commands.pair_people(cast[MANAGER], of_oak.id, of_elm.id, PairingKind.APART)
    for who, pairing in ((Role.PRACTICE_MANAGER, elsewhere), (Role.CLINICAL_LEAD, shared)):
        with pytest.raises(NotFound):
            commands.end_pairing(cast[who], pairing)
    commands.end_pairing(cast[Role.PRACTICE_MANAGER], shared)
    assert [each.other for each in pairings_for_planning()] == [str(another.id)]
