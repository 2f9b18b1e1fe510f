import uuid
from datetime import time

from network.access.rules import SYSTEM, Role
from network.plumbing.database import db
from network.vocabulary import Discipline
from rota import diary
from rota.availability import commands as availability
from rota.diary import Asked, Exposure, Holding
from rota.slots.commands import fill_free_places
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import MONDAY, make_engagement
from tests.rota.clinic_scene import hold_clinic, make_clinic_type

COORDINATOR = Role.CARE_COORDINATOR


def _somebody(cast: Cast) -> uuid.UUID:
    return make_engagement(cast.elm).person_id


def _holding(cast: Cast) -> Holding:
    return Holding(uuid.uuid4(), MONDAY, time(13), time(14), needed=frozenset({_somebody(cast)}))


def _token(cast: Cast, clinic_type_id: uuid.UUID | None = None) -> uuid.UUID:
    asked = Asked(uuid.uuid4(), clinic_type_id or make_clinic_type(cast).id)
    return diary.ask_for_place(cast[COORDINATOR], asked)


@attempt(diary.holds.hold_time)
def _hold_time(cast: Cast):
    return by(cast[COORDINATOR], _holding(cast))


@attempt(diary.holds.release_time)
def _release_time(cast: Cast):
    holding = _holding(cast)
    diary.hold(cast[COORDINATOR], holding)
    return by(cast[COORDINATOR], holding.key)


@attempt(diary.ask_for_place)
def _ask_for_place(cast: Cast):
    return by(cast[COORDINATOR], Asked(uuid.uuid4(), make_clinic_type(cast).id))


@attempt(diary.withdraw_place)
def _withdraw_place(cast: Cast):
    return by(cast[COORDINATOR], _token(cast))


@attempt(diary.take)
def _take(cast: Cast):
    clinic = hold_clinic(cast)
    return by(cast[COORDINATOR], _token(cast, clinic.clinic_type_id), clinic.id)


@attempt(diary.note_use)
def _note_use(cast: Cast):
    return by(cast[COORDINATOR], _token(cast), True)


@attempt(diary.note_exposure)
def _note_exposure(cast: Cast):
    exposure = Exposure(_somebody(cast), Discipline.NURSING, MONDAY, uuid.uuid4())
    return by(cast[COORDINATOR], exposure)


@attempt(fill_free_places)
def _fill_free_places(cast: Cast):
    db.session.commit()
    return by(SYSTEM)


@attempt(availability.look_again)
def _look_again(cast: Cast):
    db.session.commit()
    return by(SYSTEM)
