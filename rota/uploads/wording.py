"""What drop-downs of the template offer, and how a filled-in row looks."""

from network.vocabulary import Activity, ContractType, FundingStream, JobRole, RoleGroup, RoomKind, Word
from rota.leave.rules import AbsenceKind, AbsenceState
from rota.staff.rules import CredentialKind
from rota.tables.rules import Half, SheetName


def _labels(words: type[Word]) -> tuple[str, ...]:
    return tuple(word.label for word in words)


NO_PATTERN = "No working pattern"
NO_INDUCTION = "No induction at any site"
OFFERS = {
    "roles": _labels(JobRole),
    "contracts": _labels(ContractType),
    "yes_or_no": ("yes", "no"),
    "kinds": _labels(AbsenceKind),
    "halves": _labels(Half),
    "states": (AbsenceState.APPROVED.label, AbsenceState.REQUESTED.label),
    "groups": _labels(RoleGroup),
    "activities": _labels(Activity),
    "rooms": _labels(RoomKind),
    "streams": _labels(FundingStream),
    "credentials": _labels(CredentialKind),
    "learners": tuple(role.label for role in JobRole if role.is_learner),
    "patterns": ("x", "likes", *(activity.label for activity in Activity)),
}
WHO = {"name": "Amy Example"}
EXAMPLES: dict[str, dict[str, str]] = {
    SheetName.STAFF: {
        "title": "Dr",
        "given_name": "Amy",
        "family_name": "Example",
        "email": "amy@example.org",
        "employer": "Elm Surgery",
        "role": "GP",
        "contract": "Salaried",
        "sessions": "6",
        "session_minutes": "250",
        "starts_on": "01/04/2024",
        "home_site": "ELM",
        "competencies": "Duty doctor",
        "funding": "core 100%",
    },
    SheetName.PATTERNS: {
        **WHO,
        "starts_on": "01/04/2024",
        "Monday AM": "x",
        "Monday PM": "x",
        "Tuesday AM": "likes",
        "Tuesday PM": "Teaching",
        "Wednesday AM": "",
    },
    SheetName.CREDENTIALS: {**WHO, "kind": "GMC", "number": "1234567", "expires_on": "31/03/2027"},
    SheetName.INDUCTIONS: {**WHO, "sites": "ELM, OAK", "inducted_on": "02/04/2024"},
    SheetName.SUPERVISION: {**WHO, "learner": "GP registrar", "minutes": "30", "most_learners": "1"},
    SheetName.LEAVE: {
        **WHO,
        "kind": "Annual leave",
        "starts_on": "07/12/2026",
        "begins": "AM",
        "ends_on": "11/12/2026",
        "ends": "PM",
    },
    SheetName.DEMAND: {
        "site": "ELM",
        "session": "Mon-Fri AM",
        "role_group": "GP",
        "activity": "Surgery",
        "minimum": "2",
        "desired": "3",
        "maximum": "4",
    },
}
