"""What was bought: sessions and minutes by stream, place and employer, against the agreed shares."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from network.vocabulary import Activity, ContractType, FundingStream, JobRole, RoleGroup
from rota.funding.rules import may_pay
from rota.roster.rules import COUNTS_AS_COVER

K = TypeVar("K")


@dataclass(frozen=True)
class Count:
    """Sessions and their minutes."""

    sessions: int = 0
    minutes: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.sessions + other.sessions, self.minutes + other.minutes)

    @property
    def hours(self) -> float:
        return round(self.minutes / 60, 1)


@dataclass(frozen=True)
class Line:
    """Work of one kind that one stream paid for: nobody is named. `place` is empty where there is no site."""

    stream: FundingStream
    role: JobRole
    role_group: RoleGroup
    contract: ContractType
    activity: Activity
    place: str
    employer: str
    count: Count

    @property
    def is_payable(self) -> bool:
        """Say whether the stream was made to pay for this role on this activity (R37)."""
        return may_pay(self.stream, self.role, self.activity)

    @property
    def is_cover(self) -> bool:
        """Say whether it counts as cover: supernumerary learners do not."""
        return not self.role.is_learner or self.role in COUNTS_AS_COVER


@dataclass(frozen=True)
class Share:
    """What one practice had of a group of roles, and what its share would be."""

    role_group: RoleGroup
    practice: str
    sessions: int
    percent: int
    whole: int

    @property
    def due(self) -> float:
        return round(self.whole * self.percent / 100, 1)

    @property
    def over(self) -> float:
        """Sessions above the share, or below where it is negative."""
        return round(self.sessions - self.due, 1)


def added_up(lines: Iterable[Line], by: Callable[[Line], K]) -> dict[K, Count]:
    """Add lines up by whatever tells them apart, the most sessions first."""
    found: dict[K, Count] = {}
    for line in lines:
        found[by(line)] = found.get(by(line), Count()) + line.count
    return dict(sorted(found.items(), key=lambda each: (-each[1].sessions, str(each[0]))))


def total(lines: Iterable[Line]) -> Count:
    return sum((line.count for line in lines), Count())


def shared_groups(lines: Iterable[Line], agreed: Iterable[RoleGroup]) -> list[RoleGroup]:
    """Name the groups that practices share: those of the network's own roles, and those agreed upon."""
    own = {line.role for line in lines if line.contract is ContractType.ADDITIONAL_ROLES}
    return [group for group in RoleGroup if group.roles & own or group in set(agreed)]


def shares_in(lines: Iterable[Line], shares: Mapping[RoleGroup, Mapping[str, int]]) -> list[Share]:
    """Compare what each practice had of each shared group with its share of the whole."""
    cover = [line for line in lines if line.is_cover]
    found = []
    for group, percents in shares.items():
        at = {
            practice: total(
                line for line in cover if line.role_group is group and line.place == practice
            ).sessions
            for practice in percents
        }
        whole = sum(at.values())
        if whole:
            found += [Share(group, name, at[name], percent, whole) for name, percent in percents.items()]
    return found
