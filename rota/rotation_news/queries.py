"""What publishing a version would tell to whom, and what somebody was told."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from network.access.rules import Actor, Permission
from network.people.records import Engagement
from network.plumbing.database import db
from network.plumbing.refusals import NotAllowed
from rota.jobs.queries import find_running_job
from rota.learners.records import Learner
from rota.placing.queries import Planned, planned_for
from rota.rotation_news.records import RotationNotice
from rota.rotation_news.rules import News
from rota.rotations.queries import get_version_for
from rota.rotations.records import RotationVersion
from rota.rotations.rules import Held, PlacementState
from rota.solver.rotation_plan import Breach
from rota.staff.records import RotaMember

LAW = "H0"


@dataclass(frozen=True)
class Publishing:
    """A version about to be published: what stands against it, and whose placements change."""

    planned: Planned
    is_running: bool

    @property
    def version(self) -> RotationVersion:
        return self.planned.version

    @cached_property
    def news(self) -> tuple[News, ...]:
        """What is new, for those alone for whom something is, by name."""
        found = (self._news_of(learner_id) for learner_id in self.planned.learners)
        return tuple(sorted((each for each in found if each.is_news), key=lambda each: each.name))

    @property
    def unexplained(self) -> tuple[News, ...]:
        return tuple(each for each in self.news if each.wants_reason)

    @property
    def declined(self) -> tuple[Held, ...]:
        """Placements that their hosts do not take."""
        return tuple(
            each for each in self.planned.held.values() if each.state is PlacementState.HOST_DECLINED
        )

    @property
    def unanswered(self) -> int:
        """How many placements wait for their host's answer."""
        return sum(each.state is PlacementState.PROPOSED for each in self.planned.held.values())

    @property
    def blocking(self) -> tuple[Breach, ...]:
        """The broken rules that nobody may set aside."""
        return tuple(each for each in self.planned.breaches if each.severity == LAW)

    @property
    def others(self) -> tuple[Breach, ...]:
        """The broken rules that the lead may answer for."""
        return tuple(each for each in self.planned.breaches if each.severity != LAW)

    def place_of(self, held: Held) -> str:
        """Name where a placement is."""
        offer = self.planned.offers.get(held.offer_id)
        return f"{offer.name}, {offer.host.site.name}" if offer else "An offer that is gone"

    def _news_of(self, learner_id: uuid.UUID) -> News:
        told = [each for each in self.planned.published.values() if each.learner_id == learner_id]
        return News(
            learner_id,
            self.planned.learners[learner_id].name,
            tuple(sorted(told, key=lambda each: each.stretch.starts_on)),
            tuple(self.planned.of_learner(learner_id)),
            min(self.planned.short_notice_of(learner_id), default=None),
            self.planned.notice_of(learner_id),
        )


def publishing_for(viewer: Actor, version_id: uuid.UUID) -> Publishing:
    """Return a version about to be published, for those who may."""
    version = get_version_for(viewer, version_id)
    if not viewer.may(Permission.EDIT_ROTATIONS):
        raise NotAllowed
    return look_over(version)


def look_over(version: RotationVersion) -> Publishing:
    """Look at a version before it is published."""
    return Publishing(planned_for(version), find_running_job(version.id) is not None)


def own_notices(viewer: Actor) -> Sequence[RotationNotice]:
    """Return what the viewer was told of their placements and has not acknowledged, the oldest first."""
    if viewer.person_id is None:
        return []
    return db.session.scalars(
        select(RotationNotice)
        .join(RotationNotice.learner)
        .join(Learner.member)
        .join(RotaMember.engagement)
        .where(Engagement.person_id == viewer.person_id, RotationNotice.acknowledged_at.is_(None))
        .options(joinedload(RotationNotice.version).joinedload(RotationVersion.plan))
        .order_by(RotationNotice.made_at)
    ).all()


def notices_for(viewer: Actor, version_id: uuid.UUID) -> Sequence[RotationNotice]:
    """Return who was told of a version, and what became of it."""
    version = get_version_for(viewer, version_id)
    if not viewer.may(Permission.EDIT_ROTATIONS):
        raise NotAllowed
    return db.session.scalars(
        select(RotationNotice)
        .where(RotationNotice.version_id == version.id)
        .options(
            joinedload(RotationNotice.learner)
            .joinedload(Learner.member)
            .joinedload(RotaMember.engagement)
            .joinedload(Engagement.person)
        )
    ).all()
