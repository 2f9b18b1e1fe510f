from network.access.rules import Role
from network.accounts.records import RoleGrant
from network.invitations.commands import invite_person
from network.plumbing.database import db
from tests.addresses import address
from tests.cast import Cast


@address("accounts.show", "accounts.give_role")
def _account(cast: Cast):
    return {"account_id": cast.accounts[Role.CLINICIAN].id}


@address("accounts.end_role")
def _grant(cast: Cast):
    account_id = cast.accounts[Role.STAFF].id
    return {"grant_id": db.session.query(RoleGrant).filter_by(account_id=account_id).one().id}


@address("invitations.accept")
def _invitation(cast: Cast):
    invited = invite_person(cast[Role.ADMINISTRATOR], "new@example.org", Role.STAFF, cast.elm.id)
    return {"secret": invited.secret}


# Both need a link out of a letter; what they show is tried in tests/network/signin.
@address("security.reset_password", "security.two_factor_setup_validate")
def _token(cast: Cast):
    return {"token": "none"}
