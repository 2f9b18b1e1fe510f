"""What hosts were asked and what they answered, as far as the viewer may see it."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from network.access.rules import Actor, Permission
from network.organisations.records import Site
from network.people.records import Engagement
from network.plumbing.database import db, today
from network.plumbing.encryption import keyring
from network.plumbing.refusals import NotFound
from rota.host_answers.records import HostAnswer, HostAsking
from rota.host_answers.rules import Answer, AskingState, asking_state, read_token, token_of
from rota.hosts.records import PlacementHost, PlacementOffer
from rota.learners.records import Learner
from rota.rotations.queries import get_version_for, placements_of
from rota.rotations.records import Placement, RotationVersion
from rota.rotations.rules import PlacementState, PlanVersionState
from rota.staff.records import RotaMember

SEE, EDIT, ANSWERS = Permission.SEE_ROTATIONS, Permission.EDIT_ROTATIONS, Permission.HOST_LEARNERS
# A host can be asked of what learners were told before it was: it may still say no.
TO_ASK = frozenset({PlacementState.PROPOSED, PlacementState.LEARNER_INFORMED, PlacementState.CONFIRMED})
UP_TO_ANSWER = frozenset(
    {
        PlacementState.PROPOSED,
        PlacementState.HOST_ACCEPTED,
        PlacementState.HOST_DECLINED,
        PlacementState.LEARNER_INFORMED,
        PlacementState.CONFIRMED,
    }
)


@dataclass(frozen=True)
class Asked:
    """One placement a host is asked for; None for `placement` once it is no more as it was asked.

    `reason` is empty for all but those who plan.
    """

    id: uuid.UUID
    answer: Answer
    placement: Placement | None
    starts_on: date
    ends_on: date
    answered_by: str
    reason: str

    @property
    def is_open(self) -> bool:
        """Say whether an answer is still of use."""
        standing = self.placement
        return standing is not None and standing.state in UP_TO_ANSWER and _is_ahead(standing)

    @property
    def waits(self) -> bool:
        return self.is_open and self.answer is Answer.ASKED

    @property
    def was_declined(self) -> bool:
        """Say whether the placement lies with the lead again."""
        return self.placement is not None and self.placement.state is PlacementState.HOST_DECLINED


@dataclass(frozen=True)
class AskingSeen:
    """A letter to a host: the placements it asks for, and how its link stands."""

    row: HostAsking
    asked: tuple[Asked, ...]
    state: AskingState
    may_answer: bool
    may_edit: bool

    @property
    def waiting(self) -> list[Asked]:
        return [each for each in self.asked if each.waits]


@dataclass(frozen=True)
class HostToAsk:
    """A host with placements of a version that it has not been asked about."""

    host: PlacementHost
    placements: tuple[Placement, ...]


def askings_for(viewer: Actor) -> list[AskingSeen]:
    """Return what hosts were asked, the latest first, as far as the viewer speaks for a host or plans."""
    return _those_for(viewer, true())


def get_asking_for(viewer: Actor, asking_id: uuid.UUID) -> AskingSeen:
    """Return one letter to a host."""
    found = _those_for(viewer, HostAsking.id == asking_id)
    if not found:
        raise NotFound
    return found[0]


def get_asking_of(viewer: Actor, answer_id: uuid.UUID) -> tuple[AskingSeen, Asked]:
    """Return one answer, and the letter that asks for it."""
    for asking in _those_for(viewer, HostAsking.answers.any(HostAnswer.id == answer_id)):
        for each in asking.asked:
            if each.id == answer_id:
                return asking, each
    raise NotFound


def waiting_for(viewer: Actor) -> list[AskingSeen]:
    """Return the letters with placements that wait for an answer which the viewer may give or chase."""
    may_wait = HostAsking.ended_at.is_(None) & HostAsking.answers.any(
        (HostAnswer.answer == Answer.ASKED) & (HostAnswer.ends_on >= today())
    )
    found = _those_for(viewer, may_wait)
    return [each for each in found if each.waiting and (each.may_answer or each.may_edit)]


def declined_for(viewer: Actor) -> list[tuple[AskingSeen, Asked]]:
    """Return the placements that a host declined and that nobody has placed anew, for those who plan."""
    if not viewer.may(EDIT):
        return []
    found: dict[uuid.UUID, tuple[AskingSeen, Asked]] = {}
    for asking in _those_for(viewer, HostAsking.answers.any(HostAnswer.answer == Answer.DECLINED)):
        for each in asking.asked:
            if each.was_declined and each.answer is Answer.DECLINED and each.placement is not None:
                found.setdefault(each.placement.stay_id, (asking, each))
    return list(found.values())


def hosts_to_ask(viewer: Actor, version_id: uuid.UUID) -> list[HostToAsk]:
    """Return the hosts of a version with coming placements that they were not asked about, by name."""
    version = get_version_for(viewer, version_id)
    if not viewer.may(EDIT):
        raise NotFound
    coming = [each for each in placements_of(version.id) if each.state in TO_ASK and _is_ahead(each)]
    known = _asked_already(each.stay_id for each in coming)
    by_host: dict[uuid.UUID, list[Placement]] = {}
    for each in coming:
        if _as_asked(each) not in known:
            by_host.setdefault(each.offer.host_id, []).append(each)
    hosts = {each.offer.host_id: each.offer.host for each in coming}
    found = [HostToAsk(hosts[key], tuple(placements)) for key, placements in by_host.items()]
    return sorted(found, key=lambda each: each.host.site.name)


def find_asking_by(token: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Return the network and the id of the asking that a link names, where we signed it."""
    return read_token(token, keyring().sign)


def get_asking_by_link(asking_id: uuid.UUID) -> AskingSeen:
    """Return what a link asks, as long as it holds; the current network is that of the link."""
    row = db.session.scalars(_askings().where(HostAsking.id == asking_id)).unique().one_or_none()
    if row is None or state_of(row) is not AskingState.OPEN:
        raise NotFound
    return _seen(None, [row])[0]


def link_token(row: HostAsking) -> str:
    """Write the link of an asking."""
    return token_of(row.network_id, row.id, keyring().sign)


def state_of(row: HostAsking) -> AskingState:
    return asking_state(row.ended_at is not None, row.expires_on, today())


def _those_for(viewer: Actor, wanted: ColumnElement[bool]) -> list[AskingSeen]:
    """Return some of the letters that the viewer may see, the latest first."""
    organisations = viewer.organisations_for(SEE)
    reach = true() if organisations is None else Site.organisation_id.in_(organisations)
    found = _askings().where(reach, wanted)
    rows = db.session.scalars(found.order_by(HostAsking.asked_at.desc(), HostAsking.id)).unique().all()
    return _seen(viewer, rows)


def _askings() -> Select[HostAsking]:
    site = contains_eager(HostAsking.host).contains_eager(PlacementHost.site)
    return (
        select(HostAsking)
        .join(HostAsking.host)
        .join(PlacementHost.site)
        .join(Site.organisation)
        .options(site.contains_eager(Site.organisation), selectinload(HostAsking.answers))
    )


def _seen(viewer: Actor | None, rows: Sequence[HostAsking]) -> list[AskingSeen]:
    """Show letters to a viewer, or to whoever holds the link."""
    standing = _standing({answer.stay_id for row in rows for answer in row.answers})
    plans = viewer is not None and viewer.may(EDIT)
    return [
        AskingSeen(
            row=row,
            asked=tuple(
                _asked(answer, standing.get(_as_asked(answer)), knows_why=plans)
                for answer in sorted(row.answers, key=lambda each: (each.starts_on, each.id))
            ),
            state=state_of(row),
            may_answer=viewer is None or may_answer(viewer, row.host),
            may_edit=plans,
        )
        for row in rows
    ]


def may_answer(viewer: Actor, host: PlacementHost) -> bool:
    """Say whether somebody answers for a host: its lead, or whoever plans and heard it from them."""
    return viewer.may(ANSWERS, organisation_id=host.site.organisation_id) or viewer.may(EDIT)


def _asked(row: HostAnswer, placement: Placement | None, *, knows_why: bool) -> Asked:
    return Asked(
        id=row.id,
        answer=row.answer,
        placement=placement,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        answered_by=row.answered_by,
        reason=row.reason or "" if knows_why else "",
    )


AsAsked = tuple[uuid.UUID, uuid.UUID, date, date]


def _as_asked(row: HostAnswer | Placement) -> AsAsked:
    return row.stay_id, row.offer_id, row.starts_on, row.ends_on


def _is_ahead(placement: Placement) -> bool:
    return placement.ends_on >= today()


def _asked_already(stay_ids: Iterable[uuid.UUID]) -> set[AsAsked]:
    """Return what hosts were asked by links that still hold, or have answered."""
    rows = db.session.scalars(
        select(HostAnswer)
        .join(HostAnswer.asking)
        .where(HostAnswer.stay_id.in_(list(stay_ids)))
        .options(contains_eager(HostAnswer.asking))
    )
    return {
        _as_asked(row)
        for row in rows
        if row.answer is not Answer.ASKED or state_of(row.asking) is AskingState.OPEN
    }


def _standing(stay_ids: Collection[uuid.UUID]) -> dict[AsAsked, Placement]:
    """Return how stays stand, those of published versions before those of drafts."""
    rows = db.session.scalars(
        select(Placement)
        .join(Placement.version)
        .where(
            Placement.stay_id.in_(stay_ids),
            RotationVersion.state.in_((PlanVersionState.DRAFT, PlanVersionState.CHOSEN)),
        )
        .options(*_whole(), contains_eager(Placement.version).joinedload(RotationVersion.plan))
        .order_by(RotationVersion.state.desc(), RotationVersion.number)
    )
    return {_as_asked(row): row for row in rows}


def _whole() -> tuple[Any, ...]:
    learner = joinedload(Placement.learner)
    return (
        learner.joinedload(Learner.member).joinedload(RotaMember.engagement).joinedload(Engagement.person),
        learner.joinedload(Learner.programme),
        joinedload(Placement.offer).joinedload(PlacementOffer.host).joinedload(PlacementHost.site),
    )
