"""Where learners can be sent: hosts, what they offer, and who supervises there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WHOLE = 100  # per cent of a week


@dataclass(frozen=True)
class Approval:
    """An environment approved for learners of a programme, from one period up to another, both counted."""

    programme: str
    first: int
    last: int
    reference: str = ""

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError("An approval cannot end before it begins.")


@dataclass(frozen=True)
class Host:
    """An organisation's place that takes learners, with its employer.

    `most` are the learners in all that it can have in each period, over all its offers; empty: no limit of
    its own. `floor` are the learners it needs in each period so that its service is not left short.
    """

    key: str
    name: str
    employer: str = ""
    most: tuple[int, ...] = ()
    floor: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if any(number < 0 for number in (*self.most, *self.floor)):
            raise ValueError(f"{self.name}: numbers of learners cannot be below 0.")


@dataclass(frozen=True)
class Offer:
    """Places with a host: of which kind, for whom, and when.

    `settings` says what a week here counts as, each with its part of the week in per cent: a split post has
    several. `most` and `least` are learners in each period; no place is open where `most` is 0.
    `firm_least` makes the least a hard rule. `by_stage` are further limits for learners of one stage.
    `minutes` of supervision a week is what one full-time learner needs of `supervisors` together. `needs`
    are half-days on which a learner must be here. `exposure` are the half-days a week with other
    disciplines that a learner can be given here, `shows` those disciplines.
    """

    number: int
    host: str
    name: str
    settings: Mapping[str, int]
    most: tuple[int, ...]
    least: tuple[int, ...] = ()
    firm_least: bool = False
    by_stage: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    programmes: frozenset[str] | None = None
    approvals: tuple[Approval, ...] = ()
    site: str = ""
    discipline: str = ""
    shows: frozenset[str] = frozenset()
    exposure: int = 0
    supervisors: tuple[str, ...] = ()
    minutes: int = 0
    needs: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.settings or not all(1 <= part <= WHOLE for part in self.settings.values()):
            raise ValueError(f"{self.name}: say what it counts as, each with 1 to {WHOLE}% of a week.")
        limits = (self.most, self.least, *self.by_stage.values())
        if any(number < 0 for each in limits for number in each):
            raise ValueError(f"{self.name}: numbers of learners cannot be below 0.")
        if any(len(each) not in (0, len(self.most)) for each in limits):
            raise ValueError(f"{self.name}: give numbers of learners for every week or for none.")
        if any(low > high for low, high in zip(self.least, self.most, strict=False)):
            raise ValueError(f"{self.name}: the fewest learners cannot be more than the most.")
        if len(set(self.supervisors)) < len(self.supervisors):
            raise ValueError(f"{self.name}: name each supervisor once.")
        if self.minutes < 0 or self.exposure < 0:
            raise ValueError(f"{self.name}: minutes and half-days cannot be below 0.")


@dataclass(frozen=True)
class Supervisor:
    """Someone who guides learners: minutes for them in each period, and the roles they are approved for.

    `programmes` None means all. `not_for` are learners whom they may not guide, such as relatives; the
    reason is known to few.
    """

    key: str
    name: str
    minutes: tuple[int, ...]
    roles: frozenset[str] = frozenset()
    programmes: frozenset[str] | None = None
    away: frozenset[int] = frozenset()
    not_for: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if any(each < 0 for each in self.minutes):
            raise ValueError(f"{self.name}: minutes of supervision cannot be below 0.")

    def minutes_in(self, period: int) -> int:
        """Give the minutes for learners in a period; nobody gives any while away."""
        return 0 if period in self.away else self.minutes[period]

    def may_guide(self, learner: str, programme: str) -> bool:
        """Say whether this supervisor may guide this learner at all."""
        return learner not in self.not_for and (self.programmes is None or programme in self.programmes)
