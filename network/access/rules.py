"""Who may do what, and how far: one table, read from top to bottom.

Source: the role tables of the product's design, after the General Medical Council's conditions for sharing
(only those involved in the person's care) and the scopes of a network's organisation tree.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto

from network.vocabulary import Word


class Role(Word):
    # Workforce
    STAFF = "staff", "Staff member"
    TRAINEE = "trainee", "Trainee"
    PRACTICE_MANAGER = "practice_manager", "Practice manager"
    WORKFORCE_MANAGER = "workforce_manager", "Network workforce manager"
    CLINICAL_LEAD = "clinical_lead", "Clinical lead or supervisor"
    CLINIC_LEAD = "clinic_lead", "Clinic lead"
    ROTATION_LEAD = "rotation_lead", "Rotation lead"
    HOST_LEAD = "host_lead", "Placement host lead"
    FINANCE_VIEWER = "finance_viewer", "Finance viewer"
    ADMINISTRATOR = "administrator", "Network administrator"
    # Meetings
    CHAIR = "chair", "MDT chair"
    CARE_COORDINATOR = "care_coordinator", "Care coordinator"
    CLINICIAN = "clinician", "Clinician member"
    SOCIAL_CARE_MEMBER = "social_care_member", "Social care member"
    VOLUNTARY_MEMBER = "voluntary_member", "Voluntary sector member"
    LEARNER = "learner", "Learner with the team"
    GOVERNANCE_LEAD = "governance_lead", "Information governance lead"


class Permission(StrEnum):
    SEE_ROTA = auto()
    EDIT_ROTA = auto()
    FILL_ROTA = auto()
    PLAN_ROTA = auto()
    ASK_FOR_SESSIONS = auto()
    PUBLISH_ROTA = auto()
    SEE_STAFF = auto()
    EDIT_STAFF = auto()
    SEE_LEAVE = auto()
    REQUEST_LEAVE = auto()
    APPROVE_LEAVE = auto()
    SEE_SICKNESS = auto()
    SEE_DEMAND = auto()
    EDIT_DEMAND = auto()
    SEE_RULEBOOK = auto()
    EDIT_RULEBOOK = auto()
    OVERRIDE_RULE = auto()
    IMPORT_WORKBOOK = auto()
    SEE_SUPERVISION = auto()
    EDIT_SUPERVISION = auto()
    SEE_CLINICS = auto()
    EDIT_CLINICS = auto()
    SEE_ROTATIONS = auto()
    EDIT_ROTATIONS = auto()
    SEE_LEARNER_NEEDS = auto()
    SEE_OWN_TRAINING = auto()
    SEE_LEARNING = auto()
    OFFER_PLACEMENTS = auto()
    HOST_LEARNERS = auto()
    SEE_COUNTS = auto()
    SEE_EVIDENCE = auto()
    SEE_EFFORT = auto()
    EDIT_FUNDING = auto()
    EXPORT_PAYROLL = auto()
    SEE_CASES = auto()
    REFER_CASES = auto()
    FIND_CASES = auto()
    CONTRIBUTE = auto()
    ACT = auto()
    BUILD_LISTS = auto()
    RUN_MEETINGS = auto()
    SEE_SHARING = auto()
    EDIT_SHARING = auto()
    BREAK_GLASS = auto()
    MERGE_PEOPLE = auto()
    GIVE_COPIES = auto()
    REMOVE_PEOPLE = auto()
    SEE_ORGANISATIONS = auto()
    EDIT_ORGANISATIONS = auto()
    SEE_ACCOUNTS = auto()
    EDIT_ACCOUNTS = auto()
    SEE_AUDIT = auto()


class Scope(StrEnum):
    """How far a permission reaches."""

    OWN = auto()  # what is about oneself
    RELATED = auto()  # cases one is asked about, invited to, or acts on
    CHAIRED = auto()  # cases on meetings one chairs
    ORGANISATION = auto()  # the organisation the role was given at
    NETWORK = auto()  # the whole network


P, S = Permission, Scope

EVERYONE = {
    P.REQUEST_LEAVE: S.OWN,
    P.SEE_LEAVE: S.OWN,
    P.ASK_FOR_SESSIONS: S.OWN,
    P.SEE_ORGANISATIONS: S.NETWORK,
}

TABLE: dict[Role, dict[Permission, Scope]] = {
    Role.STAFF: EVERYONE | {P.SEE_ROTA: S.NETWORK, P.SEE_STAFF: S.OWN},
    Role.TRAINEE: EVERYONE
    | {
        P.SEE_ROTA: S.NETWORK,
        P.SEE_STAFF: S.OWN,
        P.SEE_OWN_TRAINING: S.OWN,
        P.SEE_LEARNING: S.NETWORK,
    },
    Role.PRACTICE_MANAGER: EVERYONE
    | {
        P.SEE_ROTA: S.NETWORK,
        P.EDIT_ROTA: S.ORGANISATION,
        P.FILL_ROTA: S.ORGANISATION,
        P.SEE_STAFF: S.ORGANISATION,
        P.EDIT_STAFF: S.ORGANISATION,
        P.SEE_LEAVE: S.ORGANISATION,
        P.APPROVE_LEAVE: S.ORGANISATION,
        P.SEE_SICKNESS: S.ORGANISATION,
        P.SEE_DEMAND: S.NETWORK,
        P.EDIT_DEMAND: S.ORGANISATION,
        P.SEE_RULEBOOK: S.NETWORK,
        P.OVERRIDE_RULE: S.ORGANISATION,
        P.SEE_COUNTS: S.ORGANISATION,
        P.SEE_EVIDENCE: S.ORGANISATION,
        P.SEE_EFFORT: S.ORGANISATION,
        P.EXPORT_PAYROLL: S.ORGANISATION,
        P.SEE_CLINICS: S.NETWORK,
    },
    Role.WORKFORCE_MANAGER: EVERYONE
    | {
        P.SEE_ROTA: S.NETWORK,
        P.EDIT_ROTA: S.NETWORK,
        P.FILL_ROTA: S.NETWORK,
        P.PLAN_ROTA: S.NETWORK,
        P.PUBLISH_ROTA: S.NETWORK,
        P.SEE_STAFF: S.NETWORK,
        P.EDIT_STAFF: S.NETWORK,
        P.SEE_LEAVE: S.NETWORK,
        P.APPROVE_LEAVE: S.NETWORK,
        P.SEE_SICKNESS: S.NETWORK,
        P.SEE_DEMAND: S.NETWORK,
        P.EDIT_DEMAND: S.NETWORK,
        P.SEE_RULEBOOK: S.NETWORK,
        P.EDIT_RULEBOOK: S.NETWORK,
        P.OVERRIDE_RULE: S.NETWORK,
        P.IMPORT_WORKBOOK: S.NETWORK,
        P.SEE_SUPERVISION: S.NETWORK,
        P.SEE_CLINICS: S.NETWORK,
        P.EDIT_CLINICS: S.NETWORK,
        P.SEE_COUNTS: S.NETWORK,
        P.SEE_EFFORT: S.NETWORK,
        P.EDIT_FUNDING: S.NETWORK,
        P.EXPORT_PAYROLL: S.NETWORK,
        P.SEE_ROTATIONS: S.NETWORK,
    },
    Role.CLINICAL_LEAD: EVERYONE
    | {
        P.SEE_LEARNING: S.NETWORK,
        P.SEE_ROTA: S.NETWORK,
        P.SEE_STAFF: S.ORGANISATION,
        P.SEE_LEAVE: S.ORGANISATION,
        P.SEE_DEMAND: S.NETWORK,
        P.SEE_RULEBOOK: S.NETWORK,
        P.OVERRIDE_RULE: S.ORGANISATION,
        P.SEE_SUPERVISION: S.ORGANISATION,
        P.EDIT_SUPERVISION: S.ORGANISATION,
        P.SEE_ROTATIONS: S.ORGANISATION,
    },
    Role.CLINIC_LEAD: EVERYONE | {P.SEE_ROTA: S.NETWORK, P.SEE_CLINICS: S.NETWORK, P.EDIT_CLINICS: S.NETWORK},
    Role.ROTATION_LEAD: EVERYONE
    | {
        P.SEE_LEARNING: S.NETWORK,
        P.SEE_ROTATIONS: S.NETWORK,
        P.EDIT_ROTATIONS: S.NETWORK,
        # What a learner needs, and whom they must not meet: nobody else's business.
        P.SEE_LEARNER_NEEDS: S.NETWORK,
        P.OFFER_PLACEMENTS: S.NETWORK,
        P.SEE_SUPERVISION: S.NETWORK,
        P.SEE_RULEBOOK: S.NETWORK,
    },
    Role.HOST_LEAD: EVERYONE
    | {
        P.SEE_LEARNING: S.NETWORK,
        P.OFFER_PLACEMENTS: S.ORGANISATION,
        P.HOST_LEARNERS: S.ORGANISATION,
        P.SEE_ROTATIONS: S.ORGANISATION,
        P.SEE_SUPERVISION: S.ORGANISATION,
    },
    Role.FINANCE_VIEWER: {
        P.SEE_COUNTS: S.NETWORK,
        P.SEE_EFFORT: S.NETWORK,
        P.EDIT_FUNDING: S.NETWORK,
        P.SEE_ORGANISATIONS: S.NETWORK,
    },
    Role.ADMINISTRATOR: {
        P.SEE_ACCOUNTS: S.NETWORK,
        P.EDIT_ACCOUNTS: S.NETWORK,
        P.SEE_ORGANISATIONS: S.NETWORK,
        P.EDIT_ORGANISATIONS: S.NETWORK,
        P.SEE_RULEBOOK: S.NETWORK,
        P.EDIT_RULEBOOK: S.NETWORK,
        P.SEE_AUDIT: S.NETWORK,
    },
    Role.CHAIR: {
        P.SEE_LEARNING: S.NETWORK,
        P.SEE_CASES: S.CHAIRED,
        P.RUN_MEETINGS: S.CHAIRED,
        P.REFER_CASES: S.NETWORK,
        P.FIND_CASES: S.ORGANISATION,
        P.CONTRIBUTE: S.CHAIRED,
        P.ACT: S.OWN,
        P.BREAK_GLASS: S.NETWORK,
        P.SEE_EVIDENCE: S.NETWORK,
        P.SEE_EFFORT: S.NETWORK,
        P.SEE_ORGANISATIONS: S.NETWORK,
    },
    Role.CARE_COORDINATOR: {
        P.SEE_LEARNING: S.NETWORK,
        P.SEE_CASES: S.NETWORK,
        P.REFER_CASES: S.NETWORK,
        P.FIND_CASES: S.NETWORK,
        P.BUILD_LISTS: S.NETWORK,
        P.CONTRIBUTE: S.NETWORK,
        P.ACT: S.NETWORK,
        P.SEE_SHARING: S.NETWORK,
        P.MERGE_PEOPLE: S.NETWORK,
        P.GIVE_COPIES: S.NETWORK,
        P.REMOVE_PEOPLE: S.NETWORK,
        P.SEE_EVIDENCE: S.NETWORK,
        P.SEE_EFFORT: S.NETWORK,
        P.SEE_ORGANISATIONS: S.NETWORK,
    },
    Role.CLINICIAN: {
        P.SEE_LEARNING: S.NETWORK,
        P.SEE_CASES: S.RELATED,
        P.REFER_CASES: S.NETWORK,
        # Only those whose care they are in charge of: people of their own practice.
        P.FIND_CASES: S.ORGANISATION,
        P.CONTRIBUTE: S.RELATED,
        P.ACT: S.OWN,
        P.BREAK_GLASS: S.NETWORK,
        P.SEE_ORGANISATIONS: S.NETWORK,
    },
    Role.SOCIAL_CARE_MEMBER: {
        P.SEE_LEARNING: S.NETWORK,
        P.SEE_CASES: S.RELATED,
        P.REFER_CASES: S.NETWORK,
        P.CONTRIBUTE: S.RELATED,
        P.ACT: S.OWN,
        P.BREAK_GLASS: S.NETWORK,
        P.SEE_ORGANISATIONS: S.NETWORK,
    },
    Role.VOLUNTARY_MEMBER: {
        P.SEE_CASES: S.RELATED,
        P.REFER_CASES: S.NETWORK,
        P.CONTRIBUTE: S.RELATED,
        P.ACT: S.OWN,
        P.SEE_ORGANISATIONS: S.NETWORK,
    },
    # Sees the cases that a coordinator lets them see, one by one and for a time.
    Role.LEARNER: {P.SEE_CASES: S.RELATED, P.SEE_LEARNING: S.NETWORK, P.SEE_ORGANISATIONS: S.NETWORK},
    Role.GOVERNANCE_LEAD: {
        P.SEE_AUDIT: S.NETWORK,
        P.SEE_SHARING: S.NETWORK,
        P.EDIT_SHARING: S.NETWORK,
        P.MERGE_PEOPLE: S.NETWORK,
        P.REMOVE_PEOPLE: S.NETWORK,
        P.SEE_ORGANISATIONS: S.NETWORK,
    },
}

# Roles that meet patient data; they need a second factor unless their network says otherwise.
PATIENT_FACING = frozenset(
    {
        Role.CHAIR,
        Role.CARE_COORDINATOR,
        Role.CLINICIAN,
        Role.SOCIAL_CARE_MEMBER,
        Role.VOLUNTARY_MEMBER,
        Role.LEARNER,
        Role.GOVERNANCE_LEAD,
    }
)


def holds_on(day: date, starts_on: date | None, ends_on: date | None) -> bool:
    """Does something with a first and a last day, each of which may be open, hold on that day?"""
    return (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)


@dataclass(frozen=True)
class Grant:
    """One role at one organisation of a network, for a time."""

    role: Role
    organisation_id: uuid.UUID
    starts_on: date | None = None
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return holds_on(day, self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Actor:
    """Who acts: an account at work in one network, with the grants that hold today."""

    name: str
    account_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    network_id: uuid.UUID | None = None
    grants: tuple[Grant, ...] = field(default=())
    is_system: bool = False

    def may_somewhere(self, permission: Permission) -> bool:
        """Is the page worth opening at all?"""
        return self.is_system or any(permission in TABLE[grant.role] for grant in self.grants)

    def may(
        self,
        permission: Permission,
        *,
        organisation_id: uuid.UUID | None = None,
        person_id: uuid.UUID | None = None,
    ) -> bool:
        """May this be done to something of that organisation, or about that person?"""
        return self.is_system or any(
            self._reaches(grant, TABLE[grant.role].get(permission), organisation_id, person_id)
            for grant in self.grants
        )

    def organisations_for(self, permission: Permission) -> frozenset[uuid.UUID] | None:
        """Return the organisations the permission reaches, None meaning all of the network's."""
        scopes = [(grant, TABLE[grant.role].get(permission)) for grant in self.grants]
        if self.is_system or any(scope is Scope.NETWORK for _, scope in scopes):
            return None
        return frozenset(grant.organisation_id for grant, scope in scopes if scope is Scope.ORGANISATION)

    def _reaches(
        self,
        grant: Grant,
        scope: Scope | None,
        organisation_id: uuid.UUID | None,
        person_id: uuid.UUID | None,
    ) -> bool:
        if scope is Scope.NETWORK:
            return True
        if scope is Scope.ORGANISATION:
            return organisation_id is not None and organisation_id == grant.organisation_id
        if scope is Scope.OWN:
            return person_id is not None and person_id == self.person_id
        return False


SYSTEM = Actor(name="Quorate", is_system=True)
