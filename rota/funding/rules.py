"""Who pays for what: which stream may pay for which role and activity, and the stream of one assignment.

"Within what is recorded here": the table says what a stream was made for, not what a network agreed locally.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from network.vocabulary import Activity, FundingStream, JobRole

S, A, J = FundingStream, Activity, JobRole

ALL_ROLES = frozenset(JobRole)
ALL_ACTIVITIES = frozenset(Activity)
LEARNING = frozenset({A.SELF_DIRECTED_LEARNING, A.TEACHING, A.STUDY, A.EXPOSURE})
LEARNERS = frozenset(role for role in JobRole if role.is_learner)
DENTAL_TEAM = frozenset({J.DENTIST, J.FOUNDATION_DENTIST, J.DENTAL_THERAPIST})
SOCIAL_CARE_TEAM = frozenset({J.SOCIAL_WORKER, J.ASYE_SOCIAL_WORKER, J.LINK_WORKER, J.CARE_COORDINATOR})


@dataclass(frozen=True)
class Payer:
    """What one stream may pay for, and where that is written."""

    roles: frozenset[JobRole]
    activities: frozenset[Activity]
    source: str


PAYERS: dict[FundingStream, Payer] = {
    S.CORE: Payer(
        ALL_ROLES - LEARNERS - DENTAL_TEAM - {J.OPTOMETRIST},
        ALL_ACTIVITIES - {A.ENHANCED_ACCESS, A.DENTAL, A.SIGHT_TESTS},
        "General Medical Services contract: essential services in core hours",
    ),
    S.ADDITIONAL_ROLES: Payer(
        frozenset(
            {
                J.GP,
                J.NURSE,
                J.PHARMACIST,
                J.PHARMACY_TECHNICIAN,
                J.PHYSIOTHERAPIST,
                J.PARAMEDIC,
                J.LINK_WORKER,
                J.MENTAL_HEALTH_PRACTITIONER,
                J.CARE_COORDINATOR,
            }
        ),
        ALL_ACTIVITIES - {A.DENTAL, A.SIGHT_TESTS},
        "Network Contract Directed Enhanced Service: Additional Roles Reimbursement Scheme",
    ),
    S.ENHANCED_ACCESS: Payer(
        ALL_ROLES - LEARNERS,
        frozenset({A.ENHANCED_ACCESS}),
        "Network Contract Directed Enhanced Service: Enhanced Access, evenings and Saturdays",
    ),
    S.ENHANCED_SERVICES: Payer(
        ALL_ROLES - LEARNERS,
        frozenset({A.SURGERY, A.CLINIC, A.CARE_HOME_ROUND, A.HOME_VISITS, A.MEDICATION_REVIEW, A.MEETING}),
        "Directed and local enhanced services",
    ),
    S.TRAINING_TARIFF: Payer(
        LEARNERS | {J.GP, J.NURSE, J.PHARMACIST, J.DENTIST, J.OPTOMETRIST, J.SOCIAL_WORKER},
        ALL_ACTIVITIES,
        "Education and training tariff: learners, and the time of those who teach them",
    ),
    S.BETTER_CARE_FUND: Payer(
        ALL_ROLES - LEARNERS,
        frozenset({A.SOCIAL_CARE, A.HOME_VISITS, A.CARE_HOME_ROUND, A.CLINIC, A.MEETING, A.ADMIN}),
        "Better Care Fund policy framework: integrated health and social care",
    ),
    S.LOCAL_AUTHORITY: Payer(
        SOCIAL_CARE_TEAM,
        ALL_ACTIVITIES - {A.SURGERY, A.DUTY, A.ENHANCED_ACCESS, A.DENTAL, A.SIGHT_TESTS},
        "Care Act 2014 duties of the council",
    ),
    S.DENTAL_CONTRACT: Payer(
        DENTAL_TEAM,
        frozenset({A.DENTAL, A.CLINIC, A.ADMIN, A.PROTECTED, A.MEETING}),
        "General Dental Services contract",
    ),
    S.OPTOMETRIC_CONTRACT: Payer(
        frozenset({J.OPTOMETRIST}),
        frozenset({A.SIGHT_TESTS, A.CLINIC, A.ADMIN, A.PROTECTED, A.MEETING}),
        "General Ophthalmic Services contract",
    ),
    S.PHARMACY_CONTRACT: Payer(
        frozenset({J.PHARMACIST, J.PHARMACY_TECHNICIAN, J.TRAINEE_PHARMACIST}),
        ALL_ACTIVITIES - {A.DUTY, A.ENHANCED_ACCESS, A.DENTAL, A.SIGHT_TESTS},
        "Community Pharmacy Contractual Framework",
    ),
    S.VOLUNTARY: Payer(
        frozenset({J.LINK_WORKER, J.CARE_COORDINATOR, J.VOLUNTARY_WORKER}),
        ALL_ACTIVITIES - {A.SURGERY, A.DUTY, A.DENTAL, A.SIGHT_TESTS},
        "Grants to voluntary organisations",
    ),
}


def may_pay(stream: FundingStream, role: JobRole, activity: Activity) -> bool:
    """Say whether a stream was made to pay for this role on this activity."""
    payer = PAYERS[stream]
    return role in payer.roles and activity in payer.activities


def stream_for(
    splits: Mapping[FundingStream, int], activity: Activity, line_stream: FundingStream
) -> FundingStream:
    """Name the stream that pays for an assignment.

    `splits` are percentages of the person's time. The line's own stream pays where that time may
    be charged to it, then the stream that pays most of the person's time and was made for the activity.
    """
    if line_stream in splits or not splits:
        return line_stream
    by_share = sorted(splits, key=lambda stream: (-splits[stream], list(FundingStream).index(stream)))
    return next((stream for stream in by_share if activity in PAYERS[stream].activities), by_share[0])
