"""The picture of who is around a person, their week, and what both show: gaps and what collides. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mdt.involvements.rules import (
    UNPAID,
    WEEKDAYS,
    PartOfDay,
    Purpose,
    Rhythm,
    Tie,
    Visit,
)
from network.vocabulary import Word

WEEKEND = frozenset({5, 6})
# So many services on one day are worth a question whether they could come together.
MANY_ON_A_DAY = 3
# Somebody whose part ends so soon leaves a gap that can still be filled.
SOON = timedelta(days=28)
# What is not one thing that two could do twice.
SHARED = frozenset({Purpose.COORDINATION, Purpose.COMPANY, Purpose.LIVING})


class FindingKind(Word):
    MANY = "many", "Several come on one day"
    SAME_TIME = "same_time", "Several come at the same time"
    SAME_PURPOSE = "same_purpose", "Several come for the same"
    NOBODY = "nobody", "Nobody comes"
    ENDS = "ends", "Somebody's part ends soon"
    NONE_VALUED = "none_valued", "Nobody the person values is involved"
    NOT_ASKED = "not_asked", "Nobody has asked whom the person values"
    ALL_PAID = "all_paid", "Everybody is there as part of their work"
    NOT_KNOWN = "not_known", "How often somebody comes is not known"


@dataclass(frozen=True)
class Finding:
    """Something that the data shows: who it is about, and on which days of the week or which day."""

    kind: FindingKind
    names: tuple[str, ...] = ()
    weekdays: tuple[int, ...] = ()
    part: PartOfDay | None = None
    purpose: Purpose | None = None
    day: date | None = None

    @property
    def is_gap(self) -> bool:
        return self.kind in {FindingKind.NOBODY, FindingKind.NONE_VALUED, FindingKind.ENDS}


def findings(ties: Sequence[Tie], today: date) -> tuple[Finding, ...]:
    """Say what the data shows of who is around somebody: exactly this, and nothing that is guessed."""
    coming = [tie for tie in ties if has_begun(tie, today)]
    at_once = tuple(_same_time(coming))
    told = {(finding.names, finding.weekdays) for finding in at_once}
    return (
        # Who all come at one time of a day are not told twice.
        *(finding for finding in _many(coming) if (finding.names, finding.weekdays) not in told),
        *at_once,
        *_same_purpose(ties),
        *_nobody(coming),
        *_ending(ties, today),
        *_valued(ties),
        *_unpaid(ties),
        *_not_known(ties),
    )


def week_of(ties: Sequence[Tie], today: date) -> dict[Visit, tuple[Tie, ...]]:
    """Return who comes in each part of each day of a week, every visit named."""
    coming = [tie for tie in ties if has_begun(tie, today) and tie.coming.is_in_the_week]
    return {
        visit: tuple(tie for tie in coming if visit in tie.coming.visits)
        for day in range(WEEKDAYS)
        for visit in (Visit(day, part) for part in PartOfDay)
    }


def has_begun(tie: Tie, today: date) -> bool:
    """Say whether somebody comes by now: one who is to begin later fills no gap of today."""
    return tie.coming.since is None or tie.coming.since <= today


def _many(ties: Sequence[Tie]) -> Iterable[Finding]:
    for weekday in range(WEEKDAYS):
        names = _names(tie for tie in _weekly(ties) if weekday in tie.coming.weekdays and not tie.is_unpaid)
        if len(names) >= MANY_ON_A_DAY:
            yield Finding(FindingKind.MANY, names, (weekday,))


def _same_time(ties: Sequence[Tie]) -> Iterable[Finding]:
    for visit, there in week_of(ties, date.max).items():
        # Who is there every day is met by whoever comes: that is no collision.
        names = _names(tie for tie in there if not tie.is_unpaid and not tie.coming.is_every_day)
        if len(names) > 1:
            yield Finding(FindingKind.SAME_TIME, names, (visit.weekday,), visit.part)


def _same_purpose(ties: Sequence[Tie]) -> Iterable[Finding]:
    for purpose in Purpose:
        if purpose in SHARED:
            continue
        names = _names(tie for tie in ties if purpose in tie.purposes and not tie.is_unpaid)
        if len(names) > 1:
            yield Finding(FindingKind.SAME_PURPOSE, names, purpose=purpose)


def _nobody(ties: Sequence[Tie]) -> Iterable[Finding]:
    weekly = [tie for tie in _weekly(ties) if tie.coming.rhythm is Rhythm.WEEKLY]
    days = {day for tie in weekly for day in tie.coming.weekdays}
    empty = tuple(day for day in range(WEEKDAYS) if day not in days)
    # Where nobody's days are known, nothing is said of them: who is not known is said instead.
    if weekly and empty:
        yield Finding(FindingKind.NOBODY, weekdays=empty)


def _ending(ties: Sequence[Tie], today: date) -> Iterable[Finding]:
    for tie in ties:
        until = tie.coming.until
        if until is not None and tie.coming.rhythm is not Rhythm.ONCE and until <= today + SOON:
            yield Finding(FindingKind.ENDS, (tie.name,), day=until)


def _valued(ties: Sequence[Tie]) -> Iterable[Finding]:
    if not ties:
        return
    if all(tie.is_valued is None for tie in ties):
        yield Finding(FindingKind.NOT_ASKED)
    elif not any(tie.is_valued for tie in ties):
        yield Finding(FindingKind.NONE_VALUED)


def _unpaid(ties: Sequence[Tie]) -> Iterable[Finding]:
    if ties and not any(tie.kind in UNPAID for tie in ties):
        yield Finding(FindingKind.ALL_PAID)


def _not_known(ties: Sequence[Tie]) -> Iterable[Finding]:
    names = _names(tie for tie in ties if tie.coming.rhythm is Rhythm.NOT_KNOWN)
    if names:
        yield Finding(FindingKind.NOT_KNOWN, names)


def _weekly(ties: Iterable[Tie]) -> list[Tie]:
    return [tie for tie in ties if tie.coming.is_in_the_week]


def _names(ties: Iterable[Tie]) -> tuple[str, ...]:
    return tuple(tie.name for tie in ties)
