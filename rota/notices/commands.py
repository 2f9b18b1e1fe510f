"""Telling people of a published rota, and keeping who has seen it, confirmed it or was told in person."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import NotFound, Refusal
from rota.notices.queries import Told, reaches_of, told_for
from rota.notices.records import Notice, NoticeChange
from rota.notices.rules import Change, LetterKind, Reach
from rota.notices.wording import dates_said, subject_of
from rota.rotas.records import RotaVersion


@dataclass(frozen=True)
class Telling:
    """What one person has to be told of a version: the changes, or none where all of it is new."""

    person_id: uuid.UUID
    changes: tuple[Change, ...] = ()
    must_be_rung: bool = False


def tell(version_id: uuid.UUID, tellings: Collection[Telling], *, is_first: bool) -> None:
    """Keep what each person is told of a version that is being published; their letters wait to be sent."""
    reaches = reaches_of([each.person_id for each in tellings])
    for each in tellings:
        notice = Notice(
            version_id=version_id,
            person_id=each.person_id,
            is_first=is_first,
            must_be_rung=each.must_be_rung,
            letter_due=LetterKind.NEWS if reaches[each.person_id].email else None,
            changes=[_kept(change) for change in each.changes],
        )
        db.session.add(notice)
    db.session.flush()


def remind(people: Iterable[Told]) -> None:
    """Let letters of reminder wait to be sent."""
    for each in people:
        each.notice.letter_due = LetterKind.REMINDER


@command
def send_letters(actor: Actor, version_id: uuid.UUID) -> None:
    """Hand the letters that wait to the post, each once: those that were handed over wait no more."""
    if not actor.is_system:
        raise NotFound
    waiting = db.session.scalars(
        select(Notice)
        .where(Notice.version_id == version_id, Notice.letter_due.is_not(None))
        .options(selectinload(Notice.changes), joinedload(Notice.version).joinedload(RotaVersion.period))
        .with_for_update(of=Notice)
    ).all()
    reaches = reaches_of([notice.person_id for notice in waiting])
    for notice in waiting:
        _send(notice, reaches[notice.person_id])
    record(actor, "send_letters", "rota_version", version_id, letters=len(waiting))


@command
def note_seen(actor: Actor) -> None:
    """Keep that somebody has looked at what they were told."""
    found = _own(actor, [])
    unseen = [notice for notice in found if notice.seen_at is None]
    for notice in unseen:
        notice.seen_at = now()
    record(actor, "see_notice", "person", actor.person_id, notices=len(unseen))


@command
def confirm_notices(actor: Actor, notice_ids: Collection[uuid.UUID]) -> None:
    """Let somebody say that they know what these notices told them."""
    found = _own(actor, notice_ids)
    if {notice.id for notice in found} != set(notice_ids):
        raise NotFound
    for notice in found:
        notice.seen_at = notice.seen_at or now()
        notice.confirmed_at = notice.confirmed_at or now()
        record(actor, "confirm_notice", "rota_notice", notice.id)
    if not found:
        raise Refusal("There is nothing to confirm: you know your rota as it stands.")


@command
def note_told_in_person(actor: Actor, version_id: uuid.UUID, ticked: Mapping[uuid.UUID, bool]) -> None:
    """Keep whom somebody has told by word of mouth; a tick that was taken away counts as not told."""
    told = {each.notice.id: each.notice for each in told_for(actor, version_id).people}
    if not set(ticked) <= set(told):
        raise NotFound
    for notice_id, is_told in ticked.items():
        notice = told[notice_id]
        if is_told != (notice.in_person_at is not None):
            notice.in_person_at = now() if is_told else None
            notice.in_person_by = actor.name if is_told else ""
    record(actor, "tell_in_person", "rota_version", version_id, people=sum(ticked.values()))


def _own(actor: Actor, notice_ids: Collection[uuid.UUID]) -> list[Notice]:
    """Lock the actor's own notices: those named, or all that are not confirmed."""
    if actor.person_id is None:
        raise NotFound
    which = Notice.id.in_(notice_ids) if notice_ids else Notice.confirmed_at.is_(None)
    return list(
        db.session.scalars(select(Notice).where(Notice.person_id == actor.person_id, which).with_for_update())
    )


def _send(notice: Notice, reach: Reach) -> None:
    kind, notice.letter_due = notice.letter_due, None
    if kind is None or not reach.email:
        return
    period = notice.version.period
    letter = render_template(
        "rota/notices/letter.txt",
        notice=notice,
        dates=dates_said(change.day for change in notice.changes),
        period=period,
        link=address_of("mine.show"),
        has_account=reach.has_account,
        is_reminder=kind is LetterKind.REMINDER,
    )
    post(reach.email, subject_of(kind, notice.is_first, period.starts_on), letter)
    notice.letter_at = now()


def _kept(change: Change) -> NoticeChange:
    cell = change.cell
    return NoticeChange(
        member_id=cell.member_id,
        day=cell.day,
        kind=cell.kind,
        before=change.before.kept if change.before else None,
        after=change.after.kept if change.after else None,
        why=change.why,
    )
