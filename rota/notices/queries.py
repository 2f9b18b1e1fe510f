"""Who was told of what: a person's own notices, and for publishers what became of all of them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import SYSTEM, Actor, Permission
from network.accounts.records import Account, RoleGrant
from network.organisations.queries import network_of
from network.people.records import Person
from network.plumbing.database import db, now, today
from network.plumbing.refusals import NotAllowed
from rota.notices.records import Notice
from rota.notices.rules import REMIND_AFTER, RING_WITHIN, NoticeState, Reach
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaPeriod, RotaVersion
from rota.rotas.rules import VersionState, said_period

ORDER = list(NoticeState)


@dataclass(frozen=True)
class Told:
    """One person on the list of those who were told."""

    notice: Notice
    reach: Reach

    @property
    def must_be_rung(self) -> bool:
        return self.notice.must_be_rung and self.notice.is_open

    @property
    def is_by_hand(self) -> bool:
        """Say whether somebody has to tell them: they have no way to hear, or none that is quick enough."""
        return self.reach.must_be_told_in_person or self.notice.must_be_rung


@dataclass(frozen=True)
class ToldOfVersion:
    """Everybody who was told of a version, those who know least first."""

    version: RotaVersion
    people: tuple[Told, ...]

    @property
    def said(self) -> str:
        return said_period(self.version.period.starts_on, self.version.period.ends_on)

    def count(self, state: NoticeState) -> int:
        return sum(each.notice.state is state for each in self.people)

    @property
    def open(self) -> tuple[Told, ...]:
        return tuple(each for each in self.people if each.notice.is_open)

    @property
    def to_ring(self) -> tuple[Told, ...]:
        return tuple(each for each in self.people if each.must_be_rung)

    @property
    def to_tell(self) -> tuple[Told, ...]:
        """Those who have to be told by somebody, whether that was done or not."""
        return tuple(
            each for each in self.people if each.is_by_hand and each.notice.state is not NoticeState.CONFIRMED
        )

    @property
    def to_remind(self) -> tuple[Told, ...]:
        before = now() - REMIND_AFTER
        return tuple(
            each
            for each in self.open
            if each.reach.email
            and each.notice.letter_due is None
            and (each.notice.letter_at is None or each.notice.letter_at < before)
        )


def told_for(viewer: Actor, version_id: uuid.UUID) -> ToldOfVersion:
    """Return who was told of a version, and who has not yet answered to an earlier one of the same weeks."""
    version = get_version_for(viewer, version_id)
    if not viewer.may(Permission.PUBLISH_ROTA):
        raise NotAllowed
    found: dict[uuid.UUID, Notice] = {}
    for notice in _notices_of(version):
        found.setdefault(notice.person_id, notice)
    reaches = reaches_of(found)
    people = [Told(notice, reaches[person_id]) for person_id, notice in found.items()]
    people.sort(key=lambda each: (not each.must_be_rung, ORDER.index(each.notice.state), each.reach.name))
    return ToldOfVersion(version, tuple(people))


def _notices_of(version: RotaVersion) -> Sequence[Notice]:
    """Read the notices of a version before those of earlier versions that are open still."""
    is_open = (
        Notice.confirmed_at.is_(None) & Notice.in_person_at.is_(None) & (RotaVersion.number < version.number)
    )
    return db.session.scalars(
        select(Notice)
        .join(Notice.version)
        .where(RotaVersion.period_id == version.period_id, or_(Notice.version_id == version.id, is_open))
        .options(joinedload(Notice.version))
        .order_by(RotaVersion.number.desc())
    ).all()


def reaches_of(person_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Reach]:
    """Return how each of these people can be reached in the current network."""
    day = today()
    people = db.session.scalars(select(Person).where(Person.id.in_(person_ids)))
    rows = db.session.execute(
        select(Account.person_id, Account.email)
        .join(Account.grants)
        .where(
            Account.person_id.in_(person_ids),
            Account.active,
            RoleGrant.network_id == network_of(SYSTEM),
            or_(RoleGrant.starts_on.is_(None), RoleGrant.starts_on <= day),
            or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= day),
        )
    )
    accounts = {person_id: email for person_id, email in rows}
    return {
        person.id: Reach(
            person.id, person.name, accounts.get(person.id, person.email or ""), person.id in accounts
        )
        for person in people
    }


def notices_to_ring(viewer: Actor) -> Sequence[Notice]:
    """Return who has to be rung about a change that came too late for a letter, as long as that helps."""
    if not viewer.may(Permission.PUBLISH_ROTA):
        return []
    return db.session.scalars(
        select(Notice)
        .where(
            Notice.must_be_rung,
            Notice.confirmed_at.is_(None),
            Notice.in_person_at.is_(None),
            Notice.made_at > now() - RING_WITHIN,
        )
        .options(joinedload(Notice.person))
        .order_by(Notice.made_at)
    ).all()


def open_notices(viewer: Actor) -> Sequence[Notice]:
    """Return what the viewer was told and has not confirmed, of rotas that are not over, the oldest first."""
    if viewer.person_id is None:
        return []
    return db.session.scalars(
        select(Notice)
        .join(Notice.version)
        .join(RotaVersion.period)
        .where(
            Notice.person_id == viewer.person_id,
            Notice.confirmed_at.is_(None),
            RotaPeriod.ends_on >= today(),
            RotaVersion.state.in_({VersionState.CHOSEN, VersionState.SUPERSEDED}),
        )
        .options(selectinload(Notice.changes), joinedload(Notice.version).joinedload(RotaVersion.period))
        .order_by(RotaPeriod.starts_on, RotaVersion.number)
    ).all()
