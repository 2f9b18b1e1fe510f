from sqlalchemy import select

from mdt.own_door import commands as own_door
from mdt.own_door.records import DoorNote
from mdt.own_page import commands as own_page
from network.plumbing.database import db
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.outcomes.scene import ONS4, measure_of, started
from tests.mdt.own_door.scene import COORDINATOR, door_of, make_link, said, wanted
from tests.mdt.scene import EDITH, refer


def linked(cast: Cast):
    """Refer somebody and give them a link: return whom, the door, and its secret."""
    patient_id = refer(cast, identity=EDITH).patient_id
    return patient_id, *door_of(make_link(cast, patient_id))


@attempt(own_door.make_own_door)
def _make_own_door(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id, wanted())


@attempt(own_door.take_back_own_door)
def _take_back_own_door(cast: Cast):
    return by(cast[COORDINATOR], linked(cast)[1])


@attempt(own_door.stop_own_doors)
def _stop_own_doors(cast: Cast):
    return by(cast[COORDINATOR], linked(cast)[0])


@attempt(own_door.lift_stop)
def _lift_stop(cast: Cast):
    patient_id = linked(cast)[0]
    own_door.stop_own_doors(cast[COORDINATOR], patient_id)
    return by(cast[COORDINATOR], patient_id, "She lives elsewhere now.")


@attempt(own_door.read_own_note)
def _read_own_note(cast: Cast):
    _, door_id, _ = linked(cast)
    own_page.write_from_own_page(cast[COORDINATOR], door_id, "Please ring me.")
    return by(cast[COORDINATOR], db.session.scalars(select(DoorNote.id)).one())


# Whoever holds the link may do these: it is nobody's account that decides.
@attempt(own_page.try_door, own=True)
def _try_door(cast: Cast):
    _, door_id, secret = linked(cast)
    return by(cast[COORDINATOR], door_id, secret, EDITH.born_on)


@attempt(own_page.note_own_page_seen, own=True)
def _note_own_page_seen(cast: Cast):
    return by(cast[COORDINATOR], linked(cast)[1])


@attempt(own_page.confirm_own_words, own=True)
def _confirm_own_words(cast: Cast):
    patient_id, door_id, _ = linked(cast)
    return by(cast[COORDINATOR], door_id, said(cast, patient_id))


@attempt(own_page.correct_own_words, own=True)
def _correct_own_words(cast: Cast):
    patient_id, door_id, _ = linked(cast)
    return by(cast[COORDINATOR], door_id, said(cast, patient_id), "My allotment and my sister.")


@attempt(own_page.write_from_own_page, own=True)
def _write_from_own_page(cast: Cast):
    return by(cast[COORDINATOR], linked(cast)[1], "Please ring me.")


@attempt(own_page.leave_for_good, own=True)
def _leave_for_good(cast: Cast):
    return by(cast[COORDINATOR], linked(cast)[1])


@attempt(own_page.answer_at_own_door, own=True)
def _answer_at_own_door(cast: Cast):
    case = started(cast)
    door_id, _ = door_of(make_link(cast, case.patient_id))
    return by(cast[COORDINATOR], door_id, {measure_of(case).measure.id: ONS4})
