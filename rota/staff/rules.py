"""What can be said of a member of the rota without looking anything up."""

from network.vocabulary import Word


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
