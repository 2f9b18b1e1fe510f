"""Taking the numbers out as a file, which the trail knows of."""

from mdt.evidence.queries import answer_for, answers_for
from mdt.evidence.rules import HEADINGS, lines_of
from mdt.periods.queries import get_period
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.organisations.queries import network_of
from network.plumbing.comma_separated import write_comma_separated
from network.plumbing.commands import command
from network.plumbing.database import today


@command
def export_evidence(actor: Actor, chosen: str, name: str = "") -> bytes:
    """Give the numbers of one question, or of all, as comma-separated text: those that the pages show."""
    require(actor.may_somewhere(Permission.SEE_EVIDENCE))
    period = get_period(chosen)
    answers = [answer_for(actor, name, period)] if name else answers_for(actor, period)
    lines = lines_of(period.said(today()), answers)
    record(
        actor, "export_evidence", "network", network_of(actor), period=period.value, what=name or "everything"
    )
    return write_comma_separated(HEADINGS, lines)
