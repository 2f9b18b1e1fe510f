from datetime import timedelta

from network.plumbing.database import now, today
from network.vocabulary import SessionKind
from rota.exposure_choices import commands as choices
from rota.exposure_sessions import commands as exposure
from rota.exposure_sessions.records import ExposureSession
from rota.learners.queries import find_own_learner
from rota.wishes import commands as wishes
from rota.wishes.queries import offers_to_wish_for
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import keep
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


def _over(cast: Cast, **changes: object):
    """A half-day of yesterday."""
    student, offer_id = make_scene(cast).student, exposure_scene.offer(cast)
    day = today() - timedelta(days=1)
    half_day = {"offer_id": offer_id, "learner_id": student, "day": day, "kind": SessionKind.MORNING}
    return keep(ExposureSession(**half_day, made_by="Nobody", **changes)).id


@attempt(exposure.note_missed)
def _note_missed(cast: Cast):
    return by(cast[LEAD], _over(cast))


@attempt(exposure.take_back_missed)
def _take_back_missed(cast: Cast):
    return by(cast[LEAD], _over(cast, missed_at=now()))


@attempt(wishes.set_wishes, own=True)
def _set_wishes(cast: Cast):
    trainee = make_own_notice(cast)
    own = find_own_learner(trainee)
    assert own is not None
    offers = offers_to_wish_for(own, today())
    return by(trainee, [offers[0].id])
