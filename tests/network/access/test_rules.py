import uuid
from datetime import date, timedelta

import pytest

from network.access.rules import PATIENT_FACING, SYSTEM, TABLE, Actor, Grant, Permission, Role, Scope

ELM, OAK, AMY, BEN = (uuid.UUID(int=number) for number in range(1, 5))
DAY = date(2026, 12, 7)
CASES = {Permission.SEE_CASES, Permission.CONTRIBUTE, Permission.RUN_MEETINGS, Permission.BUILD_LISTS}


def holder(*roles: Role, at: uuid.UUID = ELM) -> Actor:
    return Actor("Amy", person_id=AMY, grants=tuple(Grant(role, at) for role in roles))


def test_every_role_has_its_row_and_may_do_something() -> None:
    assert set(TABLE) == set(Role)
    assert all(TABLE.values())


def test_every_permission_is_held_by_somebody() -> None:
    assert {permission for row in TABLE.values() for permission in row} == set(Permission)


def test_a_permission_reaches_as_far_as_its_scope() -> None:
    manager = holder(Role.PRACTICE_MANAGER)
    assert manager.may(Permission.EDIT_ROTA, organisation_id=ELM)
    assert not manager.may(Permission.EDIT_ROTA, organisation_id=OAK)
    assert not manager.may(Permission.EDIT_ROTA)
    assert manager.organisations_for(Permission.EDIT_ROTA) == {ELM}
    network_manager = holder(Role.WORKFORCE_MANAGER)
    assert network_manager.may(Permission.EDIT_ROTA, organisation_id=OAK)
    assert network_manager.organisations_for(Permission.EDIT_ROTA) is None


def test_what_is_ones_own_is_nobody_elses() -> None:
    staff = holder(Role.STAFF)
    assert staff.may(Permission.REQUEST_LEAVE, person_id=AMY)
    assert not staff.may(Permission.REQUEST_LEAVE, person_id=BEN)
    assert not staff.may(Permission.REQUEST_LEAVE, organisation_id=ELM)
    assert not Actor("Nobody", grants=staff.grants).may(Permission.REQUEST_LEAVE, person_id=None)


def test_roles_add_up() -> None:
    both = holder(Role.STAFF, Role.CLINICIAN)
    assert both.may_somewhere(Permission.REQUEST_LEAVE)
    assert both.may_somewhere(Permission.REFER_CASES)
    two = Actor("Amy", grants=(Grant(Role.PRACTICE_MANAGER, ELM), Grant(Role.PRACTICE_MANAGER, OAK)))
    assert two.organisations_for(Permission.EDIT_STAFF) == {ELM, OAK}


def test_nobody_may_nothing() -> None:
    nobody = Actor("Nobody")
    assert not [
        permission for permission in Permission if nobody.may(permission) or nobody.may_somewhere(permission)
    ]
    assert nobody.organisations_for(Permission.SEE_STAFF) == frozenset()
    assert all(SYSTEM.may(permission) for permission in Permission)


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.GOVERNANCE_LEAD, Role.FINANCE_VIEWER, Role.PRACTICE_MANAGER]
)
def test_those_who_manage_see_no_case(role: Role) -> None:
    assert not CASES & set(TABLE[role])


def test_whoever_sees_cases_faces_patients() -> None:
    assert {role for role, row in TABLE.items() if CASES & set(row)} <= PATIENT_FACING


def test_only_administrators_touch_accounts() -> None:
    assert [role for role, row in TABLE.items() if Permission.EDIT_ACCOUNTS in row] == [Role.ADMINISTRATOR]
    assert TABLE[Role.ADMINISTRATOR][Permission.EDIT_ACCOUNTS] is Scope.NETWORK


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY + timedelta(days=1), None, False),
        (None, DAY - timedelta(days=1), False),
    ],
)
def test_a_grant_holds_on_its_days(first: date | None, last: date | None, holds: bool) -> None:
    assert Grant(Role.STAFF, ELM, first, last).holds_on(DAY) is holds
