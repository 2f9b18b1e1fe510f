"""How those who worked with a person's record are named to the person."""

from network.access.rules import Role
from network.audit.rules import DeedKind

# What people did with a record, to be followed by how often.
DID: dict[DeedKind, str] = {
    DeedKind.VIEW: "looked at it",
    DeedKind.SEARCH: "looked you up",
    DeedKind.CREATE: "wrote something down",
    DeedKind.CHANGE: "changed something",
    DeedKind.PRINT: "printed it",
    DeedKind.EXPORT: "made a copy",
    DeedKind.SEND: "told somebody",
    DeedKind.EMERGENCY: "opened it in an emergency",
    DeedKind.SIGN_IN: "signed in",
}
# What those who meet patients do, in words that need no explaining.
WORKS_AS: dict[Role, str] = {
    Role.CHAIR: "Leads the team's meetings",
    Role.CARE_COORDINATOR: "Care coordinator",
    Role.CLINICIAN: "Nurse, doctor or other clinician",
    Role.SOCIAL_CARE_MEMBER: "Social care",
    Role.VOLUNTARY_MEMBER: "Charity or community group",
    Role.LEARNER: "Learns with the team",
    Role.GOVERNANCE_LEAD: "Checks that records are kept safe",
}
OWN_LINK = "You, or whoever has your link"
CARERS_LINK = "Your carer, by their link"
