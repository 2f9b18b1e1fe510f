"""What a programme of training may be: its weeks, what it requires, and when it takes people in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter

from network.organisations.rules import WeeklySession, kinds_on
from network.vocabulary import Discipline, JobRole, SessionKind, Word

LONGEST_NAME, LONGEST_KEY, LONGEST_SOURCE, LONGEST_NOTES = 80, 40, 300, 1000
MOST_WEEKS, LONGEST_BLOCK, LONGEST_NOTICE = 312, 52, 52
LEAST_PERCENT = 20
MOST_EXPOSURE_WEEKLY, MOST_EXPOSURE = 10, 520
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Setting(Word):
    """What a host counts as: a requirement is fulfilled in hosts of some settings."""

    GP_PRACTICE = "gp_practice", "GP practice"
    INTEGRATED = "integrated", "Integrated post in the community"
    COMMUNITY_PHARMACY = "community_pharmacy", "Community pharmacy"
    HOSPITAL_PHARMACY = "hospital_pharmacy", "Hospital pharmacy"
    PRACTICE_PHARMACY = "practice_pharmacy", "Pharmacy team in general practice"
    DENTAL_PRACTICE = "dental_practice", "Dental practice"
    COMMUNITY_DENTAL = "community_dental", "Community dental service"
    OPTICAL_PRACTICE = "optical_practice", "Optical practice"
    EYE_HOSPITAL = "eye_hospital", "Hospital eye service"
    ADULT_SOCIAL_CARE = "adult_social_care", "Adult social care team"
    MENTAL_HEALTH = "mental_health", "Mental health service"
    COMMUNITY_NURSING = "community_nursing", "Community nursing team"
    GENERAL_PRACTICE_NURSING = "general_practice_nursing", "Nursing team in general practice"
    HOSPITAL = "hospital", "Hospital"
    CARE_HOME = "care_home", "Care home"
    VOLUNTARY = "voluntary", "Voluntary group"


class SupervisorKind(Word):
    """What a supervisor is to a learner; most programmes want some of these to be different people."""

    CLINICAL = "clinical", "Clinical supervisor"
    EDUCATIONAL = "educational", "Educational supervisor"
    DESIGNATED = "designated", "Designated supervisor"
    PRESCRIBING = "prescribing", "Designated prescribing practitioner"
    PRACTICE = "practice", "Practice supervisor"
    ASSESSOR = "assessor", "Practice assessor"


@dataclass(frozen=True)
class Window:
    """Weeks of a programme, counted from 1, that a move must not split: a panel, a visit, a review."""

    name: str
    first_week: int
    last_week: int


@dataclass(frozen=True)
class ProgrammeDesign:
    """What a programme says of itself; weeks are those of somebody who trains full time.

    Of the three notices the first is for the placement, then for the rota, then for the duty roster.
    `supervisors` are the kinds that must be different people at each host. `local_settings` names what a
    network chose: no regulator gives it.
    """

    name: str
    role: JobRole
    weeks: int
    effective_from: date
    source: str = ""
    notes: str = ""
    block_weeks: int = 1
    intake_months: tuple[int, ...] = ()
    notice_weeks: int = 12
    rota_notice_weeks: int = 8
    duty_notice_weeks: int = 6
    has_fixed_base: bool = False
    needs_approval: bool = True
    wants_peers: bool = False
    supervisors: tuple[SupervisorKind, ...] = ()
    least_percent: int = 50
    breadth: int = 0
    disciplines: tuple[Discipline, ...] = ()
    exposure_weekly: int = 0
    exposure_total: int = 0
    protected: tuple[WeeklySession, ...] = ()
    windows: tuple[Window, ...] = ()
    local_settings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RequirementDesign:
    """Weeks to be spent in hosts of some settings; a run is what is spent at one of them without a break.

    `after` says how many weeks of which others come first, `not_after` what must not come right before it.
    """

    key: str
    name: str
    settings: tuple[Setting, ...]
    least_weeks: int
    most_weeks: int
    longest_run: int
    shortest_run: int = 1
    once_per_host: bool = False
    is_hard: bool = True
    after: tuple[tuple[str, int], ...] = ()
    not_after: tuple[str, ...] = ()
    next_must_be: str = ""
    source: str = ""
    is_local: bool = False


def wrong_with_programme(design: ProgrammeDesign) -> dict[str, str]:
    """Say what is wrong with a programme, by the name of its question."""
    wrong: dict[str, str] = {}
    if not design.name.strip():
        wrong["name"] = "Enter the name of the programme, such as GP specialty training."
    for name, most in (("name", LONGEST_NAME), ("source", LONGEST_SOURCE), ("notes", LONGEST_NOTES)):
        if len(getattr(design, name)) > most:
            wrong[name] = f"Shorten this to {most} characters."
    if not design.role.is_learner:
        wrong["role"] = f"Choose a kind of learner: a {design.role.label} is not one."
    ranges = {
        "weeks": (1, MOST_WEEKS, "weeks"),
        "block_weeks": (1, LONGEST_BLOCK, "weeks"),
        "notice_weeks": (0, LONGEST_NOTICE, "weeks"),
        "rota_notice_weeks": (0, LONGEST_NOTICE, "weeks"),
        "duty_notice_weeks": (0, LONGEST_NOTICE, "weeks"),
        "least_percent": (LEAST_PERCENT, 100, "percent"),
        "breadth": (0, len(Discipline), "disciplines"),
        "exposure_weekly": (0, MOST_EXPOSURE_WEEKLY, "half-days"),
        "exposure_total": (0, MOST_EXPOSURE, "half-days"),
    }
    for name, (low, high, unit) in ranges.items():
        if not low <= getattr(design, name) <= high:
            wrong[name] = f"Enter a number of {unit} from {low} to {high}."
    return wrong or _wrong_together(design)


def _wrong_together(design: ProgrammeDesign) -> dict[str, str]:
    if design.block_weeks > design.weeks:
        return {"block_weeks": f"A block cannot be longer than the programme's {design.weeks} weeks."}
    if not design.duty_notice_weeks <= design.rota_notice_weeks <= design.notice_weeks:
        return {"notice_weeks": "Tell of the placement first, then of the rota, then of the duty roster."}
    if any(not 1 <= month <= 12 for month in design.intake_months):
        return {"intake_months": "Choose months of the year."}
    if design.breadth and design.breadth < len(set(design.disciplines)):
        return {
            "breadth": f"{len(set(design.disciplines))} disciplines are named: enter that number or more."
        }
    if any(session.kind not in kinds_on(session.weekday) for session in design.protected):
        return {"protected": "Choose sessions that the week has."}
    for window in design.windows:
        if not window.name.strip() or len(window.name) > LONGEST_KEY:
            return {"windows": f"Give each window a name of up to {LONGEST_KEY} characters."}
        if not 1 <= window.first_week <= window.last_week <= design.weeks:
            return {
                "windows": f"{window.name}: enter a first and a last week from 1 to {design.weeks}, in order."
            }
    if len({window.name for window in design.windows}) < len(design.windows):
        return {"windows": "Give each window a name of its own."}
    return {}


def wrong_with_requirement(requirement: RequirementDesign) -> dict[str, str]:
    """Say what is wrong with a requirement by itself, by the name of its question."""
    wrong: dict[str, str] = {}
    if not requirement.name.strip():
        wrong["name"] = "Enter what is required, such as General practice."
    if not requirement.key.isidentifier() or not requirement.key.islower():
        wrong["key"] = "Enter a short name of small letters, digits and underscores."
    for name, most in (("name", LONGEST_NAME), ("key", LONGEST_KEY), ("source", LONGEST_SOURCE)):
        if len(getattr(requirement, name)) > most:
            wrong[name] = f"Shorten this to {most} characters."
    if not requirement.settings:
        wrong["settings"] = "Choose at least one setting that fulfils it."
    ranges = {
        "least_weeks": (0, MOST_WEEKS),
        "most_weeks": (1, MOST_WEEKS),
        "shortest_run": (1, MOST_WEEKS),
        "longest_run": (1, MOST_WEEKS),
    }
    for name, (low, high) in ranges.items():
        if not low <= getattr(requirement, name) <= high:
            wrong[name] = f"Enter a number of weeks from {low} to {high}."
    return wrong or _wrong_with_weeks(requirement)


def _wrong_with_weeks(requirement: RequirementDesign) -> dict[str, str]:
    if requirement.most_weeks < requirement.least_weeks:
        return {"most_weeks": f"The most cannot be below the least, {requirement.least_weeks} weeks."}
    if requirement.longest_run < requirement.shortest_run:
        return {"longest_run": f"The longest run cannot be below the shortest, {requirement.shortest_run}."}
    if requirement.shortest_run > requirement.most_weeks:
        return {"shortest_run": f"A run cannot be longer than the most, {requirement.most_weeks} weeks."}
    if not _can_be_run(requirement):
        return {
            "longest_run": f"No number of runs of {requirement.shortest_run} to {requirement.longest_run} "
            f"weeks sums to {requirement.least_weeks} to {requirement.most_weeks} weeks."
        }
    for key, weeks in requirement.after:
        if not 1 <= weeks <= MOST_WEEKS:
            return {"after": f"Enter how many weeks come first, from 1 to {MOST_WEEKS}."}
        if key == requirement.key:
            return {"after": "A requirement cannot come before itself."}
    if requirement.next_must_be == requirement.key:
        return {"next_must_be": "Choose another requirement, or none."}
    return {}


def _can_be_run(requirement: RequirementDesign) -> bool:
    """Can whole runs make up the weeks?"""
    low, high = requirement.shortest_run, requirement.longest_run
    least = max(requirement.least_weeks, 1)
    return any(
        runs * low <= requirement.most_weeks and runs * high >= least
        for runs in range(1, requirement.most_weeks // low + 1)
    )


def troubles_of(design: ProgrammeDesign, requirements: Sequence[RequirementDesign]) -> tuple[str, ...]:
    """Say what keeps a programme from being planned."""
    if not requirements:
        return ("Nothing is required yet. Add what its learners must do.",)
    by_key = {requirement.key: requirement for requirement in requirements}
    found = [*_unknown(by_key), *_in_circles(by_key), *_prerequisites(by_key)]
    least = sum(requirement.least_weeks for requirement in requirements if requirement.is_hard)
    if least > design.weeks:
        found.append(
            f"{least} weeks are required, and the programme has {design.weeks}. Lower what is required."
        )
    most = sum(requirement.most_weeks for requirement in requirements)
    if most < design.weeks:
        found.append(f"Its requirements fill {most} of {design.weeks} weeks at most. Raise what may be done.")
    return tuple(found)


def _unknown(by_key: Mapping[str, RequirementDesign]) -> list[str]:
    return [
        f"{each.name} names {key}, which this programme does not require."
        for each in by_key.values()
        for key in (*dict(each.after), *each.not_after, *filter(None, (each.next_must_be,)))
        if key not in by_key
    ]


def _in_circles(by_key: Mapping[str, RequirementDesign]) -> list[str]:
    try:
        TopologicalSorter({key: dict(each.after) for key, each in by_key.items()}).prepare()
    except CycleError as circle:
        names = [by_key[key].name for key in dict.fromkeys(circle.args[1]) if key in by_key]
        return [f"{' and '.join(sorted(names))} wait for each other. Let one of them come first."]
    return []


def _prerequisites(by_key: Mapping[str, RequirementDesign]) -> list[str]:
    return [
        f"{each.name} wants {weeks} weeks of {by_key[key].name} first, which takes {by_key[key].most_weeks}."
        for each in by_key.values()
        for key, weeks in each.after
        if key in by_key and weeks > by_key[key].most_weeks
    ]


def weeks_at(percent: int, weeks: int) -> int:
    """Return the weeks that somebody takes who trains for a share of full time, a part counted whole."""
    return -(-weeks * 100 // percent)


def session_kept(session: WeeklySession) -> str:
    """Write a session of the week down in one word."""
    return f"{session.weekday} {session.kind.value}"


def session_read(kept: str) -> WeeklySession:
    """Read a session that was written down."""
    weekday, kind = kept.split(" ", 1)
    return WeeklySession(int(weekday), SessionKind(kind))
