from network.access.rules import SYSTEM, Role
from rota.notices import commands as notices
from rota.notices.queries import told_for
from rota.publishing import commands as publishing
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


def told(cast: Cast):
    """A published rota of which a staff member of the cast was told."""
    return scene.publish_for(cast, Role.STAFF)


@attempt(notices.send_letters)
def _send_letters(cast: Cast):
    return by(SYSTEM, told(cast).id)


@attempt(notices.note_seen, own=True)
def _note_seen(cast: Cast):
    told(cast)
    return by(cast[Role.STAFF])


@attempt(notices.confirm_notices)
def _confirm_notices(cast: Cast):
    people = told_for(cast[MANAGER], told(cast).id).people
    return by(cast[Role.STAFF], [each.notice.id for each in people])


@attempt(notices.note_told_in_person)
def _note_told_in_person(cast: Cast):
    version = told(cast)
    people = told_for(cast[MANAGER], version.id).people
    return by(cast[MANAGER], version.id, {each.notice.id: True for each in people})


@attempt(publishing.remind_people)
def _remind_people(cast: Cast):
    version = told(cast)
    notices.send_letters(SYSTEM, version.id)
    for each in told_for(cast[MANAGER], version.id).people:
        each.notice.letter_at = None
    return by(cast[MANAGER], version.id)
