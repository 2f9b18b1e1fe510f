"""How the word of an organisation on a proposed rota is shown, and what a rota waits for."""

from collections.abc import Sequence

from network.plumbing.templating import listed
from rota.stages.rules import ApprovalState

TONES = {
    ApprovalState.WAITING: ("plain", ""),
    ApprovalState.APPROVED: ("good", "✓"),
    ApprovalState.CHANGED: ("warning", "▲"),
}


def late_said(rota: str) -> str:
    """Say that requests are over."""
    return f"The last day for requests of the rota of {rota} is over: begin drafting."


def over_said(rota: str) -> str:
    """Say that a rota may be closed."""
    return f"The rota of {rota} is over: close it for payroll."


def proposed_said(rota: str, parts: Sequence[str]) -> str:
    """Say whose part of a proposal is to be looked over."""
    return f"The rota of {rota} is proposed: look over the part of {listed(parts)}."
