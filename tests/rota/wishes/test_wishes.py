import uuid

import pytest

from network.access.rules import Role
from network.plumbing.database import today
from network.plumbing.refusals import Invalid, NotFound
from rota.learners.queries import find_own_learner
from rota.wishes.commands import set_wishes
from rota.wishes.queries import offers_to_wish_for, wishes_of
from rota.wishes.rules import MOST_WISHES, points_of, wrong_with_wishes
from tests.cast import Cast, client_for
from tests.rota.host_scene import offer
from tests.rota.rotation_scene import make_own_notice
from tests.rota.training_scene import programme


def test_a_dearer_wish_is_worth_more_and_each_place_is_wished_for_once() -> None:
    first, second, third, fourth = (uuid.uuid4() for _ in range(MOST_WISHES + 1))
    assert points_of([first, second, third]) == {first: 3, second: 2, third: 1}
    assert wrong_with_wishes([first, first])
    assert wrong_with_wishes([first, second, third, fourth])
    assert not wrong_with_wishes([])


def test_wishes_replace_each_other_and_are_for_offers_of_ones_own_programme(cast: Cast) -> None:
    trainee = make_own_notice(cast)
    own = find_own_learner(trainee)
    assert own is not None
    elm, oak, *_ = [each.id for each in offers_to_wish_for(own, today())]
    set_wishes(trainee, [elm, oak])
    set_wishes(trainee, [oak])
    assert [(each.offer_id, each.rank) for each in wishes_of(own.id)] == [(oak, 1)]
    foreign = offer(cast, name="Pharmacists", programmes=(programme(cast, "trainee_pharmacist"),))
    with pytest.raises(Invalid, match="not offered any more"):
        set_wishes(trainee, [foreign])
    with pytest.raises(NotFound):
        set_wishes(cast[Role.STAFF], [elm])


def test_a_trainee_says_wishes_on_the_phone_page_and_reads_them_there(cast: Cast) -> None:
    own = find_own_learner(make_own_notice(cast))
    assert own is not None
    offers = offers_to_wish_for(own, today())
    client = client_for(cast, Role.TRAINEE)
    twice = client.post("/my-training/wishes", data={"first": offers[0].id, "second": offers[0].id})
    assert twice.status_code == 422
    assert "Choose a different place for each wish." in twice.get_data(as_text=True)
    client.post("/my-training/wishes", data={"first": offers[1].id, "second": "", "third": ""})
    assert offers[1].name in client.get("/my-training").get_data(as_text=True)
