"""The board of a day: who works where, what stands open, who is ill, and whom to ring."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.plumbing.database import db, now
from network.plumbing.refusals import NotAllowed, NotFound
from network.vocabulary import SessionKind
from rota.comebacks.queries import Back, back_now
from rota.cover.wording import KIND_LABELS
from rota.facts.queries import remembered_facts_of
from rota.leave.queries import AbsenceSeen, decides_on, may_look
from rota.notices.queries import notices_to_ring
from rota.notices.records import Notice
from rota.planning.queries import Planned, planned_for
from rota.repairs.queries import ill_now, opens
from rota.repairs.records import AbsenceCover
from rota.repairs.rules import OPEN, CoverState, Opens, must_be_rung
from rota.rotas.records import RotaPeriod, RotaVersion
from rota.rotas.rules import VersionState
from rota.solver.staff_rota import Duty, Person, Scope, breaches, shortfalls
from rota.solver.staff_rota.absence import OF_LEARNERS
from rota.staff.records import RotaMember


@dataclass(frozen=True)
class AtWork:
    """Somebody on the rota of a day: what they do in each of its sessions, and whether they are away.

    Their own page has their number: it is for those who cover, and who decide on their leave.
    """

    member: RotaMember
    does: tuple[str, ...]
    is_away: bool
    may_open: bool

    @property
    def name(self) -> str:
        return self.member.name

    @property
    def role(self) -> str:
        return self.member.engagement.role.label


@dataclass(frozen=True)
class Ill:
    """Somebody who is reported ill, how far their cover has come, and who looks after it."""

    absence: AbsenceSeen
    state: CoverState
    cover: AbsenceCover | None
    opens: Opens

    @property
    def waits(self) -> bool:
        """Say whether nobody has looked at the gaps yet."""
        return self.opens is Opens.GAPS and self.state is CoverState.REPORTED

    @property
    def is_looked_after(self) -> bool:
        return self.opens is Opens.GAPS and self.state is CoverState.COVERING


@dataclass(frozen=True)
class ToTell:
    """Somebody who was written to about a change that comes soon, and has not confirmed it."""

    notice: Notice
    is_to_be_rung: bool


@dataclass(frozen=True)
class Board:
    """A day of the rota that people were told of, by which version."""

    viewer: Actor
    day: date
    planned: Planned | None
    version_id: uuid.UUID | None = None

    @property
    def may_cover(self) -> bool:
        return self.viewer.may(Permission.PUBLISH_ROTA)

    @cached_property
    def sites(self) -> dict[str, tuple[AtWork, ...]]:
        """Who works at each site, by name."""
        if self.planned is None:
            return {}
        problem = self.planned.problem
        found: dict[str, dict[str, list[Duty]]] = {}
        for placement in sorted(self.planned.plan.placements):
            duty = problem.duty_by_number[placement.duty]
            if duty.session in self._numbers:
                site = problem.site_by_code[duty.site].name if duty.site else "Remote"
                found.setdefault(site, {}).setdefault(placement.person, []).append(duty)
        return {site: self._people(found[site]) for site in sorted(found)}

    @cached_property
    def short(self) -> tuple[str, ...]:
        """What is below its minimum."""
        if self.planned is None:
            return ()
        found = shortfalls(self.planned.problem, self.planned.plan)
        return tuple(each.said for each in found if each.missing and each.session in self._numbers)

    @cached_property
    def alone(self) -> tuple[str, ...]:
        """The learners without enough supervision."""
        if self.planned is None:
            return ()
        found = breaches(self.planned.problem, self.planned.plan, Scope(sessions=self._numbers))
        # Why somebody cannot be with a learner may be theirs alone.
        said = (
            each.said if self.may_cover else each.said_to_peers for each in found if each.code in OF_LEARNERS
        )
        return tuple(dict.fromkeys(said))

    @cached_property
    def ill(self) -> tuple[Ill, ...]:
        known = {self.version_id: self.planned} if self.version_id and self.planned else {}
        return tuple(
            Ill(absence, state, cover, opens(absence.id, known) if state in OPEN else Opens.NOTHING)
            for absence, state, cover in ill_now(self.viewer)
        )

    @cached_property
    def back(self) -> tuple[Back, ...]:
        return tuple(back_now(self.viewer))

    @property
    def waiting(self) -> int:
        return sum(each.waits for each in self.ill)

    @cached_property
    def to_tell(self) -> tuple[ToTell, ...]:
        """Those who do not know yet, whom to ring first."""
        moment: datetime = now()
        found: dict[uuid.UUID, ToTell] = {}
        # Told twice, somebody is rung once: of what was said last.
        for each in sorted(notices_to_ring(self.viewer), key=lambda notice: notice.made_at):
            before = found.get(each.person_id)
            rung = must_be_rung(each.state, each.made_at, moment) or (before and before.is_to_be_rung)
            found[each.person_id] = ToTell(each, bool(rung))
        return tuple(sorted(found.values(), key=lambda each: not each.is_to_be_rung))

    @property
    def to_ring(self) -> int:
        return sum(each.is_to_be_rung for each in self.to_tell)

    @property
    def people(self) -> int:
        return len({each.member.id for people in self.sites.values() for each in people})

    @cached_property
    def _numbers(self) -> frozenset[int]:
        assert self.planned is not None
        sessions = self.planned.problem.sessions_on.get(self.day, ())
        return frozenset(session.number for session in sessions)

    def _people(self, duties: dict[str, list[Duty]]) -> tuple[AtWork, ...]:
        assert self.planned is not None
        known = self.planned.problem.person_by_key
        people = (self._at_work(known[key], theirs) for key, theirs in duties.items())
        return tuple(sorted(people, key=lambda each: each.name))

    def _at_work(self, person: Person, duties: Sequence[Duty]) -> AtWork:
        assert self.planned is not None
        sessions = self.planned.problem.session_by_number
        ordered = sorted(duties, key=lambda duty: duty.starts)
        member = self.planned.members[uuid.UUID(person.key)]
        return AtWork(
            member=member,
            does=tuple(
                f"{KIND_LABELS[SessionKind(sessions[duty.session].kind)]} {duty.activity.lower()}"
                for duty in ordered
            ),
            is_away=any(duty.session in person.absent for duty in ordered),
            may_open=self.may_cover or decides_on(self.viewer, member),
        )


@dataclass(frozen=True)
class OnDay:
    """One person on the board: what they do on the day, and whether the viewer may report them ill."""

    member: RotaMember
    does: tuple[str, ...]
    may_report: bool
    may_cover: bool


def board_for(viewer: Actor, day: date) -> Board:
    """Return the board of a day, for those who decide on leave: some cover as well, some only report."""
    if not viewer.may_somewhere(Permission.APPROVE_LEAVE):
        raise NotAllowed
    version = db.session.scalars(
        select(RotaVersion)
        .join(RotaVersion.period)
        .where(
            RotaVersion.state == VersionState.CHOSEN,
            RotaPeriod.starts_on <= day,
            RotaPeriod.ends_on >= day,
        )
        .options(joinedload(RotaVersion.period))
    ).one_or_none()
    if version is None:
        return Board(viewer, day, None)
    return Board(viewer, day, planned_for(version, remembered_facts_of(version.period)), version.id)


def on_day_for(viewer: Actor, member_id: uuid.UUID, day: date) -> OnDay:
    """Return what somebody does on a day, for those who cover, and who decide on their leave."""
    board = board_for(viewer, day)
    member = db.session.get(RotaMember, member_id)
    if member is None:
        raise NotFound
    if not (board.may_cover or decides_on(viewer, member)):
        raise NotAllowed if may_look(viewer, member) else NotFound
    found = [
        f"{said} at {site}"
        for site, people in board.sites.items()
        for each in people
        if each.member.id == member_id
        for said in each.does
    ]
    return OnDay(member, tuple(found), decides_on(viewer, member), board.may_cover)
