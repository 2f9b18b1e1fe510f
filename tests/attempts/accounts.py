from network.access.rules import Role
from network.accounts import commands
from network.accounts.records import RoleGrant
from network.plumbing.database import db
from tests.attempts import attempt, by
from tests.cast import Cast


@attempt(commands.open_account)
def _open_account(cast: Cast):
    return by(cast[Role.ADMINISTRATOR], "new@example.org", "three random words")


@attempt(commands.give_role)
def _give_role(cast: Cast):
    return by(cast[Role.ADMINISTRATOR], cast.accounts[Role.STAFF].id, Role.TRAINEE, cast.oak.id)


@attempt(commands.end_role)
def _end_role(cast: Cast):
    grant = db.session.query(RoleGrant).filter_by(account_id=cast.accounts[Role.STAFF].id).one()
    return by(cast[Role.ADMINISTRATOR], grant.id)


@attempt(commands.deactivate_account)
def _deactivate_account(cast: Cast):
    return by(cast[Role.ADMINISTRATOR], cast.accounts[Role.STAFF].id)


@attempt(commands.reactivate_account)
def _reactivate_account(cast: Cast):
    cast.accounts[Role.STAFF].active = False
    return by(cast[Role.ADMINISTRATOR], cast.accounts[Role.STAFF].id)


@attempt(commands.sign_out_everywhere)
def _sign_out_everywhere(cast: Cast):
    return by(cast[Role.ADMINISTRATOR], cast.accounts[Role.STAFF].id)


@attempt(commands.reset_second_factor)
def _reset_second_factor(cast: Cast):
    return by(cast[Role.ADMINISTRATOR], cast.accounts[Role.CLINICIAN].id)


@attempt(commands.set_sign_in_rules)
def _set_sign_in_rules(cast: Cast):
    return by(cast[Role.ADMINISTRATOR], 20, False)
