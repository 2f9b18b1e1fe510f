"""A question to a rota, answered: it can be and how, or what stands in the way and what would help."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import db
from network.plumbing.refusals import NotFound
from network.vocabulary import SessionKind
from rota.asks.records import RotaAsking
from rota.asks.rules import Step, Wanted, asks_outside_pattern, usual_number, wants_reason
from rota.asks.wording import BUTTONS, OF_OTHERS, TITLES, effects_said, question_said
from rota.cover.wording import session_said
from rota.drafts.queries import standing_in
from rota.edits.rules import Cell
from rota.facts.queries import remembered_facts_of
from rota.grid.rules import may_change
from rota.leave.queries import absences_for_planning
from rota.leave.rules import keeps_away
from rota.planning.queries import Planned, planned_for
from rota.roster.rules import OUTSIDE_PATTERN
from rota.rotas.queries import get_version_for, sees_drafts
from rota.rotas.records import DemandLine
from rota.rotas.rules import VersionState
from rota.solver.staff_rota import answer
from rota.solver.staff_rota.ask import Move, Obstacle, Verdict, Way, WayKind
from rota.staff.records import RotaMember
from rota.views.queries import View

# Two seconds do on a quiet machine; a late answer is better than none.
SECONDS = 5.0


@dataclass(frozen=True)
class InTheWay:
    """A rule that stands in the way, what it says of each, and whether it may be set aside."""

    rule: str
    said: tuple[str, ...]
    may_be_set_aside: bool


@dataclass(frozen=True)
class WayView:
    """A way to meet the question: what it asks for, who moves, what it comes to, and how it is done."""

    kind: WayKind
    title: str
    button: str
    lets_go: tuple[str, ...]
    moves: tuple[str, ...]
    effects: tuple[str, ...]
    steps: tuple[Step, ...]
    wants_reason: bool
    bank: int
    bank_line: uuid.UUID | None
    to_ask: tuple[tuple[uuid.UUID, str], ...]
    may_do: bool
    may_ask: bool


@dataclass(frozen=True)
class AskingView:
    """Somebody who was asked for a duty, or the bank, and who may take that back."""

    id: uuid.UUID
    said: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Why:
    """A question to one duty of a rota, and its answer."""

    version_id: uuid.UUID
    wanted: Wanted
    number: int
    session: str
    day: date
    have: int
    question: str
    verdict: Verdict
    is_so_already: bool
    in_the_way: tuple[InTheWay, ...]
    ways: tuple[WayView, ...]
    askings: tuple[AskingView, ...]
    people: tuple[tuple[uuid.UUID, str], ...]
    is_draft: bool


def why_for(viewer: Actor, version_id: uuid.UUID, wanted: Wanted) -> Why:
    """Answer a question to a rota, for whoever plans it."""
    version = get_version_for(viewer, version_id)
    if not sees_drafts(viewer):
        raise NotFound
    planned = planned_for(version, remembered_facts_of(version.period))
    line = planned.places.get(planned.number_of.get(wanted.line_id, -1))
    if not isinstance(line, DemandLine):
        raise NotFound
    if wanted.member_id and wanted.member_id not in planned.members:
        raise NotFound
    return _Asked(View(viewer, version, planned), line, wanted).why()


def askable_in(planned: Planned) -> dict[str, frozenset[int]]:
    """Give the sessions, by person, that nothing but their pattern keeps them from."""
    return {
        person.key: frozenset(number for number, why in person.unavailable.items() if why == OUTSIDE_PATTERN)
        for person in planned.problem.people
    }


def is_away(member: RotaMember, day: date, kind: SessionKind) -> bool:
    """Say whether an absence takes a session from somebody, under whichever of their posts it was entered."""
    posts = db.session.scalars(
        select(RotaMember.id)
        .join(RotaMember.engagement)
        .where(Engagement.person_id == member.engagement.person_id)
    )
    absences = absences_for_planning(day, day)
    return any(keeps_away(absences.get(post, ()), day, kind) for post in posts)


def askings_of(version_id: uuid.UUID, line_id: uuid.UUID) -> Sequence[RotaAsking]:
    """Return who stands asked for a duty."""
    return db.session.scalars(
        select(RotaAsking)
        .where(
            RotaAsking.version_id == version_id, RotaAsking.line_id == line_id, RotaAsking.ended_at.is_(None)
        )
        .options(joinedload(RotaAsking.member))
        .order_by(RotaAsking.asked_at)
    ).all()


@dataclass(frozen=True)
class _Asked:
    """One question being answered."""

    view: View
    line: DemandLine
    wanted: Wanted

    @property
    def planned(self) -> Planned:
        return self.view.planned

    def why(self) -> Why:
        problem, wanted = self.planned.problem, self.wanted
        duty = problem.duty_by_number[self.planned.number_of[self.line.id]]
        have = self.view.rota.cover_of(duty)
        number = wanted.number or usual_number(have, duty.minimum)
        found = answer(
            problem, self.planned.plan, wanted.ask(duty, number, askable_in(self.planned)), SECONDS
        )
        site = self.planned.sites[self.line.site_id]
        where = f"{self.line.activity.label.lower()} ({self.line.role_group.label}) at {site.name}"
        session = session_said(self.line.day, self.line.kind)
        member = self.planned.members.get(wanted.member_id) if wanted.member_id else None
        return Why(
            version_id=self.view.version.id,
            wanted=wanted,
            number=number,
            session=session,
            day=self.line.day,
            have=have,
            question=question_said(number, member.name if member else "", where, wanted.is_off),
            verdict=found.verdict,
            is_so_already=found.verdict is Verdict.POSSIBLE and not found.ways[0].moves,
            in_the_way=self._in_the_way(found.obstacles),
            ways=tuple(self._way(way) for way in found.ways),
            askings=tuple(self._asking(row) for row in askings_of(self.view.version.id, self.line.id)),
            people=self._people(),
            is_draft=self.view.version.state is VersionState.DRAFT,
        )

    def _people(self) -> tuple[tuple[uuid.UUID, str], ...]:
        """Give those who could be asked about by name: of a role that takes the duty."""
        roles = self.line.role_group.roles
        members = [each for each in self.planned.members.values() if each.engagement.role in roles]
        return tuple(sorted(((each.id, each.name) for each in members), key=lambda each: each[1]))

    def _in_the_way(self, obstacles: Sequence[Obstacle]) -> tuple[InTheWay, ...]:
        found: dict[tuple[str, bool], list[str]] = {}
        for each in obstacles:
            # The name of a rule says why as well.
            name = each.name if self.view.knows_why(each.person) else OF_OTHERS
            found.setdefault((name, each.severity == "H1"), []).append(self._said(each))
        return tuple(InTheWay(name, tuple(said), is_light) for (name, is_light), said in found.items())

    def _said(self, obstacle: Obstacle) -> str:
        """Say what an obstacle is, as far as the viewer may know why somebody is away."""
        return obstacle.said if self.view.knows_why(obstacle.person) else obstacle.said_to_peers

    def _way(self, way: Way) -> WayView:
        names = asks_outside_pattern(way)
        people = dict.fromkeys(each.person for each in way.lets_go if each.code == "R02" and each.person)
        steps = self._steps(way)
        return WayView(
            kind=way.kind,
            title=TITLES[way.kind],
            button=BUTTONS[WayKind.BANK if way.bank else way.kind],
            lets_go=tuple(self._said(each) for each in way.lets_go),
            moves=tuple(self._move(move) for move in way.moves),
            effects=tuple(effects_said(way)),
            steps=steps or (),
            wants_reason=wants_reason(way),
            bank=len(way.bank),
            bank_line=self._line_of(way.bank[0]) if way.bank else None,
            to_ask=tuple((uuid.UUID(key), name) for key, name in zip(people, names, strict=True)),
            may_do=steps is not None and self._may_do(steps),
            may_ask=self._may_ask(way, [uuid.UUID(key) for key in people]),
        )

    def _line_of(self, number: int) -> uuid.UUID | None:
        place = self.planned.places[number]
        return place.id if isinstance(place, DemandLine) else None

    def _move(self, move: Move) -> str:
        after, before = self._duty(move.after), self._duty(move.before)
        when = "" if self._is_here(move) else f", {self.planned.problem.session_by_number[move.session].said}"
        return f"{move.name}: {after}, was {before}{when}."

    def _is_here(self, move: Move) -> bool:
        session = self.planned.problem.session_by_number[move.session]
        return (session.day, session.kind) == (self.line.day, self.line.kind.value)

    def _duty(self, number: int | None) -> str:
        if number is None:
            return "free"
        duty = self.planned.problem.duty_by_number[number]
        where = self.planned.problem.site_by_code[duty.site].name if duty.site else "remote"
        return f"{duty.activity.lower()} at {where}" if duty.site else f"{duty.activity.lower()}, remote"

    def _steps(self, way: Way) -> tuple[Step, ...] | None:
        """Give a way as changes of cells; None where one of them is no line of demand."""
        cells: dict[Cell, uuid.UUID | None] = {}
        for move in way.moves:
            place = self.planned.places[move.after] if move.after is not None else None
            if place is not None and not isinstance(place, DemandLine):
                return None
            session = self.planned.problem.session_by_number[move.session]
            cell = Cell(uuid.UUID(move.person), session.day, SessionKind(session.kind))
            cells[cell] = place.id if place else None
        standing = standing_in(self.view.version.id, cells.keys())
        return tuple(Step(cell, line_id, standing[cell].mark) for cell, line_id in cells.items())

    def _may_do(self, steps: Sequence[Step]) -> bool:
        return self.view.is_draft and all(self._may_change(step) for step in steps)

    def _may_ask(self, way: Way, member_ids: Sequence[uuid.UUID]) -> bool:
        """Say whether the viewer may ask these people, or the bank where it is nobody in particular."""
        place = self.planned.places[way.bank[0]] if way.bank and not member_ids else self.line
        site = self.planned.sites[place.site_id] if place.site_id else None
        if site and self._may(site.organisation_id):
            return self.view.is_draft
        employers = [self.planned.members[each].engagement.employer_id for each in member_ids]
        return self.view.is_draft and bool(employers) and all(map(self._may, employers))

    def _may_change(self, step: Step) -> bool:
        employer = self.planned.members[step.cell.member_id].engagement.employer_id
        held = self._standing_places(step)
        return may_change(self._may, employer, held)

    def _standing_places(self, step: Step) -> list[uuid.UUID | None]:
        """Give whose the places are that a step leaves and goes to."""
        problem, planned = self.planned.problem, self.planned
        session = planned.session_of[step.cell.day, step.cell.kind].number
        person = problem.person_by_key[str(step.cell.member_id)]
        numbers = [duty.number for duty in planned.rota.duties_of(person) if duty.session == session]
        numbers += [planned.number_of[step.line_id]] if step.line_id else []
        sites = [planned.places[number].site_id for number in numbers]
        return [planned.sites[site].organisation_id if site else None for site in sites]

    def _may(self, organisation_id: uuid.UUID) -> bool:
        return self.view.viewer.may(Permission.EDIT_ROTA, organisation_id=organisation_id)

    def _asking(self, row: RotaAsking) -> AskingView:
        said = f"{row.member.name} was asked" if row.member else "Open to bank and locums"
        return AskingView(row.id, said, row.asked_by, row.asked_at)
