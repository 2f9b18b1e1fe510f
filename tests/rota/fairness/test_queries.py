from collections import Counter
from datetime import timedelta

import pytest

from network.access.rules import Role
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import SessionKind
from rota.cells.commands import place
from rota.edits.rules import Cell
from rota.fairness.queries import fairness_behind, fairness_in, own_fairness, rotas_to_choose, sees_others
from rota.planning.queries import planned_for
from rota.rotas.commands import open_period
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rows.rules import EMPTY
from rota.solver.staff_rota import costs
from rota.staff.records import RotaMember, SiteInduction
from rota.staff.rules import Availability
from tests.cast import Cast, client_for
from tests.makers import LONG_AGO, MONDAY, keep
from tests.rota import scene
from tests.rota.requests.test_commands import own_member

MANAGER = Role.WORKFORCE_MANAGER
SUNDAY = MONDAY + timedelta(6)


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    return scene.make_scene(cast, doctors=3)


@pytest.fixture
def version(cast: Cast, people: list[RotaMember]) -> RotaVersion:
    """Have the first doctor work the Monday morning."""
    version = scene.open_rota(cast)
    scene.put(version, people[0], cast.elm_site, cast[MANAGER])
    return version


def test_what_is_published_counts_and_what_is_drafted_does_not(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    assert fairness_behind(cast[MANAGER], SUNDAY).find("Monday mornings") is None
    scene.make_chosen(version)
    burden = fairness_behind(cast[MANAGER], SUNDAY).find("Monday mornings")
    assert burden is not None
    first = burden.bearers[0]
    assert (first.member_id, first.before, first.here) == (people[0].id, 1, 0)
    ahead = fairness_behind(cast[MANAGER], MONDAY - timedelta(1)).find("Monday mornings")
    assert ahead is not None
    assert (ahead.bearers[0].before, ahead.bearers[0].here) == (0, 1)


def test_a_draft_is_counted_for_those_who_plan(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    burden = fairness_in(cast[MANAGER], version.id).find("Monday mornings")
    assert burden is not None
    assert {each.member_id: each.here for each in burden.bearers} == {
        people[0].id: 1,
        people[1].id: 0,
        people[2].id: 0,
    }
    with pytest.raises(NotFound):
        fairness_in(cast[Role.CLINICAL_LEAD], version.id)
    assert [said for _, said in rotas_to_choose(cast[MANAGER])] == ["7 December to 13 December 2026, draft"]
    assert not rotas_to_choose(cast[Role.CLINICAL_LEAD])


def test_the_figures_are_those_that_filling_uses(cast: Cast, version: RotaVersion) -> None:
    planned = planned_for(version)
    told = [cost.said for cost in costs(planned.problem, planned.plan) if cost.code == "R33"]
    burden = fairness_in(cast[MANAGER], version.id).find("Monday mornings")
    assert burden is not None
    # Two places wanted on the Monday morning, shared by three doctors on 8 of 9 sessions each.
    assert burden.share == 100 * 100 * 2 // (3 * 89)
    assert burden.bearers[0].load == round(10_000 / 89)
    above = "1 above the common share of Monday mornings, counted on a full post."
    assert told == [f"Alex Example00 is {above}"]


def test_half_a_post_carries_twice_as_much_with_the_same_session(cast: Cast) -> None:
    whole = scene.make_worker(cast, "Whole", sessions=9)
    half = scene.make_worker(cast, "Half", sessions=4)
    scene.want(cast.elm_site)
    scene.want(cast.oak_site)
    db.session.commit()
    version = scene.open_rota(cast)
    scene.put(version, whole, cast.elm_site, cast[MANAGER])
    scene.put(version, half, cast.oak_site, cast[MANAGER])
    scene.make_chosen(version)
    burden = fairness_behind(cast[MANAGER], SUNDAY).find("Monday mornings")
    assert burden is not None
    assert [each.name for each in burden.bearers] == ["Alex Half", "Alex Whole"]
    assert burden.bearers[0].on_a_full_post > 2
    assert burden.bearers[0].fair < burden.bearers[1].fair
    assert sum(each.fair for each in burden.bearers) == pytest.approx(2, abs=0.1)


def test_those_whose_pattern_offers_no_such_session_have_no_share(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    for cell in people[1].patterns[0].cells:
        if cell.weekday == 0:
            cell.availability = Availability.NEVER
    scene.make_chosen(version)
    for found in (fairness_in(cast[MANAGER], version.id), fairness_behind(cast[MANAGER], SUNDAY)):
        burden = found.find("Monday mornings")
        assert burden is not None
        assert {each.member_id for each in burden.bearers} == {people[0].id, people[2].id}


def test_the_evening_of_an_eve_is_an_evening_and_its_afternoon_an_eve(cast: Cast) -> None:
    (doctor, *_) = scene.make_scene(cast)
    monday = MONDAY + timedelta(14)
    version = get_version_for(cast[MANAGER], open_period(cast[MANAGER], monday, 1))
    cell = Cell(doctor.id, monday + timedelta(3), SessionKind.AFTERNOON)
    place(cast[MANAGER], version.id, cell, scene.line_on(version, cast.elm_site, cell).id, EMPTY)
    scene.make_chosen(version)
    kinds = Counter(
        {each.name: each.sessions for each in fairness_behind(cast[MANAGER], monday + timedelta(6)).burdens}
    )
    assert kinds == {"eves of bank holidays": 1}


def test_managers_see_their_own_people_by_name_and_share_over_all(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    found = fairness_in(cast[Role.PRACTICE_MANAGER], version.id)
    assert found.seen == {people[0].id, people[2].id}
    burden = found.find("Monday mornings")
    assert burden is not None
    assert len(burden.bearers) == 3
    page = client_for(cast, Role.PRACTICE_MANAGER).get("/fairness", query_string={"rota": version.id}).text
    assert "Example00" in page
    assert "Example01" not in page


def test_staff_are_told_of_themselves_without_names(cast: Cast) -> None:
    scene.make_scene(cast)
    me = own_member(cast)
    for site in (cast.elm_site, cast.oak_site):
        keep(SiteInduction(member_id=me.id, site_id=site.id, inducted_on=LONG_AGO))
    db.session.commit()
    version = scene.open_rota(cast)
    scene.put(version, me, cast.elm_site, cast[MANAGER])
    scene.make_chosen(version)
    assert not sees_others(cast[Role.STAFF])
    client = client_for(cast, Role.STAFF)
    assert client.get("/fairness").location == "/fairness/mine"
    page = client.get("/fairness/mine").text
    assert "You have worked 0 Monday mornings in the last 26 weeks, and 1 more is planned for you." in page
    assert "By your hours the fair share would be 0.3." in page
    assert "Example" not in page


def test_somebody_who_is_not_planned_reads_why_there_is_nothing(cast: Cast) -> None:
    assert own_fairness(cast[Role.TRAINEE]) == []
    assert "Nothing to share out yet" in client_for(cast, Role.TRAINEE).get("/fairness/mine").text
