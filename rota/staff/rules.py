"""What can be said of a member of the rota without looking anything up."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from network.organisations.rules import WEEKDAYS, WeeklySession, kinds_on
from network.vocabulary import Activity, FundingStream, JobRole, SessionKind, Word

LONGEST_CYCLE = 8
LONGEST_SUPERVISION = 480
MOST_LEARNERS = 6


class Availability(Word):
    AVAILABLE = "available", "Available"
    PREFERRED = "preferred", "Likes to work"
    NEVER = "never", "Not available"
    FIXED = "fixed", "Fixed activity"


class CredentialKind(Word):
    GMC = "gmc", "General Medical Council registration"
    NMC = "nmc", "Nursing and Midwifery Council registration"
    GPHC = "gphc", "General Pharmaceutical Council registration"
    GDC = "gdc", "General Dental Council registration"
    GOC = "goc", "General Optical Council registration"
    HCPC = "hcpc", "Health and Care Professions Council registration"
    SWE = "swe", "Social Work England registration"
    DBS = "dbs", "Disclosure and Barring Service check"
    INDEMNITY = "indemnity", "Indemnity"
    BASIC_LIFE_SUPPORT = "basic_life_support", "Basic life support training"
    RIGHT_TO_WORK = "right_to_work", "Right to work"


class CredentialState(Word):
    """How long a credential still holds: warnings come 60, 30 and 7 days before it runs out."""

    VALID = "valid", "In date"
    SOON = "soon", "Runs out within 60 days"
    VERY_SOON = "very_soon", "Runs out within 30 days"
    THIS_WEEK = "this_week", "Runs out within 7 days"
    EXPIRED = "expired", "Out of date"


class PatternSlot(NamedTuple):
    """One session of a pattern: weeks count from 1, weekday 0 is Monday."""

    week: int
    weekday: int
    kind: SessionKind

    @property
    def said(self) -> str:
        return f"week {self.week}, {WeeklySession(self.weekday, self.kind).said}"


@dataclass(frozen=True)
class PatternChoice:
    """What a session of a pattern holds; an activity goes with FIXED, and only with it."""

    availability: Availability
    activity: Activity | None = None


Choices = Mapping[PatternSlot, PatternChoice]


@dataclass(frozen=True)
class Pattern:
    """A working pattern as a value. Sessions that `choices` does not name are not worked."""

    starts_on: date
    cycle_weeks: int = 1
    ends_on: date | None = None
    choices: Choices = field(default_factory=dict)

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def week_of(self, day: date) -> int:
        """Return which week of the cycle a day lies in, from 1."""
        weeks = (_monday(day) - _monday(self.starts_on)).days // 7
        return weeks % self.cycle_weeks + 1


def pattern_on(patterns: Iterable[Pattern], day: date) -> Pattern | None:
    """Return the pattern that holds on a day: of several, the one that began last."""
    holding = (pattern for pattern in patterns if pattern.holds_on(day))
    return max(holding, key=lambda pattern: pattern.starts_on, default=None)


def choice_on(pattern: Pattern | None, day: date, kind: SessionKind) -> PatternChoice | None:
    """Return what a pattern says of a session, None where it says nothing."""
    if pattern is None or not pattern.holds_on(day):
        return None
    return pattern.choices.get(PatternSlot(pattern.week_of(day), day.weekday(), kind))


def availability_on(pattern: Pattern | None, day: date, kind: SessionKind) -> Availability:
    """Return how available a pattern leaves someone in a session; what it does not name is not worked."""
    choice = choice_on(pattern, day, kind)
    return choice.availability if choice else Availability.NEVER


def wrong_with_pattern(cycle_weeks: int, choices: Choices) -> dict[PatternSlot | None, str]:
    """Say what is wrong with a pattern, by session; None stands for the whole."""
    if not 1 <= cycle_weeks <= LONGEST_CYCLE:
        return {None: f"Choose a cycle of 1 to {LONGEST_CYCLE} weeks."}
    wrong: dict[PatternSlot | None, str] = {}
    for slot, choice in choices.items():
        if not 1 <= slot.week <= cycle_weeks:
            wrong[slot] = f"There is no week {slot.week} in a cycle of {cycle_weeks}."
        elif slot.kind not in kinds_on(slot.weekday):
            wrong[slot] = f"There is no {slot.kind.label} session on a {WEEKDAYS[slot.weekday]}."
        elif (choice.availability is Availability.FIXED) != (choice.activity is not None):
            wrong[slot] = f"Choose the fixed activity for {slot.said}."
    return wrong


def worked_sessions(cycle_weeks: int, choices: Choices) -> float:
    """Return how many sessions a week a pattern offers, averaged over its cycle."""
    offered = sum(choice.availability is not Availability.NEVER for choice in choices.values())
    return offered / cycle_weeks


def credential_state(expires_on: date | None, day: date) -> CredentialState:
    """Return the state of a credential on a day; it still holds on the day on which it runs out."""
    if expires_on is None:
        return CredentialState.VALID
    left = (expires_on - day).days
    if left < 0:
        return CredentialState.EXPIRED
    warnings = {7: CredentialState.THIS_WEEK, 30: CredentialState.VERY_SOON, 60: CredentialState.SOON}
    return next((state for days, state in warnings.items() if left <= days), CredentialState.VALID)


REGISTERS: dict[CredentialKind, frozenset[JobRole]] = {
    CredentialKind.GMC: frozenset({JobRole.GP, JobRole.GP_REGISTRAR, JobRole.FOUNDATION_DOCTOR}),
    CredentialKind.NMC: frozenset({JobRole.NURSE}),
    CredentialKind.GPHC: frozenset({JobRole.PHARMACIST, JobRole.PHARMACY_TECHNICIAN}),
    CredentialKind.GDC: frozenset({JobRole.DENTIST, JobRole.FOUNDATION_DENTIST, JobRole.DENTAL_THERAPIST}),
    CredentialKind.GOC: frozenset({JobRole.OPTOMETRIST}),
    CredentialKind.HCPC: frozenset({JobRole.PHYSIOTHERAPIST, JobRole.PARAMEDIC}),
    CredentialKind.SWE: frozenset({JobRole.SOCIAL_WORKER, JobRole.ASYE_SOCIAL_WORKER}),
}
RUNS_OUT = frozenset({*REGISTERS, CredentialKind.INDEMNITY, CredentialKind.BASIC_LIFE_SUPPORT})
# Those who may meet patients alone need a check, and those who decide on treatment need cover.
WITHOUT_CHECK = frozenset({JobRole.PRACTICE_MANAGER})
NEEDS_INDEMNITY = frozenset({JobRole.GP, JobRole.GP_REGISTRAR, JobRole.DENTIST, JobRole.OPTOMETRIST})


def required_credentials(role: JobRole) -> frozenset[CredentialKind]:
    """Return the credentials without which someone in this role may not work a session."""
    registers = {kind for kind, roles in REGISTERS.items() if role in roles}
    check = set() if role in WITHOUT_CHECK else {CredentialKind.DBS}
    indemnity = {CredentialKind.INDEMNITY} if role in NEEDS_INDEMNITY else set()
    return frozenset(registers | check | indemnity)


def latest_by_kind(
    credentials: Iterable[tuple[CredentialKind, date | None]],
) -> dict[CredentialKind, date | None]:
    """Return for each kind the day on which the last of its credentials runs out; None is never."""
    latest: dict[CredentialKind, date | None] = {}
    for kind, expires_on in credentials:
        known = latest.get(kind, date.min)
        latest[kind] = None if expires_on is None or known is None else max(known, expires_on)
    return latest


def wrong_with_split(split: Mapping[FundingStream, int]) -> str:
    """Say what is wrong with a funding split, or nothing."""
    if any(percent < 1 for percent in split.values()):
        return "Enter a share of 1% or more for each stream, or leave it empty."
    total = sum(split.values())
    return f"The shares must sum to 100%: they sum to {total}%." if total != 100 else ""


@dataclass(frozen=True)
class Planning:
    """How a post is planned; the last four are the learner's numbers, which all others leave empty."""

    planned_from: date
    planned_until: date | None = None
    home_site_id: uuid.UUID | None = None
    tolerance_minutes: int = 0
    works_elsewhere_minutes: int = 0
    stage: str = ""
    supervision_minutes: int | None = None
    most_clinical_minutes: int | None = None
    least_educational_minutes: int | None = None

    @property
    def minutes(self) -> dict[str, int | None]:
        return {name: value for name, value in vars(self).items() if name.endswith("_minutes")}


LEARNERS_ONLY = ("stage", "supervision_minutes", "most_clinical_minutes", "least_educational_minutes")


def wrong_with_planning(planning: Planning, role: JobRole) -> str:
    """Say what is wrong with how a post is planned, or nothing."""
    if planning.planned_until is not None and planning.planned_until < planning.planned_from:
        return "Enter a last day on or after the first day."
    if any(minutes is not None and minutes < 0 for minutes in planning.minutes.values()):
        return "Enter minutes of 0 or more."
    if not role.is_learner and any(getattr(planning, name) for name in LEARNERS_ONLY):
        return f"Leave the learner's questions empty: a {role.label} is not a learner."
    return ""


def wrong_with_credential(kind: CredentialKind, issued_on: date | None, expires_on: date | None) -> str:
    """Say what is wrong with a credential, or nothing."""
    if expires_on is None and kind in RUNS_OUT:
        return "Enter the day on which it runs out."
    if issued_on is not None and expires_on is not None and expires_on < issued_on:
        return "Enter a last day on or after the day of issue."
    return ""


def wrong_with_supervision(role: JobRole, learner: JobRole, minutes: int, most_learners: int) -> str:
    """Say what is wrong with an approval to supervise, or nothing."""
    if role.is_learner:
        return f"Choose somebody else: a {role.label} is a learner and cannot supervise."
    if not learner.is_learner:
        return f"Choose a kind of learner: a {learner.label} is not one."
    if not 1 <= minutes <= LONGEST_SUPERVISION:
        return f"Enter minutes a session from 1 to {LONGEST_SUPERVISION}."
    return (
        ""
        if 1 <= most_learners <= MOST_LEARNERS
        else f"Enter a number of learners from 1 to {MOST_LEARNERS}."
    )


@dataclass(frozen=True)
class Competency:
    """A competency that can be signed off: who may hold it and where it comes from."""

    code: str
    label: str
    roles: frozenset[JobRole]
    source: str

    def __post_init__(self) -> None:
        if not self.code.isidentifier() or not self.code.islower():
            raise ValueError(f"The competency code {self.code!r} must be small letters and underscores.")
        if not (self.label and self.roles and self.source):
            raise ValueError(f"The competency {self.code} needs a label, roles and a source.")


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def is_young(born_on: date | None, day: date) -> bool:
    """Say whether somebody is a young worker, under 18 (Working Time Regulations 1998)."""
    if born_on is None:
        return False
    had_no_birthday = (day.month, day.day) < (born_on.month, born_on.day)
    return day.year - born_on.year - had_no_birthday < 18
