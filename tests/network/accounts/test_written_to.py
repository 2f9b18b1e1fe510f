"""The trail keeps to which accounts a command wrote, and never an address."""

from sqlalchemy import select

from network.access.rules import Role
from network.audit.commands import record
from network.audit.records import AuditEntry
from network.plumbing.commands import command
from network.plumbing.database import db
from network.plumbing.mail import post
from tests.cast import Cast


@command
def write_to(actor, emails: list[str]) -> None:
    """Write to some, as part of something about the network."""
    record(actor, "try_something", "network", actor.network_id)
    for email in emails:
        post(email, "Subject", "Body")


def test_whom_a_command_wrote_to_is_kept_by_account(cast: Cast) -> None:
    account = cast.accounts[Role.CLINICIAN]
    email, account_id = account.email, account.id
    write_to(cast[Role.CHAIR], [email.upper(), email, "stranger@example.org"])
    write_to(cast[Role.CHAIR], [])
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "send_mail"))
    assert entry.details == {"accounts": [str(account_id)], "others": 1}
    assert (entry.actor, entry.about_kind) == (cast[Role.CHAIR].name, "network")
    assert "posted" not in db.session.info
