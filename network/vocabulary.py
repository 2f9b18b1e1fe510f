"""Words that both wings share. Enums only, each with a label for the page; the standard library alone."""

from enum import StrEnum


class Word(StrEnum):
    """A term of the trade: stored as its value, shown as its label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Word":
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class OrganisationKind(Word):
    NETWORK = "network", "Primary care network"
    GP_PRACTICE = "gp_practice", "GP practice"
    PHARMACY = "pharmacy", "Pharmacy"
    OPTICIAN = "optician", "Optician"
    DENTAL_PRACTICE = "dental_practice", "Dental practice"
    SOCIAL_CARE = "social_care", "Council adult social care"
    COMMUNITY_TRUST = "community_trust", "Community trust"
    HOSPITAL_TRUST = "hospital_trust", "Hospital trust"
    MENTAL_HEALTH_TRUST = "mental_health_trust", "Mental health trust"
    CARE_HOME = "care_home", "Care home"
    VOLUNTARY = "voluntary", "Voluntary group"
    TRAINING_HUB = "training_hub", "Training hub"
    UNIVERSITY = "university", "University"


class Discipline(Word):
    GENERAL_PRACTICE = "general_practice", "General practice"
    NURSING = "nursing", "Nursing"
    PHARMACY = "pharmacy", "Pharmacy"
    OPTOMETRY = "optometry", "Optometry"
    DENTISTRY = "dentistry", "Dentistry"
    SOCIAL_CARE = "social_care", "Social care"
    COMMUNITY_NURSING = "community_nursing", "Community nursing"
    MENTAL_HEALTH = "mental_health", "Mental health"
    HOSPITAL_CARE = "hospital_care", "Hospital care"
    PHYSIOTHERAPY = "physiotherapy", "Physiotherapy"
    PARAMEDICINE = "paramedicine", "Paramedicine"
    VOLUNTARY = "voluntary", "Voluntary sector"
    ADMINISTRATION = "administration", "Administration"


class JobRole(Word):
    """What a person is engaged to do; the discipline follows from it."""

    GP = "gp", "GP"
    GP_REGISTRAR = "gp_registrar", "GP registrar"
    FOUNDATION_DOCTOR = "foundation_doctor", "Foundation doctor"
    NURSE = "nurse", "Practice nurse"
    HEALTHCARE_ASSISTANT = "healthcare_assistant", "Healthcare assistant"
    STUDENT_NURSE = "student_nurse", "Student nurse"
    PHARMACIST = "pharmacist", "Clinical pharmacist"
    PHARMACY_TECHNICIAN = "pharmacy_technician", "Pharmacy technician"
    TRAINEE_PHARMACIST = "trainee_pharmacist", "Foundation trainee pharmacist"
    PHYSIOTHERAPIST = "physiotherapist", "First contact physiotherapist"
    PARAMEDIC = "paramedic", "Paramedic"
    LINK_WORKER = "link_worker", "Social prescribing link worker"
    SOCIAL_WORKER = "social_worker", "Social worker"
    ASYE_SOCIAL_WORKER = "asye_social_worker", "Newly qualified social worker"
    OPTOMETRIST = "optometrist", "Optometrist"
    TRAINEE_OPTOMETRIST = "trainee_optometrist", "Trainee optometrist"
    DENTIST = "dentist", "Dentist"
    FOUNDATION_DENTIST = "foundation_dentist", "Foundation dentist"
    DENTAL_THERAPIST = "dental_therapist", "Dental therapist"
    MENTAL_HEALTH_PRACTITIONER = "mental_health_practitioner", "Mental health practitioner"
    COMMUNITY_NURSE = "community_nurse", "Community nurse"
    CONSULTANT = "consultant", "Hospital consultant"
    CARE_COORDINATOR = "care_coordinator", "Care coordinator"
    PRACTICE_MANAGER = "practice_manager", "Practice manager"
    VOLUNTARY_WORKER = "voluntary_worker", "Voluntary worker"

    @property
    def discipline(self) -> Discipline:
        return DISCIPLINE_OF[self]

    @property
    def is_learner(self) -> bool:
        return self in LEARNER_ROLES


DISCIPLINE_OF = {
    JobRole.GP: Discipline.GENERAL_PRACTICE,
    JobRole.GP_REGISTRAR: Discipline.GENERAL_PRACTICE,
    JobRole.FOUNDATION_DOCTOR: Discipline.GENERAL_PRACTICE,
    JobRole.NURSE: Discipline.NURSING,
    JobRole.HEALTHCARE_ASSISTANT: Discipline.NURSING,
    JobRole.STUDENT_NURSE: Discipline.NURSING,
    JobRole.PHARMACIST: Discipline.PHARMACY,
    JobRole.PHARMACY_TECHNICIAN: Discipline.PHARMACY,
    JobRole.TRAINEE_PHARMACIST: Discipline.PHARMACY,
    JobRole.PHYSIOTHERAPIST: Discipline.PHYSIOTHERAPY,
    JobRole.PARAMEDIC: Discipline.PARAMEDICINE,
    JobRole.LINK_WORKER: Discipline.VOLUNTARY,
    JobRole.SOCIAL_WORKER: Discipline.SOCIAL_CARE,
    JobRole.ASYE_SOCIAL_WORKER: Discipline.SOCIAL_CARE,
    JobRole.OPTOMETRIST: Discipline.OPTOMETRY,
    JobRole.TRAINEE_OPTOMETRIST: Discipline.OPTOMETRY,
    JobRole.DENTIST: Discipline.DENTISTRY,
    JobRole.FOUNDATION_DENTIST: Discipline.DENTISTRY,
    JobRole.DENTAL_THERAPIST: Discipline.DENTISTRY,
    JobRole.MENTAL_HEALTH_PRACTITIONER: Discipline.MENTAL_HEALTH,
    JobRole.COMMUNITY_NURSE: Discipline.COMMUNITY_NURSING,
    JobRole.CONSULTANT: Discipline.HOSPITAL_CARE,
    JobRole.CARE_COORDINATOR: Discipline.ADMINISTRATION,
    JobRole.PRACTICE_MANAGER: Discipline.ADMINISTRATION,
    JobRole.VOLUNTARY_WORKER: Discipline.VOLUNTARY,
}

LEARNER_ROLES = frozenset(
    {
        JobRole.GP_REGISTRAR,
        JobRole.FOUNDATION_DOCTOR,
        JobRole.STUDENT_NURSE,
        JobRole.TRAINEE_PHARMACIST,
        JobRole.ASYE_SOCIAL_WORKER,
        JobRole.TRAINEE_OPTOMETRIST,
        JobRole.FOUNDATION_DENTIST,
    }
)


class ContractType(Word):
    """How a person is engaged; working-time rules hang on this, not on the role."""

    PARTNER = "partner", "Partner (self-employed)"
    SALARIED = "salaried", "Salaried"
    AGENDA_FOR_CHANGE = "agenda_for_change", "Agenda for Change"
    ADDITIONAL_ROLES = "additional_roles", "Additional Roles scheme"
    LOCUM = "locum", "Locum"
    BANK = "bank", "Bank"
    AGENCY = "agency", "Agency"
    LEARNER = "learner", "Learner"
    COUNCIL = "council", "Council"
    VOLUNTEER = "volunteer", "Volunteer"


class FundingStream(Word):
    """Who pays for a session."""

    CORE = "core", "Core general practice contract"
    ADDITIONAL_ROLES = "additional_roles", "Additional Roles scheme"
    ENHANCED_ACCESS = "enhanced_access", "Enhanced Access"
    ENHANCED_SERVICES = "enhanced_services", "Enhanced services"
    TRAINING_TARIFF = "training_tariff", "Training tariff"
    BETTER_CARE_FUND = "better_care_fund", "Better Care Fund"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    DENTAL_CONTRACT = "dental_contract", "Dental contract"
    OPTOMETRIC_CONTRACT = "optometric_contract", "Optometric contract"
    PHARMACY_CONTRACT = "pharmacy_contract", "Pharmacy contract"
    VOLUNTARY = "voluntary", "Voluntary sector grant"


class SessionKind(Word):
    """The half-days of a day, in time order."""

    EARLY = "EAM", "Early"
    MORNING = "AM", "AM"
    AFTERNOON = "PM", "PM"
    EVENING = "EVE", "Evening"
    SATURDAY_MORNING = "SAT_AM", "Saturday AM"
    SATURDAY_AFTERNOON = "SAT_PM", "Saturday PM"


class Priority(Word):
    """How soon somebody should be seen; a due date says by when."""

    ROUTINE = "routine", "Routine"
    SOON = "soon", "Soon"
    URGENT = "urgent", "Urgent"


class RoomKind(Word):
    CONSULTING = "consulting", "Consulting room"
    TREATMENT = "treatment", "Treatment room"
    DENTAL_SURGERY = "dental_surgery", "Dental surgery"
    DARK_ROOM = "dark_room", "Sight-test (dark) room"
    GROUP = "group", "Group room"
    INTERVIEW = "interview", "Interview room"


class EquipmentKind(Word):
    ECG = "ecg", "ECG machine"
    SPIROMETER = "spirometer", "Spirometer"
    RETINAL_CAMERA = "retinal_camera", "Retinal camera"
    DENTAL_CHAIR = "dental_chair", "Dental chair"
    ULTRASOUND = "ultrasound", "Ultrasound scanner"
    SLIT_LAMP = "slit_lamp", "Slit lamp"


class RoleGroup(Word):
    """Who can cover a line of demand: a group of job roles that stand in for each other."""

    GP = "gp", "GP"
    NURSE = "nurse", "Nurse"
    HEALTHCARE_ASSISTANT = "healthcare_assistant", "Healthcare assistant"
    PHARMACIST = "pharmacist", "Pharmacist"
    PHARMACY_TECHNICIAN = "pharmacy_technician", "Pharmacy technician"
    PHYSIOTHERAPIST = "physiotherapist", "Physiotherapist"
    PARAMEDIC = "paramedic", "Paramedic"
    LINK_WORKER = "link_worker", "Link worker"
    SOCIAL_WORKER = "social_worker", "Social worker"
    OPTOMETRIST = "optometrist", "Optometrist"
    DENTIST = "dentist", "Dentist"
    DENTAL_THERAPIST = "dental_therapist", "Dental therapist"
    MENTAL_HEALTH = "mental_health", "Mental health practitioner"
    CARE_COORDINATOR = "care_coordinator", "Care coordinator"

    @property
    def roles(self) -> frozenset[JobRole]:
        """The job roles of the group, learners among them (a supernumerary learner never counts as cover)."""
        return GROUPS[self]

    @property
    def discipline(self) -> Discipline:
        """What the people of the group are of: one discipline, whatever their role."""
        return next(role.discipline for role in JobRole if role in self.roles)


GROUPS = {
    RoleGroup.GP: frozenset({JobRole.GP, JobRole.GP_REGISTRAR, JobRole.FOUNDATION_DOCTOR}),
    RoleGroup.NURSE: frozenset({JobRole.NURSE, JobRole.STUDENT_NURSE}),
    RoleGroup.HEALTHCARE_ASSISTANT: frozenset({JobRole.HEALTHCARE_ASSISTANT}),
    RoleGroup.PHARMACIST: frozenset({JobRole.PHARMACIST, JobRole.TRAINEE_PHARMACIST}),
    RoleGroup.PHARMACY_TECHNICIAN: frozenset({JobRole.PHARMACY_TECHNICIAN}),
    RoleGroup.PHYSIOTHERAPIST: frozenset({JobRole.PHYSIOTHERAPIST}),
    RoleGroup.PARAMEDIC: frozenset({JobRole.PARAMEDIC}),
    RoleGroup.LINK_WORKER: frozenset({JobRole.LINK_WORKER}),
    RoleGroup.SOCIAL_WORKER: frozenset({JobRole.SOCIAL_WORKER, JobRole.ASYE_SOCIAL_WORKER}),
    RoleGroup.OPTOMETRIST: frozenset({JobRole.OPTOMETRIST, JobRole.TRAINEE_OPTOMETRIST}),
    RoleGroup.DENTIST: frozenset({JobRole.DENTIST, JobRole.FOUNDATION_DENTIST}),
    RoleGroup.DENTAL_THERAPIST: frozenset({JobRole.DENTAL_THERAPIST}),
    RoleGroup.MENTAL_HEALTH: frozenset({JobRole.MENTAL_HEALTH_PRACTITIONER}),
    RoleGroup.CARE_COORDINATOR: frozenset({JobRole.CARE_COORDINATOR}),
}


class Activity(Word):
    """What a session is spent on."""

    SURGERY = "surgery", "Surgery"
    DUTY = "duty", "Duty doctor"
    ENHANCED_ACCESS = "enhanced_access", "Enhanced access"
    CLINIC = "clinic", "Clinic"
    HOME_VISITS = "home_visits", "Home visits"
    CARE_HOME_ROUND = "care_home_round", "Care home round"
    MEDICATION_REVIEW = "medication_review", "Medication reviews"
    SIGHT_TESTS = "sight_tests", "Sight tests"
    DENTAL = "dental", "Dental session"
    SOCIAL_CARE = "social_care", "Social care assessments"
    ADMIN = "admin", "Administration"
    PROTECTED = "protected", "Protected development time"
    SELF_DIRECTED_LEARNING = "self_directed_learning", "Self-directed learning"
    TEACHING = "teaching", "Structured teaching"
    STUDY = "study", "Study"
    MEETING = "meeting", "Meeting"
    EXPOSURE = "exposure", "Exposure session"
