from network.access.rules import Role
from network.accounts.records import SignIn
from network.signin import commands
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import keep


@attempt(commands.begin_sign_in, own=True)
def _begin_sign_in(cast: Cast):
    return by(cast[Role.STAFF], "password")


@attempt(commands.end_sign_in)
def _end_sign_in(cast: Cast):
    return by(cast[Role.STAFF], keep(SignIn(account_id=cast.accounts[Role.STAFF].id)).id)


@attempt(commands.enter_another_network)
def _enter_another_network(cast: Cast):
    sign_in = keep(SignIn(account_id=cast.accounts[Role.STAFF].id))
    return by(cast[Role.STAFF], sign_in.id, cast.network.id)


@attempt(commands.refuse_sign_in, own=True)
def _refuse_sign_in(cast: Cast):
    return by(commands.NOBODY, cast.accounts[Role.STAFF].id, "password")


@attempt(commands.note_own_change, own=True)
def _note_own_change(cast: Cast):
    return by(cast[Role.STAFF], "change_password")


@attempt(commands.ask_for_new_password, own=True)
def _ask_for_new_password(cast: Cast):
    return by(commands.NOBODY, cast.accounts[Role.STAFF].id)


@attempt(commands.note_new_password, own=True)
def _note_new_password(cast: Cast):
    return by(cast[Role.STAFF], "change_password", None)
