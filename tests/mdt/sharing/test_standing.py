"""Where somebody stands who holds more than one role."""

from datetime import timedelta

from mdt.sharing.queries import access_to, standing_of
from mdt.sharing.records import CareRelation
from mdt.sharing.rules import Reason
from network.access.rules import Role
from network.accounts.queries import workplace_of
from network.accounts.records import RoleGrant
from network.plumbing.database import db, today
from tests.cast import Cast
from tests.makers import keep
from tests.mdt.scene import refer


def with_another_role(cast: Cast, role: Role, also: Role) -> object:
    account = cast.accounts[role]
    keep(RoleGrant(account_id=account.id, network_id=cast.network.id, organisation_id=cast.oak.id, role=also))
    db.session.commit()
    return standing_of(workplace_of(account).actor)


def test_a_place_in_the_rota_makes_nobody_clinical(cast: Cast) -> None:
    assert not with_another_role(cast, Role.VOLUNTARY_MEMBER, Role.STAFF).is_clinical
    # Nor does it that somebody who takes part learns besides.
    assert not with_another_role(cast, Role.VOLUNTARY_MEMBER, Role.LEARNER).is_clinical
    assert standing_of(cast[Role.LEARNER]).is_clinical


def test_a_place_in_the_rota_opens_no_cases_of_where_it_is(cast: Cast) -> None:
    standing = with_another_role(cast, Role.VOLUNTARY_MEMBER, Role.PRACTICE_MANAGER)
    assert standing.organisation_ids == {cast.charity.id}


def test_who_is_a_clinician_too_reads_what_clinicians_read(cast: Cast) -> None:
    standing = with_another_role(cast, Role.VOLUNTARY_MEMBER, Role.CLINICIAN)
    assert standing.is_clinical
    assert standing.organisation_ids == {cast.charity.id, cast.oak.id}


def test_the_reason_that_is_told_is_the_one_that_lasts_longest(cast: Cast) -> None:
    patient = refer(cast, Role.CARE_COORDINATOR).patient
    member = cast[Role.VOLUNTARY_MEMBER].account_id
    for reason, days in ((Reason.MEETING, 3), (Reason.ACTION, None), (Reason.GUEST, 9)):
        ends_on = today() + timedelta(days=days) if days else None
        keep(
            CareRelation(
                patient_id=patient.id,
                reason=reason,
                account_id=member,
                starts_on=today(),
                ends_on=ends_on,
                made_by="Nobody",
            )
        )
    assert access_to(cast[Role.VOLUNTARY_MEMBER], patient.id).relation.reason is Reason.ACTION
