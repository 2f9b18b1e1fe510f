"""What payroll is told: one line for each person and session, worked or away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from network.vocabulary import SessionKind
from rota.leave.rules import NEED_TO_KNOW, AbsenceKind

WORKED = "Worked"
ABSENCE = "Absence"

HEADINGS = (
    "Employer",
    "Person",
    "Role",
    "Date",
    "Session",
    "Site",
    "Start",
    "End",
    "Minutes",
    "Category",
    "Activity",
    "Funding stream",
    "Source",
    "Status",
)


@dataclass(frozen=True)
class PayLine:
    """One session of one person. Times are empty for leave: nobody was anywhere."""

    employer: str
    person: str
    role: str
    day: date
    kind: SessionKind
    site: str
    starts: datetime | None
    ends: datetime | None
    minutes: int
    category: str
    activity: str = ""
    stream: str = ""
    source: str = ""

    @property
    def order(self) -> tuple[str, str, date, int]:
        return self.employer, self.person, self.day, list(SessionKind).index(self.kind)

    def as_row(self, status: str) -> tuple[str | int, ...]:
        """Give the line as a row under the headings."""
        return (
            self.employer,
            self.person,
            self.role,
            self.day.isoformat(),
            self.kind.label,
            self.site,
            f"{self.starts:%H:%M}" if self.starts else "",
            f"{self.ends:%H:%M}" if self.ends else "",
            self.minutes,
            self.category,
            self.activity,
            self.stream,
            self.source,
            status,
        )


def category_of(kind: AbsenceKind) -> str:
    """Name leave as payroll needs it: why somebody is ill or bereaved is not payroll's business."""
    return ABSENCE if kind in NEED_TO_KNOW else kind.label


def in_order(lines: Iterable[PayLine]) -> list[PayLine]:
    return sorted(lines, key=lambda line: line.order)
