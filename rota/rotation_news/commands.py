"""Publishing a plan: from then on it is what learners were told; only those hear for whom it changes."""

import uuid
from collections.abc import Collection

from flask import render_template
from sqlalchemy import select, tuple_, update

from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.mail import address_of, post
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.notices.queries import reaches_of
from rota.notices.rules import Reach
from rota.rotation_news.queries import Publishing, look_over, own_notices
from rota.rotation_news.records import RotationNotice
from rota.rotation_news.rules import News, ended
from rota.rotation_news.wording import blocked_said, reasons_wanted, subject_of
from rota.rotation_runs.commands import keep_summary
from rota.rotations.commands import lock_plan, move_plan_version, open_plan_draft
from rota.rotations.queries import find_published, get_version_for, placements_of
from rota.rotations.records import Placement, RotationVersion
from rota.rotations.rules import LONGEST_REASON, PlacementState, PlanVersionState, may_move

TOLD, CONFIRMED = PlacementState.LEARNER_INFORMED, PlacementState.CONFIRMED


@command
def publish_rotations(actor: Actor, version_id: uuid.UUID, reason: str = "") -> int:
    """Make a draft the plan that learners are told of; say how many are told.

    A reason is wanted where somebody hears nearer than their notice; no letter names it.
    """
    # Two drafts published at once follow each other: the later one is compared with what the first told.
    lock_plan(get_version_for(actor, version_id).plan_id)
    version = open_plan_draft(actor, version_id)
    look = look_over(version)
    _refuse_unless_ready(look)
    reason = _fit(reason)
    if look.unexplained and not reason:
        raise Invalid(reasons_wanted([each.name for each in look.unexplained]))
    _end_before(look)
    move_plan_version(version, PlanVersionState.CHOSEN)
    version.label, version.published_at, version.published_by = "", now(), actor.name
    _tell_placements(version)
    keep_summary(version, look.planned)
    _tell(actor, look, reason)
    record(
        actor,
        "publish_rotations",
        "rotation_version",
        version.id,
        number=version.number,
        learners_told=len(look.news),
        short_notice=sum(each.short_from is not None for each in look.news),
        set_aside=len(look.others),
    )
    return len(look.news)


@command
def acknowledge_placements(actor: Actor, shown: Collection[uuid.UUID] | None = None) -> None:
    """Let a learner say that they know where they are placed: these placements are confirmed.

    `shown` are the notices that stood on the page (None: all), so that nobody knows what came since.
    """
    found = [each for each in own_notices(actor) if shown is None or each.id in shown]
    if not found:
        raise Refusal("There is nothing to acknowledge: you know your placements as they stand.")
    for notice in found:
        notice.seen_at = notice.seen_at or now()
        notice.acknowledged_at = now()
        _confirm(notice)
        record(actor, "acknowledge_placements", "rotation_notice", notice.id)


@command
def note_placements_seen(actor: Actor) -> None:
    """Keep that a learner has looked at what they were told."""
    if actor.person_id is None:
        raise NotFound
    unseen = [each for each in own_notices(actor) if each.seen_at is None]
    for notice in unseen:
        notice.seen_at = now()
    record(actor, "see_placements", "person", actor.person_id, notices=len(unseen))


def _confirm(notice: RotationNotice) -> None:
    """Let placements that a notice told be confirmed, in later versions too where they are the same."""
    same = tuple_(Placement.stay_id, Placement.offer_id, Placement.starts_on, Placement.ends_on)
    told = select(*same).where(
        Placement.version_id == notice.version_id, Placement.learner_id == notice.learner_id
    )
    versions = select(RotationVersion.id).where(
        RotationVersion.plan_id == notice.version.plan_id,
        RotationVersion.state.in_((PlanVersionState.DRAFT, PlanVersionState.CHOSEN)),
    )
    db.session.execute(
        update(Placement)
        .where(Placement.version_id.in_(versions), Placement.state == TOLD, same.in_(told))
        .values(state=CONFIRMED, row_version=Placement.row_version + 1)
    )


def _refuse_unless_ready(look: Publishing) -> None:
    if look.is_running:
        raise Refusal("The draft is being filled. Wait for it to end, or stop it.")
    if not look.planned.held and not look.planned.published:
        raise Refusal("Nobody is placed in this draft yet. Fill it first.")
    if look.declined:
        raise Refusal("A host declined a placement of this draft. Place that learner elsewhere first.")
    if look.planned.lost:
        raise Refusal(
            "A placement is of a learner who left, or at an offer that is gone. Take it out, then publish."
        )
    if look.blocking:
        raise Refusal(blocked_said([each.said for each in look.blocking]))
    if not look.news:
        raise Refusal("This draft is what learners were told already: there is nothing to publish.")


def _end_before(look: Publishing) -> None:
    """Let the version before be superseded, and its placements that are not so any more end."""
    told = find_published(look.version.plan_id)
    if told is None:
        return
    gone = {each.stay_id for news in look.news for each in news.gone}
    for placement in placements_of(told.id):
        if placement.stay_id in gone:
            placement.state = ended(placement.held, today())
    move_plan_version(told, PlanVersionState.SUPERSEDED)
    # Only one version of a plan may be published at any time, the database says.
    db.session.flush()


def _tell_placements(version: RotationVersion) -> None:
    for placement in placements_of(version.id):
        if may_move(placement.state, TOLD):
            placement.state, placement.told_at = TOLD, now()
    db.session.flush()


def _tell(actor: Actor, look: Publishing, reason: str) -> None:
    """Keep what each learner is told, and write to those who have an address."""
    learners = look.planned.learners
    people = {each.learner_id: learners[each.learner_id].member.engagement.person_id for each in look.news}
    reaches = reaches_of(list(people.values()))
    for news in look.news:
        reach = reaches[people[news.learner_id]]
        db.session.add(
            RotationNotice(
                version_id=look.version.id,
                learner_id=news.learner_id,
                is_first=news.is_first,
                reason=reason if news.wants_reason else "",
                reason_by=actor.name if news.wants_reason else "",
                letter_at=now() if reach.email else None,
            )
        )
        if reach.email:
            _write(look.version, news, reach)
    db.session.flush()


def _write(version: RotationVersion, news: News, reach: Reach) -> None:
    letter = render_template(
        "rota/rotation_news/letter.txt",
        plan=version.plan,
        is_first=news.is_first,
        has_account=reach.has_account,
        link=address_of("own_training.show"),
    )
    post(reach.email, subject_of(news.is_first), letter)


def _fit(reason: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON} characters.")
    return reason
