"""What the demo invents: the weekly demand line by line, and how many people need a one-stop clinic."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from network.invented import SATURDAY, WORKDAYS
from network.vocabulary import (
    Activity,
    Discipline,
    FundingStream,
    Priority,
    RoleGroup,
    RoomKind,
    SessionKind,
)
from rota.demand.rules import Want

AM, PM = SessionKind.MORNING, SessionKind.AFTERNOON
MORNINGS, AFTERNOONS = tuple(product(WORKDAYS, [AM])), tuple(product(WORKDAYS, [PM]))
DAYTIME = (*MORNINGS, *AFTERNOONS)
EVENINGS = tuple(product(WORKDAYS, [SessionKind.EVENING]))
SATURDAYS = tuple(product([SATURDAY], [SessionKind.SATURDAY_MORNING, SessionKind.SATURDAY_AFTERNOON]))
TWO_MORNINGS, TWO_AFTERNOONS = ((1, AM), (3, AM)), ((1, PM), (3, PM))

G, A, R, F = RoleGroup, Activity, RoomKind, FundingStream


@dataclass(frozen=True)
class Line:
    """The same cover in several sessions; `cover` is least, desired and most."""

    group: RoleGroup
    activity: Activity
    when: tuple[tuple[int, SessionKind], ...]
    cover: tuple[int, int, int]
    room: RoomKind | None = None
    funding: FundingStream = FundingStream.CORE

    def wants(self) -> Iterator[Want]:
        for weekday, kind in self.when:
            yield Want(
                weekday, kind, self.group, self.activity, *self.cover, room=self.room, funding=self.funding
            )


EVERY_SURGERY = (
    Line(G.GP, A.DUTY, DAYTIME, (1, 1, 1), R.CONSULTING),
    Line(G.GP, A.SURGERY, AFTERNOONS, (1, 1, 3), R.CONSULTING),
    Line(G.HEALTHCARE_ASSISTANT, A.CLINIC, MORNINGS, (0, 1, 1), R.TREATMENT),
    Line(G.HEALTHCARE_ASSISTANT, A.CLINIC, AFTERNOONS, (0, 0, 1), R.TREATMENT),
    Line(G.PHARMACIST, A.MEDICATION_REVIEW, TWO_MORNINGS, (0, 1, 2), R.CONSULTING, F.ADDITIONAL_ROLES),
    Line(G.PHARMACY_TECHNICIAN, A.MEDICATION_REVIEW, TWO_AFTERNOONS, (0, 1, 1), None, F.ADDITIONAL_ROLES),
    Line(G.LINK_WORKER, A.CLINIC, TWO_MORNINGS, (0, 1, 1), R.INTERVIEW, F.ADDITIONAL_ROLES),
    Line(G.MENTAL_HEALTH, A.CLINIC, TWO_AFTERNOONS[:1], (0, 1, 1), R.CONSULTING, F.ADDITIONAL_ROLES),
)
LARGE_SURGERY = (
    Line(G.GP, A.SURGERY, MORNINGS, (1, 2, 4), R.CONSULTING),
    Line(G.NURSE, A.CLINIC, DAYTIME, (1, 1, 2), R.TREATMENT),
)
SMALL_SURGERY = (
    Line(G.GP, A.SURGERY, MORNINGS, (1, 1, 3), R.CONSULTING),
    Line(G.NURSE, A.CLINIC, MORNINGS, (1, 1, 2), R.TREATMENT),
    Line(G.NURSE, A.CLINIC, AFTERNOONS, (0, 1, 2), R.TREATMENT),
)
HUB = (
    Line(G.PHYSIOTHERAPIST, A.CLINIC, DAYTIME, (1, 2, 3), R.CONSULTING, F.ADDITIONAL_ROLES),
    Line(G.PARAMEDIC, A.HOME_VISITS, DAYTIME, (1, 1, 2), None, F.ADDITIONAL_ROLES),
    Line(G.PHARMACIST, A.MEDICATION_REVIEW, DAYTIME, (0, 1, 4), R.CONSULTING, F.ADDITIONAL_ROLES),
    Line(G.PHARMACY_TECHNICIAN, A.MEDICATION_REVIEW, DAYTIME, (0, 1, 2), None, F.ADDITIONAL_ROLES),
    Line(G.LINK_WORKER, A.HOME_VISITS, DAYTIME, (0, 1, 3), None, F.ADDITIONAL_ROLES),
    Line(G.MENTAL_HEALTH, A.CLINIC, DAYTIME, (0, 1, 2), R.CONSULTING, F.ADDITIONAL_ROLES),
    Line(G.OPTOMETRIST, A.SIGHT_TESTS, DAYTIME, (0, 0, 1), R.DARK_ROOM, F.OPTOMETRIC_CONTRACT),
    Line(G.DENTIST, A.DENTAL, MORNINGS, (0, 0, 1), R.DENTAL_SURGERY, F.DENTAL_CONTRACT),
    Line(G.DENTAL_THERAPIST, A.DENTAL, AFTERNOONS, (0, 0, 1), R.DENTAL_SURGERY, F.DENTAL_CONTRACT),
    Line(G.GP, A.ENHANCED_ACCESS, EVENINGS, (1, 1, 2), R.CONSULTING, F.ENHANCED_ACCESS),
    Line(G.NURSE, A.ENHANCED_ACCESS, EVENINGS, (0, 1, 1), R.TREATMENT, F.ENHANCED_ACCESS),
    Line(G.GP, A.ENHANCED_ACCESS, SATURDAYS, (1, 1, 3), R.CONSULTING, F.ENHANCED_ACCESS),
    Line(G.NURSE, A.ENHANCED_ACCESS, SATURDAYS, (1, 1, 2), R.TREATMENT, F.ENHANCED_ACCESS),
)
BASE = (Line(G.SOCIAL_WORKER, A.SOCIAL_CARE, DAYTIME, (1, 1, 2), None, F.LOCAL_AUTHORITY),)


def surgery_lines(place: int) -> tuple[Line, ...]:
    """Return the demand of a practice by its place among the five; the first three are the larger ones."""
    return EVERY_SURGERY + (LARGE_SURGERY if place < 3 else SMALL_SURGERY)


def wants_of(lines: Iterable[Line]) -> Iterator[Want]:
    """Yield the demand of a site, session by session."""
    for line in lines:
        yield from line.wants()


@dataclass(frozen=True)
class People:
    """So many people who need a kind of clinic, by its key, or some disciplines of any clinic."""

    count: int
    clinic: str = ""
    disciplines: frozenset[Discipline] = frozenset()
    priority: Priority = Priority.ROUTINE
    due_in_weeks: int | None = None
    needs_step_free: bool = False
    longest_minutes: int = 45


# Neighbourhoods by name: the place of their home among the five practices, and who needs a clinic there.
NEIGHBOURHOODS: dict[str, tuple[int, tuple[People, ...]]] = {
    "North neighbourhood": (
        0,
        (
            People(14, "diabetes", due_in_weeks=10),
            People(4, "diabetes", priority=Priority.SOON, due_in_weeks=4),
            People(9, "frailty", priority=Priority.SOON, due_in_weeks=6, needs_step_free=True),
            People(12, "respiratory", due_in_weeks=12),
        ),
    ),
    "South neighbourhood": (
        3,
        (
            People(11, "diabetes", due_in_weeks=10),
            People(7, "frailty", priority=Priority.SOON, due_in_weeks=6),
            People(8, "eyes_and_mouth", due_in_weeks=8, needs_step_free=True, longest_minutes=60),
            People(5, disciplines=frozenset({Discipline.NURSING, Discipline.PHYSIOTHERAPY})),
        ),
    ),
}
