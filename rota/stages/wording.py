"""How the word of an organisation on a proposed rota is shown: never by colour alone."""

from rota.stages.rules import ApprovalState

TONES = {
    ApprovalState.WAITING: ("plain", ""),
    ApprovalState.APPROVED: ("good", "✓"),
    ApprovalState.CHANGED: ("warning", "▲"),
}
