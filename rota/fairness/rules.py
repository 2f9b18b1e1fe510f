"""Unpopular sessions as they are shared out: what each bears, and the fair share by hours."""

import uuid
from dataclasses import dataclass

FULL_POST = 100


@dataclass(frozen=True)
class Bearer:
    """What one person bears of a kind of unpopular session: in the months behind, and in the rota at hand.

    `load` is what that is on a full post, and `share` the fair share of a full post, both in hundredths of a
    session, as the solver counts them.
    """

    member_id: uuid.UUID
    name: str
    role: str
    wte: int
    before: int
    here: int
    load: int
    share: int

    @property
    def sessions(self) -> int:
        return self.before + self.here

    @property
    def fair(self) -> float:
        """The sessions that would be this person's fair share."""
        return round(self.share * self.wte / FULL_POST / 100, 1)

    @property
    def on_a_full_post(self) -> float:
        return round(self.load / 100, 1)

    @property
    def above(self) -> float:
        return round(self.sessions - self.fair, 1)


@dataclass(frozen=True)
class Burden:
    """One kind of unpopular session among those who share it, who carries most by hours first."""

    name: str
    share: int
    bearers: tuple[Bearer, ...]

    @property
    def most(self) -> float:
        """The most that anybody bears, on a full post."""
        return max((each.on_a_full_post for each in self.bearers), default=0)

    @property
    def most_sessions(self) -> int:
        return max((each.sessions for each in self.bearers), default=0)

    @property
    def fair_on_a_full_post(self) -> float:
        return round(self.share / 100, 1)

    @property
    def sessions(self) -> int:
        return sum(each.sessions for each in self.bearers)


def in_order(bearers: list[Bearer]) -> tuple[Bearer, ...]:
    """Put first who carries most for their hours."""
    return tuple(sorted(bearers, key=lambda each: (-each.load, each.name, str(each.member_id))))
