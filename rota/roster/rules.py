"""When people could be asked, and what binds them already: from facts to the values that the solver takes."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from network.organisations.rules import kinds_on
from network.vocabulary import Activity, JobRole, SessionKind
from rota.leave.rules import Away, keeps_away
from rota.past.rules import monday_of as monday_of
from rota.requests.rules import Asked, sessions_of_request
from rota.rotas.rules import days_between
from rota.solver.staff_rota import Commitment, Session, Wish
from rota.staff.rules import Availability, Pattern, PatternChoice, choice_on, pattern_on

LONDON = ZoneInfo("Europe/London")
ORDER = {kind: place for place, kind in enumerate(SessionKind)}
# Where a site has no opening hours for a session that is wanted there all the same.
USUAL_HOURS = {
    SessionKind.EARLY: (time(7, 0), time(8, 0)),
    SessionKind.MORNING: (time(8, 0), time(12, 10)),
    SessionKind.AFTERNOON: (time(13, 30), time(17, 40)),
    SessionKind.EVENING: (time(18, 30), time(20, 0)),
    SessionKind.SATURDAY_MORNING: (time(9, 0), time(13, 0)),
    SessionKind.SATURDAY_AFTERNOON: (time(13, 0), time(17, 0)),
}
NOT_CLINICAL = frozenset(
    {
        Activity.ADMIN,
        Activity.PROTECTED,
        Activity.SELF_DIRECTED_LEARNING,
        Activity.TEACHING,
        Activity.STUDY,
        Activity.MEETING,
        Activity.EXPOSURE,
    }
)
EDUCATIONAL = frozenset(
    {Activity.SELF_DIRECTED_LEARNING, Activity.TEACHING, Activity.STUDY, Activity.EXPOSURE}
)
PROTECTED = frozenset({Activity.PROTECTED, Activity.SELF_DIRECTED_LEARNING, Activity.STUDY})
# These may never work unsupervised (British Medical Association and deaneries' guides to the working week).
NEVER_ALONE = frozenset({JobRole.GP_REGISTRAR, JobRole.FOUNDATION_DOCTOR, JobRole.FOUNDATION_DENTIST})
# A newly qualified social worker carries about 90% of a caseload, and so counts as cover.
COUNTS_AS_COVER = frozenset({JobRole.ASYE_SOCIAL_WORKER})
# Why somebody cannot be asked, where nothing but their pattern says so.
OUTSIDE_PATTERN = "does not work then"
LIKES_TO_WORK = 2
LOOKS_BACK_DAYS = 14
FAIRNESS_LOOKS_BACK = timedelta(weeks=26)
BURDENS = (
    EVENINGS := "evenings",
    SATURDAYS := "Saturdays",
    MONDAYS := "Monday mornings",
    FRIDAYS := "Friday afternoons",
    EVES := "eves of bank holidays",
)

Hours = tuple[datetime, datetime]


def sessions_of(
    starts_on: date, ends_on: date, wanted: Iterable[tuple[date, SessionKind]]
) -> tuple[Session, ...]:
    """Number the sessions of a period in order of time: those that days have, and whatever else is wanted."""
    usual = {(day, kind) for day in days_between(starts_on, ends_on) for kind in kinds_on(day.weekday())}
    in_order = sorted(usual | set(wanted), key=lambda each: (each[0], ORDER[each[1]]))
    return tuple(Session(number, day, kind.value) for number, (day, kind) in enumerate(in_order))


def burden_of(day: date, kind: SessionKind, *, is_eve: bool = False) -> str | None:
    """Name the burden of an unpopular session, None where it is like any other.

    `is_eve` says that the day is the last working day before a bank holiday.
    """
    if kind is SessionKind.EVENING:
        return EVENINGS
    if kind in (SessionKind.SATURDAY_MORNING, SessionKind.SATURDAY_AFTERNOON):
        return SATURDAYS
    if is_eve and kind is SessionKind.AFTERNOON:
        return EVES
    if (day.weekday(), kind) == (0, SessionKind.MORNING):
        return MONDAYS
    return FRIDAYS if (day.weekday(), kind) == (4, SessionKind.AFTERNOON) else None


@dataclass(frozen=True)
class Time:
    """When somebody could be asked: their post, patterns and leave, and when their place is shut."""

    planned: tuple[date, date]
    patterns: Sequence[Pattern]
    absences: Sequence[Away]
    shut: Mapping[tuple[date, SessionKind | None], str]
    weekly_minutes: int
    session_minutes: int
    home_site: str | None

    @cached_property
    def _choices(self) -> dict[tuple[date, SessionKind], PatternChoice | None]:
        return {}

    def choice(self, day: date, kind: SessionKind) -> PatternChoice | None:
        """Return what the pattern says of a session; asked again and again, so looked up once."""
        if (day, kind) not in self._choices:
            self._choices[day, kind] = choice_on(pattern_on(self.patterns, day), day, kind)
        return self._choices[day, kind]

    def holiday(self, day: date, kind: SessionKind) -> str | None:
        return self.shut.get((day, None)) or self.shut.get((day, kind))

    def is_off(self, day: date, kind: SessionKind) -> bool:
        """Say whether leave or a bank holiday keeps somebody from a session."""
        return bool(keeps_away(self.absences, day, kind) or self.holiday(day, kind))

    def why_not(self, day: date, kind: SessionKind) -> str | None:
        """Say why somebody cannot be asked for a session, None where they can; a word for managers."""
        if not self.planned[0] <= day <= self.planned[1]:
            return "not in post"
        if away := keeps_away(self.absences, day, kind):
            return away.kind.label.lower()
        choice = self.choice(day, kind)
        if choice is None or choice.availability is Availability.NEVER:
            return OUTSIDE_PATTERN
        return None

    def fixed(self, day: date, kind: SessionKind) -> Activity | None:
        """Name what the pattern has fixed for a session, where it takes place."""
        if self.why_not(day, kind) or self.holiday(day, kind):
            return None
        choice = self.choice(day, kind)
        return choice.activity if choice else None

    def may_be_asked(self, day: date, kind: SessionKind) -> bool:
        """Say whether a session is free to be asked for: in post, not away, and nothing fixed there."""
        return self.why_not(day, kind) is None and self.fixed(day, kind) is None

    def likes(self, day: date, kind: SessionKind) -> bool:
        choice = self.choice(day, kind)
        return choice is not None and choice.availability is Availability.PREFERRED


def unavailable_in(times: Time, sessions: Sequence[Session]) -> dict[int, str]:
    """Map the sessions in which somebody cannot be asked to why."""
    found = {}
    for session in sessions:
        if why := times.why_not(session.day, SessionKind(session.kind)):
            found[session.number] = why
    return found


def absent_in(times: Time, sessions: Sequence[Session]) -> frozenset[int]:
    """Give the sessions that leave or sickness takes."""
    return frozenset(
        session.number
        for session in sessions
        if keeps_away(times.absences, session.day, SessionKind(session.kind))
    )


def wishes_in(times: Time, sessions: Sequence[Session], asked: Iterable[Asked] = ()) -> tuple[Wish, ...]:
    """Give what somebody asked for, and elsewhere the sessions that they like to work, as wishes."""
    numbers = {(session.day, SessionKind(session.kind)): session.number for session in sessions}
    requested = [(each, sessions_of_request(each.span, numbers, times.may_be_asked)) for each in asked]
    said = {cell for _, cells in requested for cell in cells}
    return (
        *(
            Wish(frozenset({number}), works=True, strength=LIKES_TO_WORK)
            for (day, kind), number in numbers.items()
            if (day, kind) not in said and times.likes(day, kind) and times.why_not(day, kind) is None
        ),
        *(
            Wish(frozenset(numbers[cell] for cell in cells), each.works, each.points)
            for each, cells in requested
            if cells
        ),
    )


def commitments_in(
    times: Time, sessions: Sequence[Session], hours: Mapping[int, Hours]
) -> tuple[Commitment, ...]:
    """Give what a pattern has fixed: a tutorial, protected time, a meeting."""
    fixed = ((session, times.fixed(session.day, SessionKind(session.kind))) for session in sessions)
    return tuple(
        Commitment(
            session.number,
            activity.label,
            *capped(hours[session.number], times.session_minutes),
            site=times.home_site,
            educational=activity in EDUCATIONAL,
            clinical=activity not in NOT_CLINICAL,
            protected=activity in PROTECTED,
        )
        for session, activity in fixed
        if activity is not None
    )


def credits_in(times: Time, sessions: Sequence[Session]) -> dict[int, int]:
    """Give the minutes of the contract that leave and bank holidays meet.

    Patterns offer more sessions than a contract has, so each session away meets its share of the week.
    """
    offered = [session for session in sessions if _is_offered(times, session)]
    in_week = Counter(monday_of(session.day) for session in offered)
    return {
        session.number: min(times.session_minutes, times.weekly_minutes // in_week[monday_of(session.day)])
        for session in offered
        if times.is_off(session.day, SessionKind(session.kind))
    }


def leave_by_week(times: Time, first: date, last: date) -> dict[date, int]:
    """Give the minutes of the contract that leave met, by the Monday of each week; weeks without any are left
    out.
    """
    if not any(away.starts_on <= last and away.ends_on >= first for away in times.absences):
        return {}
    sessions = sessions_of(first, last, ())
    found: Counter[date] = Counter()
    for number, minutes in credits_in(times, sessions).items():
        found[monday_of(sessions[number].day)] += minutes
    return dict(found)


def fixed_by_week(
    times: Time, mondays: Iterable[date], before: date, shut: Collection[date]
) -> dict[date, int]:
    """Give the minutes that patterns had fixed in some weeks, up to a day and not on days that were shut.

    Where the site's own hours then are not known any more, sessions had their usual length.
    """
    if not any(choice.activity for pattern in times.patterns for choice in pattern.choices.values()):
        return {}
    found: Counter[date] = Counter()
    for monday in mondays:
        for day in days_between(monday, min(monday + timedelta(6), before - timedelta(1))):
            for kind in kinds_on(day.weekday()) if day not in shut else ():
                if times.fixed(day, kind):
                    starts, ends = (on_day(day, clock) for clock in USUAL_HOURS[kind])
                    found[monday] += round(
                        (capped((starts, ends), times.session_minutes)[1] - starts).seconds / 60
                    )
    return dict(found)


def missed_education_in(
    times: Time, sessions: Sequence[Session], hours: Mapping[int, Hours]
) -> dict[int, int]:
    """Give the minutes of teaching that the pattern had fixed where leave or a bank holiday fell."""
    found = {}
    for session in sessions:
        day, kind = session.day, SessionKind(session.kind)
        if _is_teaching(times, session) and times.is_off(day, kind):
            starts, ends = capped(hours[session.number], times.session_minutes)
            found[session.number] = round((ends - starts).total_seconds() / 60)
    return found


def _is_teaching(times: Time, session: Session) -> bool:
    choice = times.choice(session.day, SessionKind(session.kind))
    return _is_offered(times, session) and choice is not None and choice.activity in EDUCATIONAL


def _is_offered(times: Time, session: Session) -> bool:
    if not times.planned[0] <= session.day <= times.planned[1]:
        return False
    choice = times.choice(session.day, SessionKind(session.kind))
    return choice is not None and choice.availability is not Availability.NEVER


def capped(hours: Hours, minutes: int) -> Hours:
    """End a session when somebody's own session is over."""
    starts, ends = hours
    return starts, min(ends, starts + timedelta(minutes=minutes))


def has_fixed(times: Time, day: date) -> bool:
    """Say whether a pattern fixed anything on a day, such as a tutorial."""
    return any(times.fixed(day, kind) for kind in kinds_on(day.weekday()))


def on_day(day: date, clock: time) -> datetime:
    """Give a time of the clock on a day."""
    return datetime.combine(day, clock)


def local(moment: datetime) -> datetime:
    """Give a moment as the clock on the wall shows it, which is what the solver reckons with."""
    return moment.astimezone(LONDON).replace(tzinfo=None)


def moment(wall: datetime) -> datetime:
    """Give a time on the wall as a moment."""
    return wall.replace(tzinfo=LONDON)
