from datetime import timedelta

import pytest
from sqlalchemy import select

from network.access.rules import SYSTEM, Role
from network.accounts.commands import (
    deactivate_account,
    end_role,
    give_role,
    open_account,
    reactivate_account,
    reset_second_factor,
    set_sign_in_rules,
    sign_out_everywhere,
)
from network.accounts.queries import workplace_of
from network.accounts.records import Account, RoleGrant
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests import makers
from tests.cast import Cast, make_account


def grant_of(cast: Cast, role: Role) -> RoleGrant:
    return db.session.scalars(
        select(RoleGrant).where(
            RoleGrant.account_id == cast.accounts[role].id, RoleGrant.network_id == cast.network.id
        )
    ).one()


def test_the_system_opens_accounts_and_gives_them_roles(cast: Cast) -> None:
    person = makers.make_person("Newman")
    account_id = open_account(SYSTEM, " New@Example.ORG ", None, person.id)
    give_role(SYSTEM, account_id, Role.TRAINEE, cast.elm.id)
    account = db.session.get(Account, account_id)
    actor = workplace_of(account).actor
    assert account.email == "new@example.org"
    assert (actor.name, actor.network_id) == ("Alex Newman", cast.network.id)
    assert [grant.role for grant in actor.grants] == [Role.TRAINEE]


def test_no_two_accounts_have_one_address(cast: Cast) -> None:
    open_account(SYSTEM, "new@example.org")
    with pytest.raises(Invalid, match="already"):
        open_account(SYSTEM, "NEW@example.org")


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_an_administrator_gives_roles(cast: Cast, role: Role) -> None:
    with pytest.raises((NotAllowed, NotFound)):
        give_role(cast[role], cast.accounts[Role.TRAINEE].id, Role.CHAIR, cast.elm.id)


def test_nobody_gives_a_role_to_themselves(cast: Cast) -> None:
    administrator = cast[Role.ADMINISTRATOR]
    with pytest.raises(NotAllowed, match="themselves"):
        give_role(administrator, administrator.account_id, Role.CLINICIAN, cast.elm.id)


def test_a_role_is_given_at_an_organisation_of_the_network_only(cast: Cast) -> None:
    foreign = cast.stranger.grants[0].organisation_id
    with pytest.raises(Invalid, match="organisation of the network"):
        give_role(cast[Role.ADMINISTRATOR], cast.accounts[Role.STAFF].id, Role.TRAINEE, foreign)


def test_an_account_of_another_network_looks_like_none(cast: Cast) -> None:
    for command in (deactivate_account, sign_out_everywhere, reset_second_factor):
        with pytest.raises(NotFound):
            command(cast[Role.ADMINISTRATOR], cast.stranger_account.id)


def test_a_role_does_not_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(Invalid, match="last day"):
        give_role(
            cast[Role.ADMINISTRATOR],
            cast.accounts[Role.STAFF].id,
            Role.TRAINEE,
            cast.elm.id,
            starts_on=today(),
            ends_on=today() - timedelta(days=1),
        )


def test_who_learns_does_so_for_six_months_at_most(cast: Cast) -> None:
    given = cast[Role.ADMINISTRATOR], cast.accounts[Role.STAFF].id, Role.LEARNER, cast.elm.id
    for ends_on in (None, today() + timedelta(days=184)):
        with pytest.raises(Invalid, match="six months at most"):
            give_role(*given, ends_on=ends_on)
    grant_id = give_role(*given, ends_on=today() + timedelta(days=183))
    with pytest.raises(Invalid, match="six months at most"):
        end_role(cast[Role.ADMINISTRATOR], grant_id, today() + timedelta(days=200))
    end_role(cast[Role.ADMINISTRATOR], grant_id, today() + timedelta(days=20))


def test_a_role_ends_at_once_or_on_its_day(cast: Cast) -> None:
    end_role(cast[Role.ADMINISTRATOR], grant_of(cast, Role.STAFF).id)
    end_role(cast[Role.ADMINISTRATOR], grant_of(cast, Role.TRAINEE).id, today())
    assert workplace_of(cast.accounts[Role.STAFF]).actor.grants == ()
    assert [grant.role for grant in workplace_of(cast.accounts[Role.TRAINEE]).actor.grants] == [Role.TRAINEE]


def test_the_last_administrator_stays(cast: Cast) -> None:
    with pytest.raises(Refusal, match="without an administrator"):
        end_role(SYSTEM, grant_of(cast, Role.ADMINISTRATOR).id)
    with pytest.raises(Refusal, match="without an administrator"):
        deactivate_account(SYSTEM, cast.accounts[Role.ADMINISTRATOR].id)
    make_account(Role.ADMINISTRATOR, cast.network, cast.network.id)
    end_role(SYSTEM, grant_of(cast, Role.ADMINISTRATOR).id)


def test_an_account_that_works_elsewhere_too_is_not_shut_from_here(cast: Cast) -> None:
    elsewhere = cast.stranger.network_id
    account = cast.accounts[Role.STAFF]
    makers.keep(
        RoleGrant(account_id=account.id, network_id=elsewhere, organisation_id=elsewhere, role=Role.STAFF)
    )
    with pytest.raises(Refusal, match="other networks"):
        deactivate_account(cast[Role.ADMINISTRATOR], account.id)


@pytest.mark.parametrize("command", [reactivate_account, sign_out_everywhere, reset_second_factor])
def test_who_works_only_elsewhere_now_is_looked_after_there(cast: Cast, command) -> None:
    elsewhere = cast.stranger.network_id
    account = cast.accounts[Role.CLINICIAN]
    makers.keep(
        RoleGrant(account_id=account.id, network_id=elsewhere, organisation_id=elsewhere, role=Role.CLINICIAN)
    )
    command(cast[Role.ADMINISTRATOR], account.id)
    end_role(cast[Role.ADMINISTRATOR], grant_of(cast, Role.CLINICIAN).id)
    with pytest.raises(Refusal, match="another network"):
        command(cast[Role.ADMINISTRATOR], account.id)


@pytest.mark.parametrize("minutes", [0, 4, 481, -1])
def test_idle_minutes_have_bounds(cast: Cast, minutes: int) -> None:
    with pytest.raises(Invalid, match="5 to 480"):
        set_sign_in_rules(cast[Role.ADMINISTRATOR], minutes)


def test_everybody_may_sign_themselves_out_everywhere_and_nobody_else(cast: Cast) -> None:
    sign_out_everywhere(cast[Role.STAFF], cast.accounts[Role.STAFF].id)
    with pytest.raises(NotFound):
        sign_out_everywhere(cast[Role.STAFF], cast.accounts[Role.TRAINEE].id)
