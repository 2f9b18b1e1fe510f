"""Taking lines for payroll out of Quorate, which the trail knows of."""

import uuid

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.comma_separated import write_comma_separated
from network.plumbing.commands import command
from network.plumbing.refusals import Refusal
from rota.payroll.queries import payroll_for
from rota.payroll.rules import HEADINGS


@command
def export_payroll(actor: Actor, period_id: uuid.UUID) -> tuple[str, bytes]:
    """Give the lines of a rota as a file, with its name; until the rota is closed they are provisional."""
    require(actor.may_somewhere(Permission.EXPORT_PAYROLL))
    payroll = payroll_for(actor, period_id)
    if not payroll.lines:
        raise Refusal("Nobody of your organisation works in this rota.")
    status = payroll.payable.status
    record(
        actor,
        "export_payroll",
        "rota_period",
        period_id,
        status=status,
        people=len({(line.employer, line.person) for line in payroll.lines}),
        lines=len(payroll.lines),
    )
    rows = [line.as_row(status) for line in payroll.lines]
    return f"payroll-{payroll.first_day}-{status.lower()}.csv", write_comma_separated(HEADINGS, rows)
