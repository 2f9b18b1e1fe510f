from network.access.rules import Role
from network.accounts.records import LinkedIdentity, RoleGrant
from network.invitations.commands import invite_person
from network.plumbing.database import db
from tests.addresses import address
from tests.attempts.emails import asked_for
from tests.cast import Cast
from tests.makers import keep


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


@address("identities.begin_to_accept")
def _invitation_with_service(cast: Cast):
    return _invitation(cast)


@address("identities.unlink")
def _identity(cast: Cast):
    account_id = cast.accounts[Role.ADMINISTRATOR].id
    linked = LinkedIdentity(account_id=account_id, issuer="https://id.example.org", subject="amy")
    return {"identity_id": keep(linked).id}


@address("emails.confirm")
def _new_email(cast: Cast):
    return {"secret": asked_for(cast)}
