"""The viewer's own training: their placements and nobody else's, and never why they are so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from network.access.rules import Actor
from network.plumbing.database import today
from network.plumbing.refusals import NotFound
from rota.exposure_map.queries import HalfDays, half_days_of
from rota.learners.queries import find_own_learner
from rota.learners.records import Learner
from rota.own_training.rules import (
    Guide,
    Placed,
    Strip,
    next_after,
    next_monday,
    placed_on,
    strip_of,
)
from rota.rotation_news.queries import own_notices
from rota.rotation_news.records import RotationNotice
from rota.rotations.queries import told_placements_of
from rota.rotations.records import Placement
from rota.rotations.rules import PlacementState, Stretch
from rota.wishes.queries import WishRow, wishes_of


@dataclass(frozen=True)
class OwnTraining:
    """What a learner sees of their training; `year` are the weeks of the plan that they were told of last."""

    learner: Learner
    placed: tuple[Placed, ...]
    year: Stretch | None
    notices: Sequence[RotationNotice]
    half_days: HalfDays
    wishes: Sequence[WishRow]
    today: date

    @property
    def monday(self) -> date:
        return next_monday(self.today)

    @cached_property
    def on_monday(self) -> Placed | None:
        return placed_on(self.placed, self.monday)

    @cached_property
    def coming(self) -> Placed | None:
        """The placement that begins next, beside that of Monday."""
        return next_after(self.placed, self.monday)

    @property
    def shown(self) -> Placed | None:
        """The placement to be read about first."""
        return self.on_monday or self.coming

    @property
    def lost(self) -> list[Placed]:
        """The placements that their hosts take no more and that are not over."""
        return [each for each in self.placed if each.is_lost and each.stretch.ends_on >= self.today]

    @cached_property
    def strip(self) -> Strip | None:
        standing = [each for each in self.placed if not each.is_lost]
        return strip_of(standing, self.year, self.today) if self.year else None

    @property
    def has_unseen(self) -> bool:
        return any(notice.seen_at is None for notice in self.notices)


def own_training(viewer: Actor) -> OwnTraining | None:
    """Return the viewer's training, where they are a learner."""
    learner = find_own_learner(viewer)
    if learner is None:
        return None
    rows = told_placements_of(learner.id)
    return OwnTraining(
        learner=learner,
        placed=tuple(_placed(row) for row in rows),
        year=_year(rows, today()),
        notices=own_notices(viewer),
        half_days=half_days_of(learner),
        wishes=wishes_of(learner.id),
        today=today(),
    )


def get_own_learner(viewer: Actor) -> Learner:
    """Return the viewer as a learner, or refuse."""
    learner = find_own_learner(viewer)
    if learner is None:
        raise NotFound
    return learner


def _year(rows: Sequence[Placement], day: date) -> Stretch | None:
    """Give the weeks of the plan that runs, else of that which comes, else of the last."""
    plans = sorted({row.version.plan for row in rows}, key=lambda plan: plan.starts_on)
    calendars = [plan.calendar for plan in plans]
    found = next((each for each in calendars if day <= each.ends_on), calendars[-1] if calendars else None)
    return Stretch(found.starts_on, found.ends_on) if found else None


def _placed(row: Placement) -> Placed:
    host, site = row.offer.host, row.offer.host.site
    return Placed(
        stay_id=row.stay_id,
        stretch=row.stretch,
        site=site.name,
        code=site.code,
        address=site.address,
        discipline=row.offer.discipline,
        offer=row.offer.name,
        guides=_guides(row),
        contact=host.contact_name,
        phone=host.contact_phone,
        arrival=host.arrival,
        dress=host.dress,
        parking=host.parking,
        travel=host.travel,
        is_lost=row.state is PlacementState.HOST_DECLINED,
    )


def _guides(row: Placement) -> tuple[Guide, ...]:
    people = ((each.member.engagement.person, each.kind) for each in row.supervisors)
    found = (Guide(person.name, kind.label, person.email or "", person.phone) for person, kind in people)
    return tuple(sorted(found, key=lambda guide: (guide.kind, guide.name)))
