from mdt.involvements import commands
from mdt.involvements.queries import team_of
from mdt.involvements.rules import Coming, PartOfDay, Purpose, Rhythm, TieDetails, TieKind, Visit
from mdt.story.commands import add_carer
from mdt.story.rules import CarerDetails
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import refer

COORDINATOR = Role.CARE_COORDINATOR
WEEKLY = Coming(Rhythm.WEEKLY, frozenset({Visit(1, PartOfDay.MORNING)}))
FIELD = TieDetails(TieKind.NEIGHBOUR, "Mrs Specimen next door", purpose=Purpose.HOME, coming=WEEKLY)


def _added(cast: Cast):
    return commands.add_involvement(cast[COORDINATOR], refer(cast).patient_id, FIELD)


@attempt(commands.note_web_opened)
def _note_web_opened(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id)


@attempt(commands.note_web_printed)
def _note_web_printed(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id)


@attempt(commands.add_involvement)
def _add_involvement(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id, FIELD)


@attempt(commands.say_more)
def _say_more(cast: Cast):
    patient_id = refer(cast).patient_id
    add_carer(cast[COORDINATOR], patient_id, CarerDetails("Ann Specimen", "daughter"))
    return by(cast[COORDINATOR], patient_id, team_of(patient_id)[0].key, FIELD)


@attempt(commands.change_involvement)
def _change_involvement(cast: Cast):
    return by(cast[COORDINATOR], _added(cast), FIELD, seen=1)


@attempt(commands.end_involvement)
def _end_involvement(cast: Cast):
    return by(cast[COORDINATOR], _added(cast))


@attempt(commands.restore_involvement)
def _restore_involvement(cast: Cast):
    involvement_id = _added(cast)
    commands.end_involvement(cast[COORDINATOR], involvement_id)
    return by(cast[COORDINATOR], involvement_id)
