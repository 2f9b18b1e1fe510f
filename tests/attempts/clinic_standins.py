from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import JobRole, RoleGroup
from rota.clinic_standins import commands
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.rota.clinic_scene import hold_clinic, lines_of
from tests.rota.scene import make_scene, make_worker, open_rota


@attempt(commands.seat_stand_in)
def _seat_stand_in(cast: Cast):
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    nurse = make_worker(cast, "Needle", JobRole.NURSE)
    db.session.commit()
    line = lines_of(clinic.id)[RoleGroup.NURSE]
    return by(cast[Role.CLINIC_LEAD], clinic.id, line.id, nurse.id, str(version.id))
