from datetime import timedelta

from mdt.agreements import commands as agreements
from mdt.agreements.rules import AgreementDetails
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast

LEAD = Role.GOVERNANCE_LEAD


def _details() -> AgreementDetails:
    return AgreementDetails("Box 4", "A Partner", today(), today() + timedelta(days=300))


def recorded(cast: Cast):
    return agreements.record_agreement(cast[LEAD], cast.elm.id, _details())


@attempt(agreements.record_agreement)
def _record_agreement(cast: Cast):
    return by(cast[LEAD], cast.elm.id, _details())


@attempt(agreements.end_agreement)
def _end_agreement(cast: Cast):
    return by(cast[LEAD], recorded(cast), today())


@attempt(agreements.resume_agreement)
def _resume_agreement(cast: Cast):
    agreement_id = recorded(cast)
    agreements.end_agreement(cast[LEAD], agreement_id, today())
    return by(cast[LEAD], agreement_id)


@attempt(agreements.take_back_agreement)
def _take_back_agreement(cast: Cast):
    return by(cast[LEAD], recorded(cast))
