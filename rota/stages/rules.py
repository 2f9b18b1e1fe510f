"""Who has agreed to a proposed rota, and whether it is still what they agreed to."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from network.vocabulary import Word


class ApprovalState(Word):
    WAITING = "waiting", "Not looked over yet"
    APPROVED = "approved", "Approved"
    CHANGED = "changed", "Changed since approved"


@dataclass(frozen=True)
class Touched:
    """The organisations whose people or sites a change touched, and when."""

    at: datetime
    organisations: frozenset[uuid.UUID]


def changed_since(approved_at: datetime, organisation_id: uuid.UUID, touched: Iterable[Touched]) -> bool:
    """Say whether an organisation's part was changed after it was approved."""
    return any(each.at > approved_at and organisation_id in each.organisations for each in touched)
