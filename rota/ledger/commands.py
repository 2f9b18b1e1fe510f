"""Taking the ledger out of Quorate, which the trail knows of."""

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import network_of
from network.plumbing.commands import command
from network.plumbing.refusals import Refusal
from network.plumbing.spreadsheets import write_workbook
from rota.ledger.queries import ledger_for
from rota.ledger.wording import sheets_of


@command
def export_ledger(actor: Actor, span: str) -> bytes:
    """Give the ledger of a span as a workbook."""
    require(actor.may_somewhere(Permission.SEE_COUNTS))
    ledger = ledger_for(actor, span)
    if ledger is None or not ledger.lines:
        raise Refusal("There is nothing in this ledger yet: no session of a published rota lies in it.")
    title = f"{ledger.span.said}{', provisional' if ledger.span.is_draft else ''}"
    record(actor, "export_ledger", "network", network_of(actor), span=title, lines=len(ledger.lines))
    return write_workbook(sheets_of(title, ledger.lines, ledger.shares))
