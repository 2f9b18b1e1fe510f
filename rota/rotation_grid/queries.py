"""The plan's pages: learners by blocks, one cell with what could stand there, and two versions compared."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from network.access.rules import Actor, Permission
from network.plumbing.database import today
from network.plumbing.refusals import NotFound
from rota.hosts.records import PlacementOffer
from rota.jobs.queries import find_running_job
from rota.learners.records import Learner
from rota.placing.queries import Planned, get_planned_for
from rota.programmes.records import Programme
from rota.rotation_grid.rules import Difference, Differs, Piece, differences, pieces_of
from rota.rotation_grid.wording import breach_said
from rota.rotation_runs.wording import GIVEN_UP, Summary, summary_of
from rota.rotations.queries import PlanView, get_plan_for, last_edit
from rota.rotations.records import RotationVersion
from rota.rotations.rules import Held, PlacementState, PlanVersionState, Stretch, stands_as
from rota.solver.rotation_plan import Breach, Option, Unmet, options, why_unmet


@dataclass(frozen=True)
class Bar:
    """A part of a row as it is drawn: a placement with its offer, or weeks to be filled."""

    piece: Piece
    stretch: Stretch
    offer: PlacementOffer | None = None
    state: PlacementState | None = None
    is_broken: bool = False

    @property
    def held(self) -> Held | None:
        return self.piece.held


@dataclass(frozen=True)
class Row:
    """A learner's year, what is broken in it, and whether it changes nearer than their notice."""

    learner: Learner
    bars: tuple[Bar, ...]
    broken: tuple[str, ...]
    unmet: tuple[str, ...]
    is_short_notice: bool


@dataclass(frozen=True)
class Page:
    """A version of a plan as its page shows it."""

    view: PlanView
    planned: Planned
    running: uuid.UUID | None
    undoes: str
    may_edit: bool
    is_trusted: bool

    @property
    def version(self) -> RotationVersion:
        return self.planned.version

    @property
    def is_draft(self) -> bool:
        return self.version.state is PlanVersionState.DRAFT

    @cached_property
    def summary(self) -> Summary:
        return summary_of(self.planned.problem, self.planned.plan)

    @property
    def given_up(self) -> str:
        """Why the last search came to nothing, where it did."""
        return str(self.version.summary.get(GIVEN_UP, ""))

    @cached_property
    def unmet(self) -> tuple[tuple[str, uuid.UUID | None], ...]:
        """What programmes require and learners lack, the most first, each with its learner."""
        ids = {learner.name: uuid.UUID(learner.key) for learner in self.planned.problem.learners}
        return tuple((each.said, ids.get(each.about)) for each in self.planned.unmet)

    def name_of(self, held: Held) -> str:
        """Name the learner of a placement."""
        learner = self.planned.learners.get(held.learner_id)
        return learner.name if learner else "A learner who left"

    @cached_property
    def broken(self) -> tuple[str, ...]:
        """The rules that are broken, in words."""
        return _said(self.planned.breaches, self.is_trusted)

    @cached_property
    def groups(self) -> tuple[tuple[Programme, tuple[Row, ...]], ...]:
        """The rows by programme, each by name."""
        found: dict[uuid.UUID, list[Row]] = {}
        learners = sorted(self.planned.learners.values(), key=_by_programme_and_name)
        for learner in learners:
            found.setdefault(learner.programme_id, []).append(self._row(learner))
        return tuple((rows[0].learner.programme, tuple(rows)) for rows in found.values())

    def _row(self, learner: Learner) -> Row:
        calendar = self.planned.calendar
        trains = Stretch(learner.starts_on, min(learner.ends_on, learner.left_on or learner.ends_on))
        broken = self._broken_of(learner)
        pieces = pieces_of(calendar, self.planned.of_learner(learner.id), trains)
        return Row(
            learner,
            tuple(self._bar(piece) for piece in pieces),
            broken,
            tuple(said for said, learner_id in self.unmet if learner_id == learner.id),
            bool(self.planned.short_notice_of(learner.id)),
        )

    def _bar(self, piece: Piece) -> Bar:
        stretch = self.planned.calendar.stretch(piece.first, piece.weeks)
        held = piece.held
        if held is None:
            return Bar(piece, stretch)
        return Bar(
            piece,
            stretch,
            self.planned.offers.get(held.offer_id),
            stands_as(held.state, held.stretch, today()),
            self._is_broken(held),
        )

    def _broken_of(self, learner: Learner) -> tuple[str, ...]:
        key = str(learner.id)
        return _said((each for each in self.planned.breaches if each.learner == key), self.is_trusted)

    def _is_broken(self, held: Held) -> bool:
        first = self.planned.calendar.week_of(held.stretch.starts_on)
        return any(
            each.learner == str(held.learner_id)
            and each.period is not None
            and first <= each.period < first + held.stretch.weeks
            for each in self.planned.breaches
        )


@dataclass(frozen=True)
class Choice:
    """An offer for a learner in some weeks: it can be, with what speaks against it, or what stops it."""

    offer: PlacementOffer
    option: Option

    @property
    def can(self) -> bool:
        return self.option.can


@dataclass(frozen=True)
class Cell:
    """One learner in one week: what stands there, and which offers could."""

    planned: Planned
    learner: Learner
    stretch: Stretch
    held: Held | None
    choices: tuple[Choice, ...]
    unmet: tuple[Unmet, ...]
    may_edit: bool
    is_trusted: bool

    @property
    def week(self) -> int:
        return self.planned.calendar.week_of(self.stretch.starts_on)

    @property
    def said(self) -> tuple[str, ...]:
        """The rules that are broken in these weeks, in words."""
        weeks = range(self.week, self.week + self.stretch.weeks)
        own = (each for each in self.planned.breaches if each.learner == str(self.learner.id))
        here = (each for each in own if each.period is None or each.period in weeks)
        return _said(here, self.is_trusted)

    @property
    def offer(self) -> PlacementOffer | None:
        return self.planned.offers.get(self.held.offer_id) if self.held else None

    @property
    def state(self) -> PlacementState | None:
        return stands_as(self.held.state, self.held.stretch, today()) if self.held else None


@dataclass(frozen=True)
class Comparison:
    """Two versions of a plan side by side."""

    first: Planned
    second: Planned

    @property
    def summaries(self) -> tuple[Summary, Summary]:
        one, other = (summary_of(each.problem, each.plan) for each in (self.first, self.second))
        return one, other

    @cached_property
    def people(self) -> tuple[Differs, ...]:
        """The learners whose years differ, by name."""
        found = (self._differs(learner) for learner in self.first.learners.values())
        return tuple(sorted((each for each in found if each.weeks), key=lambda each: each.name))

    def costs(self) -> list[tuple[str, int, int]]:
        """Give what each costs in each tier that one of them has."""
        tiers = sorted({each.tier for planned in (self.first, self.second) for each in planned.costs})
        return [(tier, _cost_in(self.first, tier), _cost_in(self.second, tier)) for tier in tiers]

    def _differs(self, learner: Learner) -> Differs:
        calendar = self.first.calendar
        found = differences(calendar, self.first.of_learner(learner.id), self.second.of_learner(learner.id))
        return Differs(learner.name, tuple(self._said(each) for each in found))

    def _said(self, each: Difference) -> tuple[Stretch, str, str]:
        return each.stretch, _place(self.first, each.one), _place(self.second, each.other)


def page_for(viewer: Actor, version_id: uuid.UUID) -> Page:
    """Return a version of a plan as its page shows it."""
    planned = get_planned_for(viewer, version_id)
    edit = last_edit(version_id)
    return Page(
        view=get_plan_for(viewer, planned.version.plan_id),
        planned=planned,
        running=find_running_job(version_id),
        undoes=edit.said if edit else "",
        may_edit=viewer.may(Permission.EDIT_ROTATIONS),
        is_trusted=viewer.may(Permission.SEE_LEARNER_NEEDS),
    )


def cell_for(viewer: Actor, version_id: uuid.UUID, learner_id: uuid.UUID, week: int, weeks: int) -> Cell:
    """Return what stands in a learner's week, and for the lead which offers could."""
    planned = get_planned_for(viewer, version_id)
    learner = planned.learners.get(learner_id)
    if learner is None or not 0 <= week < planned.calendar.weeks:
        raise NotFound
    monday = planned.calendar.stretch(week, 1).starts_on
    held = next((each for each in planned.of_learner(learner_id) if _covers(each, monday)), None)
    weeks = max(1, min(weeks, planned.calendar.weeks - week))
    stretch = held.stretch if held else planned.calendar.stretch(week, weeks)
    may_edit = viewer.may(Permission.EDIT_ROTATIONS)
    return Cell(
        planned=planned,
        learner=learner,
        stretch=stretch,
        held=held,
        choices=_choices(planned, learner, stretch) if may_edit else (),
        unmet=why_unmet(planned.problem, planned.plan, str(learner.id)) if may_edit else (),
        may_edit=may_edit and planned.version.state is PlanVersionState.DRAFT,
        is_trusted=viewer.may(Permission.SEE_LEARNER_NEEDS),
    )


def compare_for(viewer: Actor, first_id: uuid.UUID, second_id: uuid.UUID) -> Comparison:
    """Return two versions of one plan side by side."""
    first, second = (get_planned_for(viewer, each) for each in (first_id, second_id))
    if first.version.plan_id != second.version.plan_id:
        raise NotFound
    return Comparison(first, second)


def _choices(planned: Planned, learner: Learner, stretch: Stretch) -> tuple[Choice, ...]:
    first = planned.calendar.week_of(stretch.starts_on)
    offer_of = {number: offer_id for offer_id, number in planned.number_of.items()}
    found = options(planned.problem, planned.plan, str(learner.id), first, stretch.weeks)
    return tuple(Choice(planned.offers[offer_of[each.offer]], each) for each in found)


def _said(broken: Iterable[Breach], is_trusted: bool) -> tuple[str, ...]:
    return tuple(dict.fromkeys(breach_said(each, is_trusted=is_trusted) for each in broken))


def _covers(held: Held, monday: date) -> bool:
    return held.stretch.starts_on <= monday <= held.stretch.ends_on


def _cost_in(planned: Planned, tier: str) -> int:
    return sum(each.amount for each in planned.costs if each.tier == tier)


def _place(planned: Planned, offer_id: uuid.UUID | None) -> str:
    if offer_id is None:
        return "Not placed"
    offer = planned.offers.get(offer_id)
    return _called(offer) if offer else "An offer that is gone"


def _called(offer: PlacementOffer) -> str:
    return f"{offer.name}, {offer.host.site.name}"


def _by_programme_and_name(learner: Learner) -> tuple[str, str, str]:
    person = learner.member.engagement.person
    return learner.programme.name, person.family_name, person.given_name
