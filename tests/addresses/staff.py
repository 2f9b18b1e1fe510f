from datetime import date, timedelta

from network.access.rules import Role
from network.plumbing.database import today
from network.vocabulary import Activity, FundingStream, JobRole, SessionKind
from rota.staff import commands
from rota.staff.rules import Availability, CredentialKind, PatternChoice, PatternSlot
from tests.addresses import address
from tests.cast import Cast
from tests.makers import make_engagement, make_member


@address(
    "staff.show",
    "staff.change",
    "staff.end",
    "patterns.set_pattern",
    "staff.sign_off",
    "staff.record_credential",
    "staff.record_induction",
    "staff.approve_supervision",
    "staff.split_funding",
)
def _member(cast: Cast):
    """Somebody of whom there is something to show in every part of the page."""
    manager = cast[Role.WORKFORCE_MANAGER]
    member = make_member(make_engagement(cast.elm), cast.network, cast.elm_site).id
    fixed = {PatternSlot(2, 0, SessionKind.MORNING): PatternChoice(Availability.FIXED, Activity.TEACHING)}
    for starts_on in (date(2024, 4, 1), date(2025, 4, 7), today() + timedelta(30)):
        commands.set_working_pattern(manager, member, fixed, starts_on=starts_on, cycle_weeks=2)
    commands.sign_off_competency(manager, member, "diabetes")
    commands.record_credential(manager, member, CredentialKind.GMC, expires_on=today() + timedelta(5))
    commands.record_induction(manager, member, cast.oak_site.id)
    commands.approve_supervision(manager, member, JobRole.GP_REGISTRAR, minutes_per_session=60)
    commands.split_funding(manager, member, {FundingStream.CORE: 100})
    return {"member_id": member}
