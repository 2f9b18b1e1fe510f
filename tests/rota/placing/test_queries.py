from network.plumbing.database import db
from rota.placing.queries import planned_for
from rota.rotations.queries import get_version_for
from rota.wishes.records import PlacementWish
from tests.cast import Cast
from tests.makers import keep
from tests.rota.rotation_scene import make_scene


def test_what_a_learner_wishes_for_is_told_to_the_search(cast: Cast) -> None:
    scene = make_scene(cast)
    keep(PlacementWish(learner_id=scene.student, offer_id=scene.oak, rank=1))
    db.session.commit()
    planned = planned_for(get_version_for(scene.lead, scene.version_id))
    [learner] = planned.problem.learners
    assert learner.wishes.points == {planned.number_of[scene.oak]: learner.wishes.most}


def test_what_was_told_is_known_to_the_search_and_what_is_pinned_stays(cast: Cast) -> None:
    scene = make_scene(cast)
    held = scene.place()
    planned = planned_for(get_version_for(scene.lead, scene.version_id))
    [pin] = planned.problem.pins
    assert (pin.learner, pin.offer, pin.first, pin.periods) == (
        str(scene.student),
        planned.number_of[held.offer_id],
        0,
        4,
    )
    assert planned.plan.stays == planned.problem.pins
    assert not planned.problem.published
    assert not planned.lost
