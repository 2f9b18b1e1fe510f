"""What leave would mean for the rota, as values: what stands against it, and what it leaves short."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from network.vocabulary import SessionKind, Word
from rota.allowances.rules import Balance
from rota.availability.rules import Missed
from rota.leave.rules import Away
from rota.limits.rules import Limit
from rota.losses.rules import Loss


class Matter(Word):
    """What may stand against leave."""

    CLASH = "clash", "Other leave"
    PATTERN = "pattern", "Working pattern"
    LIMIT = "limit", "Others away"
    COVER = "cover", "Cover"
    DRAFT = "draft", "Rota being made"
    SUPERVISION = "supervision", "Learners"
    MEETING = "meeting", "Meetings"
    NOTICE = "notice", "Notice"
    BALANCE = "balance", "Balance"


@dataclass(frozen=True)
class Full:
    """A day on which as many of a group are away as may be."""

    day: date
    limit: Limit
    away: int


@dataclass(frozen=True)
class Weighed:
    """All that there is to know about an absence before it is decided on; nothing here is for peers."""

    away: Away
    sessions: Sequence[tuple[date, SessionKind]]
    has_pattern: bool
    clashes: Sequence[Away]
    full: Sequence[Full]
    waiting: int
    losses: Sequence[Loss]
    # Sentences for managers about learners left without supervision, and in how many sessions.
    unsupervised: Sequence[str]
    missed: Sequence[Missed]
    notice_given: int
    notice_asked: int
    cost: int
    balance: Balance | None
    may_be_automatic: bool

    @property
    def published(self) -> list[Loss]:
        return [loss for loss in self.losses if loss.is_published]

    @property
    def drafted(self) -> list[Loss]:
        return [loss for loss in self.losses if not loss.is_published]

    @property
    def is_too_dear(self) -> bool:
        """Say whether the allowance has not enough left; where none is reckoned, nobody can say."""
        return self.balance is not None and self.balance.left < 0

    @property
    def against(self) -> list[Matter]:
        """List what stands against it, in the order in which a manager would ask."""
        found = {
            Matter.CLASH: bool(self.clashes),
            Matter.PATTERN: not self.sessions,
            Matter.LIMIT: bool(self.full) or self.waiting > 0,
            Matter.COVER: any(loss.is_short for loss in self.published),
            Matter.DRAFT: any(loss.is_short for loss in self.drafted),
            Matter.SUPERVISION: bool(self.unsupervised),
            Matter.MEETING: bool(self.missed),
            Matter.NOTICE: self.notice_given < self.notice_asked,
            Matter.BALANCE: self.is_too_dear,
        }
        return [matter for matter, stands in found.items() if stands]

    @property
    def is_clear(self) -> bool:
        return not self.against

    @property
    def is_automatic(self) -> bool:
        """Say whether a rule may approve it at once."""
        return self.is_clear and self.may_be_automatic
