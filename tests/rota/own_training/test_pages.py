from datetime import timedelta

from network.access.rules import Role
from rota.hosts.commands import change_host
from rota.hosts.queries import all_hosts
from rota.hosts.rules import Welcome
from rota.own_training.queries import own_training
from rota.placing.commands import move_placement, place_learner
from rota.rotation_news.commands import publish_rotations
from rota.rotations.commands import copy_plan_version
from rota.rotations.queries import held_in, told_placements_of
from tests.cast import Cast, client_for
from tests.rota.rotation_scene import LEAD, make_own_notice, make_scene
from tests.rota.training_scene import learner

PAGE = "/my-training"
REASON = "Could not stay with the family at Elm"
WELCOME = Welcome(
    contact_name="G Instance",
    contact_phone="01632 960123",
    arrival="Back door at 08:45",
    dress="Bring your badge",
    parking="Bike shed",
    travel="Bus 12 from the station",
)


def test_a_trainee_reads_where_to_be_on_monday_and_says_so(cast: Cast) -> None:
    trainee = make_own_notice(cast)
    for host in all_hosts():
        change_host(cast[LEAD], host.id, WELCOME, host.row_version)
    client = client_for(cast, Role.TRAINEE)
    page = client.get(PAGE).get_data(as_text=True)
    for said in ("Elm Surgery", "Ask for G Instance", "Back door at 08:45", "tel:01632960123"):
        assert said in page
    for said in ("Bring your badge", "Bike shed", "Bus 12 from the station", "Practice supervisor"):
        assert said in page
    mine = own_training(trainee)
    assert mine
    assert [notice.seen_at is None for notice in mine.notices] == [False]
    client.post(f"{PAGE}/acknowledge", data={"notice": [str(each.id) for each in mine.notices]})
    assert "I have seen this" not in client.get(PAGE).get_data(as_text=True)


def test_what_was_published_after_the_page_was_drawn_is_not_acknowledged_with_it(cast: Cast) -> None:
    trainee = make_own_notice(cast)
    mine = own_training(trainee)
    assert mine
    version_id = told_placements_of(mine.learner.id)[0].version_id
    draft = copy_plan_version(cast[LEAD], version_id)
    move_placement(cast[LEAD], draft, next(iter(held_in(draft))), make_scene(cast).spot(30, 4), REASON)
    publish_rotations(cast[LEAD], draft, REASON)
    shown = [str(each.id) for each in mine.notices]
    client_for(cast, Role.TRAINEE).post(f"{PAGE}/acknowledge", data={"notice": shown})
    again = own_training(trainee)
    assert again
    assert [str(each.id) in shown for each in again.notices] == [False]


def test_a_trainee_sees_neither_reasons_nor_the_placements_of_others(cast: Cast) -> None:
    make_own_notice(cast)
    other = make_scene(cast)
    peer = learner(cast, "Peerless", starts_on=other.monday, ends_on=other.monday + timedelta(weeks=50))
    place_learner(other.lead, other.version_id, peer, other.spot(0, 4, other.oak), REASON)
    publish_rotations(other.lead, other.version_id, REASON)
    page = client_for(cast, Role.TRAINEE).get(PAGE).get_data(as_text=True)
    assert "Elm Surgery" in page
    assert not any(secret in page for secret in (REASON, "Peerless", "Oak Surgery"))


def test_who_is_no_learner_has_a_page_that_says_so_and_others_have_none(cast: Cast) -> None:
    page = client_for(cast, Role.TRAINEE).get(PAGE)
    assert "You are on no training programme here" in page.get_data(as_text=True)
    assert client_for(cast, Role.STAFF).get(PAGE).status_code in (403, 404)
