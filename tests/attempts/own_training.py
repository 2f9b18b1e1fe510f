from datetime import timedelta

from network.plumbing.database import today
from rota.exposure_choices import commands as choices
from rota.exposure_sessions import commands as exposure
from rota.learners.queries import find_own_learner
from rota.wishes import commands as wishes
from rota.wishes.queries import offers_to_wish_for
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota import exposure_scene
from tests.rota.host_scene import LEAD, host, next_monday
from tests.rota.rotation_scene import make_own_notice, make_scene


@attempt(exposure.offer_exposure)
def _offer(cast: Cast):
    return by(cast[LEAD], host(cast), exposure_scene.offered())


@attempt(exposure.end_exposure_offer)
def _end(cast: Cast):
    return by(cast[LEAD], exposure_scene.offer(cast), next_monday() + timedelta(weeks=4))


@attempt(choices.book_exposure)
def _book(cast: Cast):
    student = make_scene(cast).student
    return by(cast[LEAD], exposure_scene.offer(cast), student, exposure_scene.thursday())


@attempt(exposure.cancel_exposure)
def _cancel(cast: Cast):
    student, offer_id = make_scene(cast).student, exposure_scene.offer(cast)
    session_id = choices.book_exposure(cast[LEAD], offer_id, student, exposure_scene.thursday())
    return by(cast[LEAD], session_id)


@attempt(wishes.set_wishes, own=True)
def _set_wishes(cast: Cast):
    trainee = make_own_notice(cast)
    own = find_own_learner(trainee)
    assert own is not None
    offers = offers_to_wish_for(own, today())
    return by(trainee, [offers[0].id])
