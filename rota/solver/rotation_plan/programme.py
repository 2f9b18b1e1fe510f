"""What a programme asks of its learners: requirements, groups of them, breadth, protected time, notice.

Time is counted in whole periods from 0: weeks in a network's plan. Numbers of weeks are those of a
full-time learner; P20 scales them for others.
"""

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Requirement:
    """Time that a learner spends with offers of some settings.

    `least` and `most` are periods in all (`most` None: no limit), `shortest_run` and `longest_run` those of
    one stay. `after` names what must be done before a stay begins, and how many periods of it; `before`
    what may only come after this, where both are taken; `not_after` what no stay may directly follow;
    `next_must_be` what alone may directly follow a stay. A stay above a `most` that is `firm` is refused.
    """

    key: str
    name: str
    fulfilled_by: frozenset[str]
    least: int = 0
    most: int | None = None
    shortest_run: int = 1
    longest_run: int | None = None
    once_per_host: bool = False
    after: tuple[tuple[str, int], ...] = ()
    before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    next_must_be: frozenset[str] = frozenset()
    firm: bool = False

    def __post_init__(self) -> None:
        if not self.fulfilled_by:
            raise ValueError(f"{self.name}: name at least one setting that fulfils it.")
        if self.least < 0 or (self.most is not None and self.most < max(1, self.least)):
            raise ValueError(f"{self.name}: the most must be at least the least, and neither below 0.")
        if self.shortest_run < 1:
            raise ValueError(f"{self.name}: the shortest stay must last 1 week or more.")
        if self.longest_run is not None and self.longest_run < self.shortest_run:
            raise ValueError(f"{self.name}: the longest stay cannot be shorter than the shortest.")
        if self.most is not None and self.shortest_run > self.most:
            raise ValueError(f"{self.name}: the shortest stay cannot be longer than the most in all.")
        if any(key == self.key or periods < 1 for key, periods in self.after):
            raise ValueError(f"{self.name}: name another requirement that comes before, with 1 week or more.")
        if self.key in self.before:
            raise ValueError(f"{self.name}: it cannot come before itself.")
        if self.firm and self.most is None:
            raise ValueError(f"{self.name}: give the most that may not be exceeded.")


@dataclass(frozen=True)
class Group:
    """Requirements of which a learner takes so many, whichever they are: no more, and fewer at a cost."""

    key: str
    name: str
    requirements: frozenset[str]
    count: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= len(self.requirements):
            raise ValueError(f"{self.name}: take from 0 to {len(self.requirements)} of its requirements.")


@dataclass(frozen=True)
class Breadth:
    """Disciplines that a learner should see: so many different ones, and some by name."""

    distinct: int = 0
    named: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.distinct < 0:
            raise ValueError("Breadth: the number of different disciplines cannot be below 0.")


@dataclass(frozen=True)
class Programme:
    """A programme: what its learners must do, and the calendar on which stays may begin.

    `starts` are the periods in which a stay may begin, in order; a stay ends where another may begin.
    `block` is the usual length between two of them: limits of LTFT learners are rounded up to it.
    `protected` are the half-days of every week that belong to teaching; `exposure` the half-days with other
    disciplines in all. `roles` are those that different supervisors must hold at every stay. `notice` are
    weeks: changes with less than the first are inside the notice period, with less than the last they are
    dearest.
    """

    key: str
    name: str
    requirements: tuple[Requirement, ...]
    starts: tuple[int, ...]
    block: int = 1
    groups: tuple[Group, ...] = ()
    breadth: Breadth = Breadth()
    exposure: int = 0
    fixed_base: bool = False
    needs_approval: bool = True
    protected: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    peers: bool = False
    most_per_host: int | None = None
    notice: tuple[int, ...] = (12, 8, 6)

    def __post_init__(self) -> None:
        keys = [*(each.key for each in self.requirements), *(each.key for each in self.groups)]
        if len(set(keys)) < len(keys):
            raise ValueError(f"{self.name}: two requirements have the same key.")
        if not self.starts or list(self.starts) != sorted(set(self.starts)) or self.starts[0] < 0:
            raise ValueError(f"{self.name}: give the weeks in which a stay may begin, in order, each once.")
        if self.block < 1 or self.exposure < 0:
            raise ValueError(f"{self.name}: a block lasts 1 week or more; exposure is 0 half-days or more.")
        if self.most_per_host is not None and self.most_per_host < 1:
            raise ValueError(f"{self.name}: the most stays with one host must be 1 or more.")
        if not self.notice or list(self.notice) != sorted(self.notice, reverse=True) or self.notice[-1] < 0:
            raise ValueError(f"{self.name}: give weeks of notice, the longest first.")
        for each in self.requirements:
            named = {key for key, _ in each.after} | each.before | each.not_after | each.next_must_be
            if unknown := named - self.requirement_by_key.keys():
                raise ValueError(f"{self.name}: {each.name} names {min(unknown)}, which is no requirement.")
        for group in self.groups:
            if strange := group.requirements - self.requirement_by_key.keys():
                raise ValueError(f"{self.name}: {group.name} names {min(strange)}, which is no requirement.")

    @cached_property
    def requirement_by_key(self) -> dict[str, Requirement]:
        return {each.key: each for each in self.requirements}
