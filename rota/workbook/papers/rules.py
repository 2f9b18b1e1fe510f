"""The sheets of what people must show before they can be planned, and of whom they may supervise."""

from dataclasses import dataclass
from datetime import date

from network.vocabulary import JobRole
from rota.staff.rules import LONGEST_SUPERVISION, MOST_LEARNERS, CredentialKind
from rota.tables.rules import Cells, Place, Who

ALL_SITES = frozenset({"all", "all sites", "every site", "everywhere"})


@dataclass(frozen=True)
class CredentialLine:
    """A registration, check or cover; several kinds where they run out on one day."""

    place: Place
    who: Who
    kinds: tuple[CredentialKind, ...]
    number: str
    issued_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class InductionLine:
    """The sites that somebody was shown round; no sites stand for all of the network."""

    place: Place
    who: Who
    sites: tuple[str, ...]
    inducted_on: date | None


@dataclass(frozen=True)
class SupervisionLine:
    """Whom somebody may supervise."""

    place: Place
    who: Who
    learner: JobRole
    minutes: int
    most_learners: int
    starts_on: date | None
    ends_on: date | None


def read_credential(cells: Cells) -> CredentialLine | None:
    """Read a row of the sheet of credentials."""
    who = cells.who()
    said = "Enter one such as GMC, NMC, DBS, indemnity or BLS."
    kinds = cells.parts("kind", lambda part: cells.meant(part, CredentialKind, "credentials"), said)
    number, issued_on, expires_on = cells.text("number"), cells.day("issued_on"), cells.day("expires_on")
    if cells.is_good and not kinds:
        cells.wrong("kind", said)
    if len(kinds) > 1 and number:
        cells.wrong("number", "Give each credential with a number a row of its own.")
    return CredentialLine(cells.place, who, kinds, number, issued_on, expires_on) if cells.is_good else None


def read_induction(cells: Cells) -> InductionLine | None:
    """Read a row of the sheet of inductions."""
    who, sites, day = cells.who(), cells.parts("sites", str), cells.day("inducted_on")
    everywhere = len(sites) == 1 and sites[0].casefold() in ALL_SITES
    if cells.is_good and not sites:
        cells.wrong("sites", "Enter the codes of sites, or 'all'.")
    return InductionLine(cells.place, who, () if everywhere else sites, day) if cells.is_good else None


def read_supervision(cells: Cells) -> SupervisionLine | None:
    """Read a row of the sheet of supervision approvals."""
    who, learner = cells.who(), cells.word("learner", JobRole, "roles")
    minutes = cells.whole("minutes", 1, LONGEST_SUPERVISION)
    most = cells.whole("most_learners", 1, MOST_LEARNERS)
    starts_on, ends_on = cells.day("starts_on"), cells.day("ends_on")
    if not cells.is_good or learner is None or minutes is None:
        return None
    return SupervisionLine(cells.place, who, learner, minutes, most or 1, starts_on, ends_on)
