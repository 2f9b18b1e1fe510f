from network.access.rules import Role
from network.emails import commands
from network.plumbing.database import db
from network.plumbing.mail import Letter
from network.signin.commands import NOBODY
from tests.attempts import attempt, by
from tests.cast import Cast


def asked_for(cast: Cast) -> str:
    """Ask for a new address, and return the secret of the link in the letter to the old one."""
    commands.ask_for_new_email(cast[Role.STAFF], "new@example.org")
    [letter] = [each for each in db.session.query(Letter) if "not me" in each.body]
    return letter.body.split("/email/")[1].split()[0]


@attempt(commands.ask_for_new_email, own=True)
def _ask_for_new_email(cast: Cast):
    return by(cast[Role.STAFF], "new@example.org")


@attempt(commands.confirm_new_email, own=True)
def _confirm_new_email(cast: Cast):
    return by(NOBODY, asked_for(cast))


@attempt(commands.refuse_new_email, own=True)
def _refuse_new_email(cast: Cast):
    return by(NOBODY, asked_for(cast))


@attempt(commands.drop_new_email)
def _drop_new_email(cast: Cast):
    asked_for(cast)
    return by(cast[Role.STAFF])
