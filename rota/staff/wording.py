"""How members of the rota are put into words; states come with a mark, never with a colour alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from network.organisations.rules import WEEK_ROWS, WEEKDAYS
from network.plumbing.templating import full_date, plural
from network.vocabulary import JobRole
from rota.staff.rules import (
    Availability,
    CredentialKind,
    CredentialState,
    Pattern,
    PatternChoice,
    PatternSlot,
    credential_state,
    latest_by_kind,
    required_credentials,
)

SHORT_NAMES = {
    CredentialKind.GMC: "GMC registration",
    CredentialKind.NMC: "NMC registration",
    CredentialKind.GPHC: "GPhC registration",
    CredentialKind.GDC: "GDC registration",
    CredentialKind.GOC: "GOC registration",
    CredentialKind.HCPC: "HCPC registration",
    CredentialKind.SWE: "Social Work England registration",
    CredentialKind.DBS: "DBS check",
    CredentialKind.INDEMNITY: "Indemnity",
    CredentialKind.BASIC_LIFE_SUPPORT: "Basic life support",
    CredentialKind.RIGHT_TO_WORK: "Right to work",
}
TONES = {
    CredentialState.VALID: ("good", "✓"),
    CredentialState.SOON: ("plain", "▽"),
    CredentialState.VERY_SOON: ("warning", "▲"),
    CredentialState.THIS_WEEK: ("warning", "▲▲"),
    CredentialState.EXPIRED: ("bad", "✕"),
}
NOT_WORKED = "–"
SHADES = {
    Availability.AVAILABLE: "is-yes",
    Availability.PREFERRED: "is-liked",
    Availability.NEVER: "is-never",
    Availability.FIXED: "is-fixed",
}


@dataclass(frozen=True)
class Flag:
    """A short word on a state, with its tone and its mark."""

    text: str
    tone: str
    mark: str


def validity(expires_on: date | None, day: date) -> Flag:
    """Say how long a credential still holds."""
    tone, mark = TONES[credential_state(expires_on, day)]
    return Flag(_until(expires_on, day), tone, mark)


def warnings(
    role: JobRole, credentials: Iterable[tuple[CredentialKind, date | None]], day: date
) -> list[Flag]:
    """Say which credentials are missing, out of date or soon to run out; a renewal stands for the old one."""
    latest = latest_by_kind(credentials)
    missing = [kind for kind in CredentialKind if kind in required_credentials(role) and kind not in latest]
    flags = [Flag(f"No {SHORT_NAMES[kind]} recorded", "bad", "✕") for kind in missing]
    for kind, expires_on in sorted(latest.items(), key=lambda item: item[1] or date.max):
        state = credential_state(expires_on, day)
        if state is not CredentialState.VALID:
            tone, mark = TONES[state]
            flags.append(Flag(f"{SHORT_NAMES[kind]}: {_lower(_until(expires_on, day))}", tone, mark))
    return flags


Cell = tuple[str, str]
Week = list[tuple[str, list[Cell]]]


def weeks_of(pattern: Pattern) -> list[Week]:
    """Put a pattern into weeks of rows: a day's name and its cells, each a word and a shade."""
    return [
        [
            (WEEKDAYS[weekday], [_cell(pattern, week, weekday, kind) for kind in kinds])
            for weekday, kinds in WEEK_ROWS
        ]
        for week in range(1, pattern.cycle_weeks + 1)
    ]


def choice_said(choice: PatternChoice | None) -> str:
    """Say what a session of a pattern holds."""
    if choice is None:
        return NOT_WORKED
    return choice.activity.label if choice.activity else choice.availability.label


def _cell(pattern: Pattern, week: int, weekday: int, kind: object) -> Cell:
    if kind is None:
        return "", "is-off"
    choice = pattern.choices.get(PatternSlot(week, weekday, kind))  # type: ignore[arg-type]
    return choice_said(choice), SHADES[choice.availability] if choice else "is-off"


def _until(expires_on: date | None, day: date) -> str:
    if expires_on is None:
        return "Does not run out"
    left = (expires_on - day).days
    if left < 0:
        return f"Ran out on {full_date(expires_on)}"
    if left > 60:
        return f"Until {full_date(expires_on)}"
    when = "today" if left == 0 else f"in {plural(left, 'day')}"
    return f"Runs out {when}, on {full_date(expires_on)}"


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
