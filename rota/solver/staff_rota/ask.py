"""What a manager asks of a rota, and what comes back: it can be, or what stands in the way and what helps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rota.solver.staff_rota.problem import Placement, Problem
from rota.solver.staff_rota.solution import Plan


@dataclass(frozen=True)
class Off:
    """This person has no duty in this session."""

    person: str
    session: int


@dataclass(frozen=True)
class Cover:
    """So many people, learners beside them left out, on these duties together.

    `roles` are the job roles that are meant; none means every role that the duties take.
    """

    duties: frozenset[int]
    number: int
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Ask:
    """What must be, on top of pins and hard rules.

    `keeps_cover` leaves no other duty shorter than it is, `keeps_wishes` no wish less met than it is.
    `askable` are sessions, by person, that only their pattern keeps them from: they could be asked.
    """

    works: frozenset[Placement] = frozenset()
    off: frozenset[Off] = frozenset()
    cover: tuple[Cover, ...] = ()
    keeps_cover: bool = True
    keeps_wishes: bool = True
    askable: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def people(self) -> frozenset[str]:
        """The people who are named."""
        return frozenset(each.person for each in self.works) | {each.person for each in self.off}

    @property
    def duties(self) -> frozenset[int]:
        """The duties that are named."""
        return frozenset({each.duty for each in self.works}.union(*(each.duties for each in self.cover)))


def cover_at(problem: Problem, session: int, site: str | None, roles: frozenset[str], number: int) -> Cover:
    """Ask for so many people of some roles at a site in a session, whatever duties they have there."""
    duties = frozenset(
        duty.number for duty in problem.duties_in[session] if duty.site == site and duty.roles & roles
    )
    return Cover(duties, number, roles)


class Verdict(StrEnum):
    """Whether an ask can be met: yes, no, or not found out in time."""

    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"
    NOT_KNOWN = "not known"


class WayKind(StrEnum):
    """How an ask is met: by moving people; or by unpinning, asking, opening to the bank, setting a rule aside
    or leaving another duty short.
    """

    MOVE = "move"
    UNPIN = "unpin"
    ASK = "ask"
    BANK = "bank"
    OVERRIDE = "override"
    SHORT = "short"


@dataclass(frozen=True)
class Obstacle:
    """One member of a minimal set: a rule, whom or what it is about, its days, and what would be broken."""

    code: str
    name: str
    severity: str
    about: str
    first: date
    last: date
    said: str
    said_to_peers: str
    person: str | None = None


@dataclass(frozen=True)
class Move:
    """One person's session that changes: the duties before and after; None is no duty."""

    person: str
    name: str
    session: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Effect:
    """What a way comes to: people missing before and after, rules newly broken or mended, costs by tier."""

    short_before: int
    short_after: int
    breaks: tuple[str, ...]
    mends: tuple[str, ...]
    change_by_tier: Mapping[str, int]


@dataclass(frozen=True)
class Way:
    """A way to meet an ask: who moves, what is let go for it, duties for the bank, and what it comes to."""

    kind: WayKind
    moves: tuple[Move, ...]
    lets_go: tuple[Obstacle, ...]
    bank: tuple[int, ...]
    effect: Effect
    plan: Plan

    @property
    def people(self) -> tuple[str, ...]:
        """Name those whose rota changes."""
        return tuple(dict.fromkeys(move.name for move in self.moves))


@dataclass(frozen=True)
class Answer:
    """What became of an ask: the minimal set that excludes it, and up to three ways, best first.

    Where an ask excludes itself the set is empty: too few people have the role, or its wishes contradict.
    """

    verdict: Verdict
    obstacles: tuple[Obstacle, ...] = ()
    ways: tuple[Way, ...] = ()
