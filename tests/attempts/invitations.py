from network.access.rules import Role
from network.invitations import commands
from network.invitations.routes import NEWCOMER
from tests.attempts import attempt, by
from tests.cast import Cast


def invited(cast: Cast) -> commands.Invited:
    return commands.invite_person(cast[Role.ADMINISTRATOR], "new@example.org", Role.STAFF, cast.elm.id)


@attempt(commands.invite_person)
def _invite_person(cast: Cast):
    return by(cast[Role.ADMINISTRATOR], "new@example.org", Role.STAFF, cast.elm.id)


@attempt(commands.withdraw_invitation)
def _withdraw_invitation(cast: Cast):
    return by(cast[Role.ADMINISTRATOR], invited(cast).id)


# Whoever holds the link may accept: that is what the link is for.
@attempt(commands.accept_invitation, own=True)
def _accept_invitation(cast: Cast):
    return by(NEWCOMER, invited(cast).secret, "three random words")
