from datetime import timedelta

from rota.placing.exchange.queries import lent_before
from rota.placing.queries import planned_for
from rota.rotation_news.commands import publish_rotations
from rota.rotations.commands import make_plan
from rota.rotations.queries import get_version_for
from tests.cast import Cast
from tests.rota.rotation_scene import make_scene


def test_a_plan_goes_on_from_what_employers_lent_each_other_before_it(cast: Cast) -> None:
    scene = make_scene(cast, weeks=26)
    # The learner is Elm's: at home nothing is lent, at Oak eight weeks are.
    scene.place(0, 4)
    scene.place(4, 8, scene.oak)
    elm, oak = cast.elm.short_name, cast.oak.short_name
    after = scene.monday + timedelta(weeks=26)
    assert lent_before(after, {elm, oak}) == {elm: 0, oak: 0}
    publish_rotations(scene.lead, scene.version_id)
    assert lent_before(after, {elm, oak}) == {elm: 8, oak: -8}
    assert lent_before(after, {elm}) == {elm: 0}
    assert lent_before(scene.monday + timedelta(weeks=7), {elm, oak}) == {elm: 3, oak: -3}
    own = planned_for(get_version_for(scene.lead, scene.version_id))
    assert own.problem.exchange == {elm: 0, oak: 0}
    later = make_plan(scene.lead, "The year after", after, 26, 4)
    assert planned_for(get_version_for(scene.lead, later)).problem.exchange == {elm: 8, oak: -8}
