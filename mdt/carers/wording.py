"""What is owed to carers, in sentences."""

from datetime import date

from mdt.carers.rules import Duty, DutyKind

D = DutyKind
LAW = "Care Act 2014, section 10"
MUST = "The council must assess: ask adult social care."


def duty_said(duty: Duty) -> str:
    """Say what is owed, why, and who must do it."""
    since = day_said(duty.since) if duty.since else ""
    match duty.kind:
        case D.OFFER:
            appeared = f"A need of their own appeared on {since}" if since else "They have needs of their own"
            return f"{appeared}, and no assessment was offered. {MUST} ({LAW})"
        case D.OFFER_AGAIN:
            return f"A new need appeared on {since}, after the last answer. {MUST} ({LAW})"
        case D.ASK_ANSWER:
            return f"An assessment was offered on {since}. Ask whether they want it."
        case D.CHASE:
            return f"They said yes on {since}. Ask the council when it is done."
        case D.LOOK_AGAIN:
            return f"The assessment was done on {since}. Ask whether it still fits."
        case D.STRAIN:
            return f"They said on {since} that they cannot go on. See to it that they are not left alone."
        case D.CONTINGENCY:
            return "Nobody has agreed what happens if they cannot care."
        case D.AGREEMENT:
            return "Nobody has asked whether they agree to what is kept about them."


def day_said(day: date) -> str:
    """Say a day: 3 May 2026."""
    return f"{day.day} {day:%B %Y}"
