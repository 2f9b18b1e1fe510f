"""What a learner has seen of other disciplines, against what their programme asks."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from network.vocabulary import Discipline
from rota.rotations.rules import WEEK, Stretch


@dataclass(frozen=True)
class Asked:
    """What a programme asks: so many half-days, so many disciplines, and some of them by name."""

    own: Discipline
    half_days: int = 0
    breadth: int = 0
    named: frozenset[Discipline] = frozenset()


@dataclass(frozen=True)
class SeenOf:
    """What was seen of one discipline: half-days there and to come, and weeks of placements begun."""

    discipline: Discipline
    half_days: int
    coming: int
    weeks: int
    is_named: bool

    @property
    def is_seen(self) -> bool:
        return bool(self.half_days or self.weeks)


@dataclass(frozen=True)
class ExposureMap:
    """The disciplines beside a learner's own, with meetings and cases of the team."""

    asked: Asked
    rows: tuple[SeenOf, ...]
    meetings: int
    cases: int
    # The share of the training that is over.
    share: float

    @property
    def half_days(self) -> int:
        return sum(row.half_days for row in self.rows)

    @property
    def coming(self) -> int:
        return sum(row.coming for row in self.rows)

    @property
    def seen(self) -> int:
        return sum(row.is_seen for row in self.rows)

    @property
    def missing(self) -> tuple[Discipline, ...]:
        """The disciplines that the programme names and that were not seen yet."""
        return tuple(row.discipline for row in self.rows if row.is_named and not row.is_seen)

    @property
    def due(self) -> int:
        """The half-days that would be done by now if they were spread evenly."""
        return int(self.asked.half_days * self.share)

    @property
    def is_behind(self) -> bool:
        return self.half_days < self.due

    @property
    def longest(self) -> int:
        """The most half-days of any discipline: what a full bar stands for."""
        return max((row.half_days + row.coming for row in self.rows), default=0)

    def of(self, discipline: Discipline) -> SeenOf | None:
        return next((row for row in self.rows if row.discipline is discipline), None)


def map_of(
    asked: Asked,
    half_days: Iterable[tuple[Discipline, date]],
    stays: Iterable[tuple[Discipline, Stretch]],
    taken: tuple[int, int],
    training: Stretch,
    today: date,
) -> ExposureMap:
    """Count what was seen up to a day; `taken` are meetings and cases of the team."""
    done, coming = Counter[Discipline](), Counter[Discipline]()
    for discipline, day in half_days:
        (done if day < today else coming)[discipline] += 1
    weeks = _weeks_by(stays, today)
    shown = {*asked.named, *done, *coming, *weeks} - {asked.own}
    return ExposureMap(
        asked=asked,
        rows=tuple(
            SeenOf(each, done[each], coming[each], weeks.get(each, 0), each in asked.named)
            for each in Discipline
            if each in shown
        ),
        meetings=taken[0],
        cases=taken[1],
        share=_share(training, today),
    )


def _weeks_by(stays: Iterable[tuple[Discipline, Stretch]], today: date) -> Mapping[Discipline, int]:
    """Count the weeks of placements that have begun."""
    weeks = Counter[Discipline]()
    for discipline, stretch in stays:
        if stretch.starts_on <= today:
            last = min(stretch.ends_on, today)
            weeks[discipline] += -(-((last - stretch.starts_on).days + 1) // WEEK.days)
    return weeks


def _share(training: Stretch, today: date) -> float:
    whole = (training.ends_on - training.starts_on).days + 1
    return min(1.0, max(0.0, (today - training.starts_on).days / whole))
