from mdt.effort import commands as effort
from mdt.evidence.commands import export_evidence
from mdt.periods.rules import quarter_of
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.effort_given import FUNDS, SCHEME, make_claimant, make_held, make_scheme


@attempt(export_evidence)
def _export_evidence(cast: Cast):
    return by(cast[Role.CARE_COORDINATOR], "")


@attempt(effort.add_scheme, anywhere=True)
def _add_scheme(cast: Cast):
    return by(cast[FUNDS], SCHEME)


@attempt(effort.end_scheme)
def _end_scheme(cast: Cast):
    return by(cast[FUNDS], make_scheme(cast), today())


@attempt(effort.add_claimant)
def _add_claimant(cast: Cast):
    return by(cast[FUNDS], make_scheme(cast), cast.elm.id, None, today())


@attempt(effort.end_claimant)
def _end_claimant(cast: Cast):
    return by(cast[FUNDS], make_claimant(cast, make_scheme(cast)), today())


@attempt(effort.tell_preparation)
def _tell_preparation(cast: Cast):
    return by(cast[Role.CLINICIAN], make_held(cast)[0].id, 15)


@attempt(effort.export_effort, anywhere=True)
def _export_effort(cast: Cast):
    return by(cast[FUNDS], quarter_of(today()))
