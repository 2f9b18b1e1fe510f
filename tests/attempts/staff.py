import uuid
from datetime import date

from network.access.rules import Role
from network.vocabulary import FundingStream, JobRole
from rota.staff import commands
from rota.staff.rules import CredentialKind, Planning
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import make_engagement, make_member

MONDAY = date(2026, 12, 7)


def manager(cast: Cast):
    return cast[Role.WORKFORCE_MANAGER]


def gp(cast: Cast) -> uuid.UUID:
    return make_member(make_engagement(cast.elm), cast.network).id


@attempt(commands.add_member)
def _add_member(cast: Cast):
    return by(manager(cast), make_engagement(cast.elm).id, planning=Planning(MONDAY))


@attempt(commands.change_member)
def _change_member(cast: Cast):
    return by(manager(cast), gp(cast), Planning(MONDAY))


@attempt(commands.end_planning)
def _end_planning(cast: Cast):
    return by(manager(cast), gp(cast), planned_until=MONDAY)


@attempt(commands.resume_planning)
def _resume_planning(cast: Cast):
    return by(manager(cast), gp(cast))


@attempt(commands.set_working_pattern)
def _set_working_pattern(cast: Cast):
    return by(manager(cast), gp(cast), {}, starts_on=MONDAY)


@attempt(commands.remove_working_pattern)
def _remove_working_pattern(cast: Cast):
    member = gp(cast)
    return by(
        manager(cast), member, commands.set_working_pattern(manager(cast), member, {}, starts_on=MONDAY)
    )


@attempt(commands.sign_off_competency)
def _sign_off_competency(cast: Cast):
    return by(cast[Role.CLINICAL_LEAD], gp(cast), "diabetes")


@attempt(commands.withdraw_competency)
def _withdraw_competency(cast: Cast):
    member = gp(cast)
    commands.sign_off_competency(manager(cast), member, "diabetes")
    return by(cast[Role.CLINICAL_LEAD], member, "diabetes")


@attempt(commands.record_credential)
def _record_credential(cast: Cast):
    return by(manager(cast), gp(cast), CredentialKind.DBS)


@attempt(commands.remove_credential)
def _remove_credential(cast: Cast):
    member = gp(cast)
    return by(manager(cast), member, commands.record_credential(manager(cast), member, CredentialKind.DBS))


@attempt(commands.record_induction)
def _record_induction(cast: Cast):
    return by(manager(cast), gp(cast), cast.oak_site.id)


@attempt(commands.remove_induction)
def _remove_induction(cast: Cast):
    member = gp(cast)
    commands.record_induction(manager(cast), member, cast.oak_site.id)
    return by(manager(cast), member, cast.oak_site.id)


@attempt(commands.approve_supervision)
def _approve_supervision(cast: Cast):
    return by(cast[Role.CLINICAL_LEAD], gp(cast), JobRole.GP_REGISTRAR, minutes_per_session=60)


@attempt(commands.withdraw_supervision)
def _withdraw_supervision(cast: Cast):
    member = gp(cast)
    commands.approve_supervision(manager(cast), member, JobRole.GP_REGISTRAR, minutes_per_session=60)
    return by(cast[Role.CLINICAL_LEAD], member, JobRole.GP_REGISTRAR)


@attempt(commands.split_funding)
def _split_funding(cast: Cast):
    return by(manager(cast), gp(cast), {FundingStream.CORE: 100})
