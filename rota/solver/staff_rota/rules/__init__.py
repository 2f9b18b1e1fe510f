"""The rules of a staff rota, in the order in which a manager would give them."""

from rota.solver.rule import Card
from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.rules.cadence import MeetsEverySoOften
from rota.solver.staff_rota.rules.clinic_means import (
    ClinicEquipment,
    ContractPremises,
    SeatPaid,
    SetUpTime,
)
from rota.solver.staff_rota.rules.clinic_opening import SafeMix, SessionOpened, TeamThere
from rota.solver.staff_rota.rules.clinic_patients import OneVisit, PatientTravel, Throughput
from rota.solver.staff_rota.rules.clinic_people import ClinicShare, Huddle, LearnerPlaces, WorthTogether
from rota.solver.staff_rota.rules.clinic_rhythm import (
    ClinicStability,
    DaysApart,
    FewClinics,
    HowOften,
    SamePattern,
)
from rota.solver.staff_rota.rules.contract import ContractedTime
from rota.solver.staff_rota.rules.cover import DesiredCover, DutyLead, MinimumCover, OverCover, Supernumerary
from rota.solver.staff_rota.rules.education import LearningSplit, ProtectedTime
from rota.solver.staff_rota.rules.eligibility import Availability, Credentials, Induction, Skills
from rota.solver.staff_rota.rules.enhanced_access import EnhancedAccessMinutes, GPDuringEnhancedAccess
from rota.solver.staff_rota.rules.fairness import FairShare, UnpopularSessions
from rota.solver.staff_rota.rules.frequency import CompleteSaturday, UnsocialFrequency
from rota.solver.staff_rota.rules.kinds import StaffRule
from rota.solver.staff_rota.rules.long_days import ConsecutiveDays, LongDay
from rota.solver.staff_rota.rules.meetings import KeptForMeeting, MeetingQuorum
from rota.solver.staff_rota.rules.money import FundingEligibility, PoolCost
from rota.solver.staff_rota.rules.pairings import Pairings
from rota.solver.staff_rota.rules.period import KindCaps, MinutesInPeriod, WeekendsWorked
from rota.solver.staff_rota.rules.posts import (
    DailyRestAcrossPosts,
    LongDayAcrossPosts,
    SiteHopAcrossPosts,
    WeeklyRestAcrossPosts,
)
from rota.solver.staff_rota.rules.rest import DailyRest, WeeklyRest
from rota.solver.staff_rota.rules.rooms import RoomCapacity
from rota.solver.staff_rota.rules.runs import ShortestBreak, ShortestRun
from rota.solver.staff_rota.rules.single_place import Pins, SinglePlace, SinglePlaceAcrossPosts
from rota.solver.staff_rota.rules.skill_mix import SkillMix
from rota.solver.staff_rota.rules.stability import Stability
from rota.solver.staff_rota.rules.succession import EveningThenEarly, Succession
from rota.solver.staff_rota.rules.supervision import LearnersPerSupervisor, LearnerSupervised
from rota.solver.staff_rota.rules.travel import SiteHop
from rota.solver.staff_rota.rules.wishes import Continuity, Requests
from rota.solver.staff_rota.rules.working_time import WorkingWeek, WorkingWeekAcrossPosts

HARD: tuple[type[StaffRule], ...] = (
    Skills,
    Availability,
    Credentials,
    Induction,
    FundingEligibility,
    ProtectedTime,
    SinglePlace,
    SinglePlaceAcrossPosts,
    KeptForMeeting,
    MeetingQuorum,
    Pins,
    DailyRest,
    DailyRestAcrossPosts,
    WeeklyRest,
    WeeklyRestAcrossPosts,
    WorkingWeek,
    WorkingWeekAcrossPosts,
    LongDay,
    LongDayAcrossPosts,
    ConsecutiveDays,
    EveningThenEarly,
    Succession,
    ShortestRun,
    ShortestBreak,
    WeekendsWorked,
    KindCaps,
    MinutesInPeriod,
    SiteHop,
    SiteHopAcrossPosts,
    RoomCapacity,
    LearnerSupervised,
    LearnersPerSupervisor,
    Pairings,
    LearningSplit,
    Supernumerary,
    SessionOpened,
    TeamThere,
    SafeMix,
    ClinicEquipment,
    ContractPremises,
    Throughput,
    PatientTravel,
    SetUpTime,
    SeatPaid,
)

SOFT: tuple[type[StaffRule], ...] = (
    MinimumCover,
    DutyLead,
    OneVisit,
    SkillMix,
    GPDuringEnhancedAccess,
    EnhancedAccessMinutes,
    ClinicStability,
    Stability,
    DesiredCover,
    OverCover,
    ContractedTime,
    MeetsEverySoOften,
    HowOften,
    WorthTogether,
    Huddle,
    ClinicShare,
    FairShare,
    UnpopularSessions,
    UnsocialFrequency,
    Requests,
    CompleteSaturday,
    Continuity,
    DaysApart,
    SamePattern,
    LearnerPlaces,
    FewClinics,
    PoolCost,
)

# A rule that speaks of one person and of several has a class for each, and one card.
# Those of the rota come before those of clinics.
CARDS = {
    rule.card.code: rule.card
    for rule in sorted(HARD + SOFT, key=lambda rule: (rule.card.code[0] == "C", rule.card.code))
}
CATALOGUE: tuple[Card, ...] = tuple(CARDS.values())


def rules_of(problem: Problem) -> tuple[StaffRule, ...]:
    """Build the rules that a problem has chosen, in the manager's order."""
    return tuple(
        rule(choice, problem)
        for rule in HARD + SOFT
        for choice in problem.rules
        if choice.code == rule.card.code
    )
