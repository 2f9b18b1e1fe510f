"""Time that is kept for meetings: whose, how many of which discipline, and in which sessions it lies."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from network.vocabulary import Discipline
from rota.solver.staff_rota import Commitment, Meeting, MeetingNeed, Session

Span = tuple[datetime, datetime]
# When each session is held at each site, and where there is no site.
HoursAt = Mapping[tuple[uuid.UUID | None, int], Span]
# A meeting has no other name here: what it is about is nobody's business in a rota.
MEETING = "MDT meeting"


@dataclass(frozen=True)
class Need:
    """How many of a discipline a meeting needs at least, and of whom."""

    discipline: Discipline
    least: int
    person_ids: frozenset[uuid.UUID]


@dataclass(frozen=True)
class Holding:
    """Time to be kept for a meeting, known by its key: `needed` come all, `quorum` says who else has to be
    free. Times are those of the clock on the wall.
    """

    key: uuid.UUID
    day: date
    starts: time
    ends: time
    needed: frozenset[uuid.UUID] = frozenset()
    quorum: tuple[Need, ...] = ()
    site_id: uuid.UUID | None = None


@dataclass(frozen=True)
class Kept:
    """Time that is kept, as a rota plans around it; `site` is the code of one."""

    key: uuid.UUID
    starts: datetime
    ends: datetime
    site: str | None
    needed: frozenset[uuid.UUID]
    quorum: tuple[Need, ...]

    @property
    def day(self) -> date:
        return self.starts.date()


@dataclass(frozen=True)
class Held:
    """Time that is kept, and in sentences what stands against it."""

    token: uuid.UUID
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Free:
    """Whether somebody is free at a time, and what peers are told of why not."""

    is_free: bool
    why: str = ""


def wrong_with(holding: Holding) -> str:
    """Say what is wrong with time to be kept, or nothing."""
    if holding.ends <= holding.starts:
        return "Choose a time for the meeting that ends on the day on which it starts."
    if any(need.least < 1 for need in holding.quorum):
        return "Enter 1 or more of each discipline that the meeting needs."
    return ""


def everybody_in(holding: Holding) -> frozenset[uuid.UUID]:
    """Give all whom a meeting may need."""
    return holding.needed.union(*(need.person_ids for need in holding.quorum))


def commitments_of(
    person_id: uuid.UUID, everything: Iterable[Kept], sessions: Sequence[Session], hours: HoursAt
) -> Iterator[Commitment]:
    """Give the meetings that somebody is to come to, those of these sessions' days."""
    for kept in everything:
        if person_id in kept.needed and (numbers := sessions_at(kept, sessions, hours)):
            yield Commitment(numbers[0], MEETING, kept.starts, kept.ends, kept.site, meeting=True)


def meetings_in(
    everything: Iterable[Kept],
    posts_of: Mapping[uuid.UUID, Sequence[str]],
    sessions: Sequence[Session],
    hours: HoursAt,
) -> tuple[Meeting, ...]:
    """Give meetings as the solver takes them; `posts_of` are the members that each person is in this rota."""
    return tuple(
        Meeting(
            kept.starts,
            kept.ends,
            tuple(numbers),
            frozenset(post for person_id in kept.needed for post in posts_of.get(person_id, ())),
            tuple(_needs(kept, posts_of)),
        )
        for kept in everything
        if (numbers := sessions_at(kept, sessions, hours))
    )


def sessions_at(kept: Kept, sessions: Sequence[Session], hours: HoursAt) -> list[int]:
    """Give the sessions in which a meeting lies: those that it meets, or else the nearest of its day."""
    spans = {each.number: hours[None, each.number] for each in sessions if each.day == kept.day}
    met = [number for number, (first, last) in spans.items() if kept.starts < last and first < kept.ends]
    return sorted(met or _nearest(kept, spans))


def _nearest(kept: Kept, spans: Mapping[int, Span]) -> Iterable[int]:
    """Give the session that is the least time away: a meeting at lunch lies in none."""
    gaps = {number: max(first - kept.ends, kept.starts - last) for number, (first, last) in spans.items()}
    return [min(gaps, key=lambda number: (gaps[number], number))] if gaps else []


def _needs(kept: Kept, posts_of: Mapping[uuid.UUID, Sequence[str]]) -> Iterable[MeetingNeed]:
    for need in kept.quorum:
        here = [tuple(sorted(posts_of[each])) for each in need.person_ids if each in posts_of]
        # Of those who are planned elsewhere nothing is known here: they are taken at their word.
        least = need.least - (len(need.person_ids) - len(here))
        if least > 0:
            yield MeetingNeed(need.discipline.label.lower(), least, tuple(sorted(here)))
