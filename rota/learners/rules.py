"""What may be said of a learner, and how much of a programme falls into the weeks of a plan."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import TopologicalSorter

from network.organisations.rules import WeeklySession, kinds_on
from network.vocabulary import JobRole, Word
from rota.programmes.rules import (
    LEAST_PERCENT,
    MOST_WEEKS,
    ProgrammeDesign,
    RequirementDesign,
    Window,
    weeks_at,
)

LONGEST_STAGE, LONGEST_HOST, LONGEST_NEED = 20, 120, 2000
LONGEST_JOURNEY = 240
WEEK = timedelta(weeks=1)
# Shorter absences lie within a placement; only longer ones keep a learner from being placed.
LONG_ABSENCE_WEEKS = 4
# What a full-time week comes to where it is not 37.5 hours, and the length of a session, in minutes.
# Sources: BMA and COGPED guide to the training week; NHS England dental foundation training.
FULL_TIME = {JobRole.GP_REGISTRAR: 2400, JobRole.FOUNDATION_DOCTOR: 2400, JobRole.FOUNDATION_DENTIST: 2100}
SESSION = {JobRole.GP_REGISTRAR: 240, JobRole.FOUNDATION_DOCTOR: 240, JobRole.FOUNDATION_DENTIST: 210}
USUAL_FULL_TIME, USUAL_SESSION = 2250, 225


class Travel(Word):
    """How somebody gets to a placement."""

    CAR = "car", "By car"
    PUBLIC_TRANSPORT = "public_transport", "By public transport"
    BICYCLE = "bicycle", "By bicycle"
    FOOT = "foot", "On foot"

    def minutes(self, by_car: int) -> int:
        """Say how long a way takes that takes so many minutes by car: an estimate, for want of timetables."""
        return by_car * SLOWER[self]


SLOWER = {Travel.CAR: 1, Travel.PUBLIC_TRANSPORT: 2, Travel.BICYCLE: 2, Travel.FOOT: 6}


@dataclass(frozen=True)
class LearnerDesign:
    """What is said of somebody in training; `percent` is the share of full time, sessions are of each week.

    `protected` are free for learning beside those of the programme, `continuity` is kept at the base.
    """

    programme_id: uuid.UUID
    starts_on: date
    ends_on: date
    stage: str = ""
    percent: int = 100
    base_site_id: uuid.UUID | None = None
    travel: Travel = Travel.CAR
    longest_minutes: int | None = None
    protected: tuple[WeeklySession, ...] = ()
    continuity: WeeklySession | None = None


@dataclass(frozen=True)
class Done:
    """Weeks of a requirement that were done before, counted as those of somebody who trains full time."""

    requirement_id: uuid.UUID
    weeks: int
    ended_on: date
    host: str = ""


@dataclass(frozen=True)
class Needs:
    """What a learner needs in every placement: known to those alone who plan placements."""

    adjustments: str = ""
    needs_step_free: bool = False
    travel_is_hard: bool = False


@dataclass(frozen=True)
class Apart:
    """Whom a learner is never placed with, or a site where they are never placed, and why."""

    reason: str
    member_id: uuid.UUID | None = None
    site_id: uuid.UUID | None = None


def wrong_with_learner(learner: LearnerDesign, programme: ProgrammeDesign) -> dict[str, str]:
    """Say what is wrong with a learner on a programme, by the name of its question."""
    wrong: dict[str, str] = {}
    if len(learner.stage) > LONGEST_STAGE:
        wrong["stage"] = f"Shorten this to {LONGEST_STAGE} characters."
    if not LEAST_PERCENT <= learner.percent <= 100:
        wrong["percent"] = f"Enter a share of full time from {LEAST_PERCENT} to 100 percent."
    elif learner.percent < programme.least_percent:
        wrong["percent"] = f"Nobody trains for less than {programme.least_percent}% on {programme.name}."
    if learner.ends_on < learner.starts_on:
        wrong["ends_on"] = "Enter a last day on or after the first day."
    elif (learner.ends_on - learner.starts_on) > MOST_WEEKS * WEEK:
        wrong["ends_on"] = f"Enter a last day within {MOST_WEEKS} weeks of the first."
    if learner.longest_minutes is not None and not 1 <= learner.longest_minutes <= LONGEST_JOURNEY:
        wrong["longest_minutes"] = f"Enter minutes from 1 to {LONGEST_JOURNEY}, or leave it empty."
    if programme.has_fixed_base and learner.base_site_id is None:
        wrong["base_site_id"] = f"Choose the base: {programme.name} is done in one place."
    if learner.continuity and learner.base_site_id is None:
        wrong["base_site_id"] = "Choose the base at which the session of each week is kept."
    sessions = (*learner.protected, *filter(None, (learner.continuity,)))
    if any(session.kind not in kinds_on(session.weekday) for session in sessions):
        wrong["protected"] = "Choose sessions that the week has."
    return wrong


def wrong_with_done(done: Done, today: date) -> dict[str, str]:
    """Say what is wrong with weeks done before, by the name of its question."""
    if not 1 <= done.weeks <= MOST_WEEKS:
        return {"weeks": f"Enter a number of weeks from 1 to {MOST_WEEKS}."}
    if done.ended_on > today:
        return {"ended_on": "Enter a day that is past: what is to come is planned as a placement."}
    if len(done.host) > LONGEST_HOST:
        return {"host": f"Shorten this to {LONGEST_HOST} characters."}
    return {}


def wrong_with_needs(needs: Needs) -> dict[str, str]:
    """Say what is wrong with what a learner needs, by the name of its question."""
    if len(needs.adjustments) > LONGEST_NEED:
        return {"adjustments": f"Shorten this to {LONGEST_NEED} characters."}
    return {}


def wrong_with_apart(apart: Apart, own_member_id: uuid.UUID) -> dict[str, str]:
    """Say what is wrong with keeping a learner apart, by the name of its question."""
    if (apart.member_id is None) == (apart.site_id is None):
        return {"member_id": "Choose either somebody or a site."}
    if apart.member_id == own_member_id:
        return {"member_id": "Choose somebody else: nobody can be kept apart from themselves."}
    if not apart.reason.strip():
        return {"reason": "Enter the reason. Only those who plan placements see it."}
    if len(apart.reason) > LONGEST_NEED:
        return {"reason": f"Shorten this to {LONGEST_NEED} characters."}
    return {}


def usual_end(starts_on: date, weeks: int, percent: int) -> date:
    """Return the last day of a programme of so many full-time weeks at a share of full time."""
    return starts_on + weeks_at(percent, weeks) * WEEK - timedelta(1)


def falls_short(learner: LearnerDesign, programme: ProgrammeDesign) -> int:
    """Say how many weeks a learner's dates are short of the programme's, at their share of full time."""
    return max(
        0,
        weeks_at(learner.percent, programme.weeks) - weeks_between(learner.starts_on, learner.ends_on),
    )


def weeks_between(first: date, last: date) -> int:
    """Count the weeks that some days take, both ends counted, a part of a week as one."""
    return -(-((last - first).days + 1) // 7)


def week_of(day: date, monday: date) -> int:
    """Return in which week after a Monday a day lies, from 0; days before it are in weeks below 0."""
    return (day - monday).days // 7


def windows_from(
    windows: Iterable[Window], first_week: int, percent: int, weeks: int
) -> list[tuple[str, int, int]]:
    """Lay a programme's windows on the weeks of a plan, for a learner who begins in `first_week`."""
    found = []
    for window in windows:
        first = first_week + weeks_at(percent, window.first_week - 1)
        last = first_week + weeks_at(percent, window.last_week) - 1
        if last >= 0 and first < weeks:
            found.append((window.name, max(first, 0), min(last, weeks - 1)))
    return found


def put_off(
    requirements: Sequence[RequirementDesign], done: Mapping[str, int], now: int, later: int
) -> dict[str, int]:
    """Say how many weeks of what is required must wait for the time after a plan, by key.

    `now` and `later` are a learner's full-time weeks in the plan and after it. Where all fits in now, nothing
    is put off; else what comes last is put off first, and never so that less than a whole run is left.
    """
    by_key = {each.key: each for each in requirements}
    open_weeks = {
        key: max(0, each.least_weeks - done.get(key, 0)) for key, each in by_key.items() if each.is_hard
    }
    over, room = sum(open_weeks.values()) - now, later
    order = TopologicalSorter({key: dict(each.after) for key, each in by_key.items()}).static_order()
    found: dict[str, int] = {}
    for key in reversed([key for key in order if open_weeks.get(key)]):
        if over <= 0 or room <= 0:
            break
        weeks = min(over, room, open_weeks[key])
        if 0 < open_weeks[key] - weeks < by_key[key].shortest_run:
            weeks = min(open_weeks[key], room)
        found[key] = weeks
        over, room = over - weeks, room - weeks
    return found


def told_apart(names: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, str]:
    """Number those who have one name between them, so that nobody is taken for another."""
    same = Counter(names.values())
    seen: Counter[str] = Counter()
    found = {}
    for key, name in sorted(names.items(), key=lambda each: (each[1], str(each[0]))):
        seen[name] += 1
        found[key] = f"{name} ({seen[name]})" if same[name] > 1 else name
    return found
