"""The sheet of staff: a person and a post on each row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from network.vocabulary import ContractType, FundingStream, JobRole
from rota.staff.rules import wrong_with_split
from rota.tables.rules import Cells, Place


@dataclass(frozen=True)
class StaffLine:
    """A person and one post. None and empty text stand for cells that were left empty."""

    place: Place
    title: str
    given_name: str
    family_name: str
    email: str
    employer: str
    role: JobRole
    contract: ContractType
    sessions: float
    session_minutes: int | None
    full_time_hours: float | None
    annualised: bool | None
    starts_on: date
    ends_on: date | None
    home_site: str
    competencies: tuple[str, ...]
    funding: Mapping[FundingStream, int]


def read_staff(cells: Cells) -> StaffLine | None:
    """Read a row of the sheet of staff."""
    given, family = cells.text("given_name"), cells.text("family_name")
    email = cells.text("email")
    if email and ("@" not in email or " " in email):
        cells.wrong("email", "Enter an email address, such as a.example@example.org.")
    line = {
        "title": cells.text("title"),
        "given_name": given,
        "family_name": family,
        "email": email,
        "employer": cells.text("employer"),
        "role": cells.word("role", JobRole, "roles"),
        "contract": cells.word("contract", ContractType, "contracts"),
        "sessions": cells.number("sessions", 0, 14),
        "session_minutes": cells.whole("session_minutes", 30, 720),
        "full_time_hours": cells.number("full_time_hours", 1, 60),
        "annualised": cells.yes_or_no("annualised"),
        "starts_on": cells.day("starts_on"),
        "ends_on": cells.day("ends_on"),
        "home_site": cells.text("home_site"),
        "competencies": cells.parts("competencies", str),
        "funding": _read_shares(cells),
    }
    # Where all is good, nothing that is required is missing.
    return StaffLine(cells.place, **line) if cells.is_good else None  # type: ignore[arg-type]


def _read_shares(cells: Cells) -> dict[FundingStream, int]:
    def share(part: str) -> tuple[FundingStream, int]:
        words, _, number = part.removesuffix("%").strip().rpartition(" ")
        if not number.isdecimal():
            return cells.meant(part, FundingStream, "streams"), 100
        return cells.meant(words, FundingStream, "streams"), int(number)

    shares = cells.parts(
        "funding", share, "Enter streams with shares, such as: core 60%, training tariff 40%."
    )
    if shares and (wrong := wrong_with_split(dict(shares))):
        cells.wrong("funding", wrong)
    return dict(shares)
