"""How stays of the search and placements of a plan stand for each other, and what a change may not do."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rota.programmes.rules import SupervisorKind
from rota.rotations.rules import WEEK, Calendar, Change, Held, PlacementSource, Stretch
from rota.solver.rotation_plan import Stay


@dataclass(frozen=True)
class Spot:
    """Where somebody is to be placed, from which Monday and for how many weeks."""

    offer_id: uuid.UUID
    starts_on: date
    weeks: int


@dataclass(frozen=True)
class Wanted:
    """A placement that is to be: who, where and in which weeks."""

    learner_id: uuid.UUID
    offer_id: uuid.UUID
    stretch: Stretch

    def is_of(self, held: Held) -> bool:
        """Say whether a placement is just this already."""
        return (held.learner_id, held.offer_id, held.stretch) == (
            self.learner_id,
            self.offer_id,
            self.stretch,
        )


def as_stay(held: Held, calendar: Calendar, number: int) -> Stay:
    """Give a placement as a stay of the search, with an offer of this number."""
    first = calendar.week_of(held.stretch.starts_on)
    return Stay(str(held.learner_id), number, first, held.stretch.weeks)


def as_wanted(stay: Stay, calendar: Calendar, offer_ids: Mapping[int, uuid.UUID]) -> Wanted:
    """Give a stay of the search as a placement that is to be."""
    stretch = calendar.stretch(stay.first, stay.periods)
    return Wanted(uuid.UUID(stay.learner), offer_ids[stay.offer], stretch)


def laid(before: Iterable[Held], wanted: Iterable[Wanted], source: PlacementSource) -> list[Change]:
    """Say how placements become those wanted, in the fewest steps: most like each other are the same stay.

    What is there already stays as it is, with all that hosts and learners said to it.
    """
    left, open_ = list(before), []
    changes: list[Change] = []
    for each in wanted:
        same = next((held for held in left if each.is_of(held)), None)
        if same:
            left.remove(same)
        else:
            open_.append(each)
    pairs = sorted(
        (
            (_likeness(held, each), held.stretch.starts_on, held.stay_id, held, each)
            for held in left
            for each in open_
            if held.learner_id == each.learner_id
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    for likeness, _, _, held, each in pairs:
        if likeness and held in left and each in open_:
            left.remove(held)
            open_.remove(each)
            changes.append((held, held.moved(each.offer_id, each.stretch, source)))
    changes += [(held, None) for held in left]
    changes += [
        (None, Held(uuid.uuid4(), each.learner_id, each.offer_id, each.stretch, source)) for each in open_
    ]
    return changes


def _likeness(held: Held, wanted: Wanted) -> int:
    """Say how much a placement is like another: days in common, and the host counts most."""
    days = (
        min(held.stretch.ends_on, wanted.stretch.ends_on)
        - max(held.stretch.starts_on, wanted.stretch.starts_on)
    ).days + 1
    return max(0, days) + (10_000 if held.offer_id == wanted.offer_id else 0)


Guide = tuple[uuid.UUID, SupervisorKind]


def guides_for(
    offered: Iterable[Guide], barred: Collection[uuid.UUID], load: Counter[uuid.UUID]
) -> tuple[Guide, ...]:
    """Name a supervisor of each kind that an offer has: who is least taken, another one for each kind
    where there is another.
    """
    by_kind: dict[SupervisorKind, list[uuid.UUID]] = {}
    for member_id, kind in offered:
        if member_id not in barred:
            by_kind.setdefault(kind, []).append(member_id)
    chosen: dict[SupervisorKind, uuid.UUID] = {}
    # The kinds with the least choice first, or nobody else would be left for them.
    for kind, members in sorted(by_kind.items(), key=lambda each: (len(each[1]), each[0])):
        chosen[kind] = min(members, key=lambda one: (one in chosen.values(), load[one], str(one)))
    return tuple(sorted((member_id, kind) for kind, member_id in chosen.items()))


def short_notice_weeks(
    told: Iterable[Held], now: Iterable[Held], today: date, notice_weeks: int
) -> frozenset[date]:
    """Give the Mondays, nearer than the notice, of weeks in which somebody would be elsewhere than told."""
    was, will = (_where(held) for held in (told, now))
    before = today + notice_weeks * WEEK
    return frozenset(
        monday
        for monday, offer_id in was.items()
        if today - WEEK < monday < before and will.get(monday) != offer_id
    )


def _where(held: Iterable[Held]) -> dict[date, uuid.UUID]:
    """Give where somebody is, by the Monday of each week."""
    return {
        each.stretch.starts_on + week * WEEK: each.offer_id
        for each in held
        for week in range(each.stretch.weeks)
    }
