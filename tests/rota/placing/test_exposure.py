"""What the search knows of half-days with other disciplines."""

from network.access.rules import Role
from rota.exposure_sessions.commands import cancel_exposure
from rota.learners.queries import find_own_learner
from rota.placing.queries import planned_for
from rota.rotations.queries import get_version_for, told_placements_of
from tests.cast import Cast
from tests.rota.exposure_scene import book
from tests.rota.rotation_scene import LEAD, make_own_notice


def test_half_days_that_are_chosen_are_seen_and_those_on_offer_can_be_given(cast: Cast) -> None:
    own = find_own_learner(make_own_notice(cast))
    assert own is not None
    version_id = told_placements_of(own.id)[0].version_id
    before = planned_for(get_version_for(cast[LEAD], version_id))
    booked = book(cast, cast[Role.TRAINEE])
    after = planned_for(get_version_for(cast[LEAD], version_id))
    learner = after.problem.learner_by_key[str(own.id)]
    assert (learner.exposed, "optometry" in learner.seen) == (1, True)
    given = {offer.site: (offer.exposure, "optometry" in offer.shows) for offer in after.problem.offers}
    assert given == {"ELM": (1, True), "OAK": (0, False)}
    assert before.hash != after.hash
    cancel_exposure(cast[Role.TRAINEE], booked.id)
    again = planned_for(get_version_for(cast[LEAD], version_id)).problem
    assert again.learner_by_key[str(own.id)].exposed == 0
