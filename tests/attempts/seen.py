from mdt.cases.commands import note_search
from mdt.seen import commands as seen
from network.access.rules import Role
from network.audit import commands as audit
from network.audit.queries import Wanted
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import refer


@attempt(note_search)
def _note_search(cast: Cast):
    case = refer(cast)
    return by(cast[Role.CARE_COORDINATOR], [case.patient_id], [case.id])


@attempt(seen.note_page)
def _note_page(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], "folder.show", [refer(cast).patient_id])


@attempt(seen.note_seen_read)
def _note_seen_read(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], refer(cast).patient_id)


@attempt(audit.export_trail)
def _export_trail(cast: Cast):
    return by(cast[Role.GOVERNANCE_LEAD], Wanted())
