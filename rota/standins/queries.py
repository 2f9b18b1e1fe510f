"""Three ways to cover an absence, in words: who changes, what stays short, and who might be asked besides."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.vocabulary import ContractType, SessionKind
from rota.clinic_effects.queries import Effect, effects_on
from rota.cover.wording import session_said
from rota.edits.rules import Cell
from rota.notices.rules import Change, Duty
from rota.repairs.queries import Case, FallenOut, case_for
from rota.repairs.rules import WHY, Wanted
from rota.repairs.wording import covered_said, title_of, words_of
from rota.rotas.records import DemandLine
from rota.solver.limits import Limits
from rota.solver.staff_rota.absence import Gaps
from rota.solver.staff_rota.repair import Move, Repair, repairs
from rota.solver.staff_rota.rules import rules_of
from rota.solver.staff_rota.rules.eligibility import Availability
from rota.solver.staff_rota.rules.kinds import CellRule
from rota.staff.records import RotaMember

# Whoever phones at half past seven waits for this.
LIMITS = Limits(seconds=2.0, workers=4)
FROM_OUTSIDE = {ContractType.BANK: "bank", ContractType.LOCUM: "locum", ContractType.AGENCY: "agency"}
MOST_ASKED = 4
OUTSIDE_PATTERN = "does not work then"


@dataclass(frozen=True)
class Line:
    """One session of one person that a repair changes, as the person will read it."""

    name: str
    phone: str
    when: str
    was: str
    becomes: str
    reads: str
    is_by_hand: bool
    comes_from: str


@dataclass(frozen=True)
class Asked:
    """Somebody who could take what stays short, but does not work then: asking costs a call."""

    name: str
    phone: str


@dataclass(frozen=True)
class StaysShort:
    """Cover that a repair leaves short, and who might be asked."""

    said: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Offer:
    """One repair, ready to be sent."""

    fallen: FallenOut
    repair: Repair
    # A larger budget may find nothing that a smaller one does not.
    gains_more: bool
    is_best: bool

    @property
    def title(self) -> str:
        return title_of(self.repair.budget)

    @property
    def words(self) -> str:
        return words_of(self.repair.budget)

    @property
    def covered(self) -> str:
        before = count(self.fallen.gaps)
        return covered_said(before - min(before, count(self.repair.left)), before)

    @property
    def covers_all(self) -> bool:
        return self.repair.left.are_none

    @property
    def covers_nothing(self) -> bool:
        return not self.repair.moves

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        moves = sorted(self.repair.moves, key=lambda move: (self._member(move).name, move.session))
        return tuple(self._line(move) for move in moves)

    @property
    def people(self) -> list[str]:
        return list(dict.fromkeys(line.name for line in self.lines))

    @property
    def sent(self) -> list[str]:
        """The changes as the page sends them back."""
        return [self._wanted(move).text for move in self.repair.moves]

    @cached_property
    def stays_short(self) -> tuple[StaysShort, ...]:
        return tuple(StaysShort(each.said, self._asked(each.duty)) for each in self.repair.left.short)

    @cached_property
    def clinics(self) -> tuple[Effect, ...]:
        """The clinics that lose somebody: how they stood as people were told, and with the repair."""
        fallen = self.fallen
        return effects_on(fallen.planned, fallen.plan, self.repair.plan, also=fallen.clinics)

    @property
    def left_alone(self) -> tuple[str, ...]:
        return tuple(each.said for each in self.repair.left.unsupervised)

    def _line(self, move: Move) -> Line:
        member, session = self._member(move), self.fallen.problem.session_by_number[move.session]
        kind = SessionKind(session.kind)
        change = Change(
            Cell(member.id, session.day, kind), self._duty(move.before), self._duty(move.after), WHY
        )
        pins = self.fallen.planned.problem.pins
        return Line(
            name=member.name,
            phone=member.engagement.person.phone,
            when=session_said(session.day, kind),
            was=change.before.said if change.before else "free",
            becomes=change.after.said if change.after else "free",
            reads=f"{change.said}. Why: {WHY}.",
            is_by_hand=any((pin.person, pin.duty) == (move.person, move.before) for pin in pins),
            comes_from=FROM_OUTSIDE.get(member.engagement.contract, ""),
        )

    def _duty(self, number: int | None) -> Duty | None:
        if number is None:
            return None
        duty = self.fallen.problem.duty_by_number[number]
        site = self.fallen.problem.site_by_code[duty.site].name if duty.site else ""
        return Duty(site, duty.activity, duty.starts, duty.ends)

    def _wanted(self, move: Move) -> Wanted:
        session = self.fallen.problem.session_by_number[move.session]
        cell = Cell(uuid.UUID(move.person), session.day, SessionKind(session.kind))
        place = self.fallen.planned.places[move.after] if move.after is not None else None
        return Wanted(cell, place.id if isinstance(place, DemandLine) else None)

    def _member(self, move: Move) -> RotaMember:
        return self.fallen.planned.members[uuid.UUID(move.person)]

    def _asked(self, number: int) -> tuple[Asked, ...]:
        """Name those whom nothing keeps off a duty but that they do not work then."""
        problem = self.fallen.problem
        duty = problem.duty_by_number[number]
        people = (
            self.fallen.planned.members[uuid.UUID(person.key)].engagement.person
            for person in problem.people
            if person.unavailable.get(duty.session) == OUTSIDE_PATTERN
            and problem.counts_as_cover(person)
            and not any(rule.binds(person) and rule.stops(person, duty) for rule in self._filters)
        )
        return tuple(Asked(person.name, person.phone) for person in islice(people, MOST_ASKED))

    @cached_property
    def _filters(self) -> list[CellRule]:
        rules = rules_of(self.fallen.problem)
        return [
            rule
            for rule in rules
            if isinstance(rule, CellRule) and rule.is_hard and not isinstance(rule, Availability)
        ]


def count(gaps: Gaps) -> int:
    """Count the duties that are short and the places where learners are alone."""
    return len(gaps.short) + len(gaps.unsupervised)


def supervises(viewer: Actor, case: Case) -> bool:
    """Say whether whoever is away supervises learners, and the viewer may see which."""
    member = db.session.get_one(RotaMember, case.absence.member_id)
    employer_id = member.engagement.employer_id
    may_see = viewer.may(Permission.SEE_SUPERVISION, organisation_id=employer_id)
    return may_see and bool(member.supervises)


def offers_for(viewer: Actor, absence_id: uuid.UUID) -> tuple[Case, tuple[Offer, ...]]:
    """Find three repairs for an absence, the one that changes least first."""
    case = case_for(viewer, absence_id)
    if case.fallen is None:
        return case, ()
    found = repairs(case.fallen.problem, case.fallen.plan, case.fallen.away, LIMITS)
    best = min(found, key=_loss)
    offers = (
        Offer(case.fallen, repair, _gains(repair, found[:place]), is_best=repair is best)
        for place, repair in enumerate(found)
    )
    return case, tuple(offers)


def _gains(repair: Repair, smaller: Sequence[Repair]) -> bool:
    """Say whether a repair leaves less open than those that change less; the first is always shown."""
    return all(_loss(repair)[:-1] < _loss(each)[:-1] for each in smaller)


def _loss(repair: Repair) -> tuple[int, ...]:
    """Say how bad a repair is: learners alone first, then what is short, then how many people change."""
    missing = sum(each.missing for each in repair.left.short)
    return len(repair.left.unsupervised), missing, len(repair.people)
