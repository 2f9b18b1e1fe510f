"""How long what is held of people is kept, and when somebody's time is over. Pure.

Source: NHS England, Records Management Code of Practice (2021, last changed 2023), appendix II: adult health
and social care records 8 years after the last contact; records of a general practice 10 years after death; of
a child until their 25th birthday, or the 26th where they were 17 when it ended. A network that keeps records
of mental health services or of a long-term illness chooses longer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_YEARS = 100
LONGEST_DRAFT_DAYS = 3650
# What somebody can still look through before they agree to it.
MOST_AT_ONCE = 100
LONGEST_REASON = 500
GROWN_UP = 18
# Tables whose rows only the owner's function removes, once two have agreed.
KEPT = frozenset(
    {"addendum", "case_event", "disclosure", "emergency_opening", "objection_record", "sharing_record"}
)


@dataclass(frozen=True)
class Lengths:
    """How long a network keeps what it holds: years of people, days of drafts that were never sent."""

    years_after_closing: int = 8
    years_after_death: int = 10
    draft_days: int = 90


@dataclass(frozen=True)
class Life:
    """What decides how long somebody's story is kept. The last day is that on which anything was recorded."""

    last_on: date
    born_on: date
    died_on: date | None = None


def wrong_with_lengths(lengths: Lengths) -> str:
    """Say what is wrong with the lengths that were chosen, or nothing."""
    if not all(
        1 <= years <= LONGEST_YEARS for years in (lengths.years_after_closing, lengths.years_after_death)
    ):
        return f"Enter a number of years between 1 and {LONGEST_YEARS}."
    if not 1 <= lengths.draft_days <= LONGEST_DRAFT_DAYS:
        return f"Enter a number of days between 1 and {LONGEST_DRAFT_DAYS}."
    return ""


def kept_until(life: Life, lengths: Lengths) -> date:
    """Return the last day on which somebody's story is kept: the latest of what asks for it."""
    days = [years_after(life.last_on, lengths.years_after_closing)]
    if life.died_on is not None:
        days.append(years_after(life.died_on, lengths.years_after_death))
    if life.last_on < years_after(life.born_on, GROWN_UP):
        was_seventeen = life.last_on >= years_after(life.born_on, GROWN_UP - 1)
        days.append(years_after(life.born_on, 26 if was_seventeen else 25))
    return max(days)


def draft_kept_until(kept_on: date, lengths: Lengths) -> date:
    """Return the last day on which a draft that nobody sent is kept."""
    return kept_on + timedelta(days=lengths.draft_days)


def years_after(day: date, years: int) -> date:
    """Return the same day some years later; somebody born on 29 February grows older on 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def may_agree(proposed_by_id: object, own_ids: Collection[object]) -> bool:
    """Say whether somebody may agree to a removal: not who proposed it, by whichever of their accounts."""
    return bool(own_ids) and proposed_by_id not in own_ids


def added(counts: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    """Return what was counted with what is counted now."""
    return {name: counts.get(name, 0) + more.get(name, 0) for name in sorted({*counts, *more})}
