"""Who pays for what, the stream of one assignment, and how practices share the sessions of shared roles.

"Within what is recorded here": the table says what a stream was made for, not what a network agreed locally.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from network.vocabulary import Activity, FundingStream, JobRole, RoleGroup

K = TypeVar("K")

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
    splits: Mapping[FundingStream, int], role: JobRole, activity: Activity, line_stream: FundingStream
) -> FundingStream:
    """Name the stream that pays for an assignment, of those that may: so the ledger says what R37 does.

    `splits` are percentages of the person's time. The line's own stream comes first where that time may be
    charged to it, else after the person's, the largest share first. Where none may pay, the first stands.
    """
    by_share = sorted(splits, key=lambda stream: (-splits[stream], list(FundingStream).index(stream)))
    is_theirs = line_stream in splits or not splits
    in_order = [line_stream, *by_share] if is_theirs else [*by_share, line_stream]
    return next((stream for stream in in_order if may_pay(stream, role, activity)), in_order[0])


@dataclass(frozen=True)
class Agreement:
    """What holds for a group of roles from a day on: per cent by organisation, none meaning by list."""

    role_group: RoleGroup
    starts_on: date
    number: int
    shares: Mapping[uuid.UUID, int] = field(default_factory=dict)


def agreement_on(agreements: Iterable[Agreement], group: RoleGroup, day: date) -> Agreement | None:
    """Return the agreement that holds for a group on a day: the latest start, then the latest made."""
    holding = [each for each in agreements if each.role_group is group and each.starts_on <= day]
    return max(holding, key=lambda each: (each.starts_on, each.number), default=None)


def shares_on(
    agreements: Iterable[Agreement], group: RoleGroup, day: date, list_sizes: Mapping[uuid.UUID, int]
) -> dict[uuid.UUID, int]:
    """Give the share of each organisation in a group's sessions on a day: as agreed, or else by list."""
    agreement = agreement_on(agreements, group, day)
    return dict(agreement.shares) if agreement and agreement.shares else shares_by_list(list_sizes)


def shares_by_list(list_sizes: Mapping[K, int]) -> dict[K, int]:
    """Share a hundred per cent among organisations by their lists; rounding goes to the largest."""
    total = sum(list_sizes.values())
    if not total:
        return {}
    shares = {name: 100 * size // total for name, size in list_sizes.items()}
    largest = max(sorted(list_sizes, key=str), key=lambda name: list_sizes[name])
    shares[largest] += 100 - sum(shares.values())
    return shares


def wrong_with_shares(shares: Mapping[uuid.UUID, int]) -> str:
    """Say what is wrong with agreed shares, or nothing."""
    if any(not 0 <= percent <= 100 for percent in shares.values()):
        return "Enter a share from 0 to 100% for each practice."
    total = sum(shares.values())
    return f"The shares must sum to 100%: they sum to {total}%." if total != 100 else ""
