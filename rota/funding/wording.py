"""How agreements and what a stream paid for are told."""

from collections.abc import Sequence
from datetime import date

from network.plumbing.templating import full_date, listed
from network.vocabulary import FundingStream, JobRole
from rota.funding.rules import PAYERS


def agreement_said(starts_on: date, shares: Sequence[tuple[str, int]], why: str, made_by: str) -> str:
    """Tell an agreement: 'From 1 January 2027: Elm 40% and Oak 60%. Board. Noted by Alex Manager.'."""
    how = listed([f"{name} {percent}%" for name, percent in shares]) if shares else "by lists of patients"
    return f"From {full_date(starts_on)}: {how}. {why.rstrip('.')}. Noted by {made_by}."


def why_not_paid(stream: FundingStream, role: JobRole, activity_said: str) -> str:
    """Say what a stream may not pay for: the role, or else the activity."""
    if role not in PAYERS[stream].roles:
        return f"{stream.label} does not pay for the role {role.label}"
    return f"{stream.label} does not pay for {activity_said.lower()}"
