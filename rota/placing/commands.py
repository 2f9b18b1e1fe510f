"""Placing learners by hand: each change is looked at with the rules of the search, and can be taken back."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from network.access.rules import Actor
from network.plumbing.commands import command
from network.plumbing.refusals import Invalid, NotFound, Refusal
from rota.jobs.queries import find_running_job
from rota.placing.queries import Planned, planned_for
from rota.placing.rules import Spot
from rota.placing.wording import short_notice_said
from rota.rotations.commands import change_plan, open_plan_draft
from rota.rotations.records import RotationVersion
from rota.rotations.rules import LONGEST_REASON, Change, Held, PlacementSource, Stretch


class ReasonWanted(Invalid):
    """A learner would be moved nearer than their notice."""


@dataclass(frozen=True)
class Placed:
    """What became of a change by hand: the rules it breaks that were kept before, and what had to go."""

    stay_id: uuid.UUID
    breaks: tuple[str, ...] = ()
    gone: int = 0


@command
def place_learner(
    actor: Actor, version_id: uuid.UUID, learner_id: uuid.UUID, spot: Spot, reason: str = ""
) -> Placed:
    """Place a learner at an offer for some weeks; what is not pinned of theirs in these weeks goes."""
    version, planned = _open(actor, version_id)
    if learner_id not in planned.learners:
        raise NotFound
    held = Held(uuid.uuid4(), learner_id, spot.offer_id, _stretch(planned, spot), PlacementSource.HAND)
    return _put(actor, version, planned, None, held, reason)


@command
def move_placement(
    actor: Actor, version_id: uuid.UUID, stay_id: uuid.UUID, spot: Spot, reason: str = ""
) -> Placed:
    """Let a placement be at another offer or in other weeks; what is not pinned in these weeks goes."""
    version, planned = _open(actor, version_id)
    was = _standing(planned, stay_id)
    now = was.moved(spot.offer_id, _stretch(planned, spot), PlacementSource.HAND)
    if now == was:
        raise Invalid("Choose another host or other weeks: the placement is there already.")
    return _put(actor, version, planned, was, now, reason)


@command
def clear_placement(actor: Actor, version_id: uuid.UUID, stay_id: uuid.UUID) -> None:
    """Take a placement out of a draft."""
    version, planned = _open(actor, version_id)
    was = _standing(planned, stay_id)
    change_plan(actor, version, [(was, None)], f"{_name(planned, was)} taken out")


@command
def pin_placement(actor: Actor, version_id: uuid.UUID, stay_id: uuid.UUID) -> None:
    """Keep a placement as it is, whatever the search finds."""
    _pin(actor, version_id, stay_id, is_pinned=True)


@command
def unpin_placement(actor: Actor, version_id: uuid.UUID, stay_id: uuid.UUID) -> None:
    """Let the search move a placement."""
    _pin(actor, version_id, stay_id, is_pinned=False)


def _pin(actor: Actor, version_id: uuid.UUID, stay_id: uuid.UUID, is_pinned: bool) -> None:
    version, planned = _open(actor, version_id)
    was = _standing(planned, stay_id)
    if was.is_pinned is is_pinned:
        raise Refusal("It is pinned already." if is_pinned else "It is not pinned.")
    word = "pinned" if is_pinned else "unpinned"
    change_plan(actor, version, [(was, replace(was, is_pinned=is_pinned))], f"{_name(planned, was)} {word}")


def _open(actor: Actor, version_id: uuid.UUID) -> tuple[RotationVersion, Planned]:
    version = open_plan_draft(actor, version_id)
    if find_running_job(version.id):
        raise Refusal("This version is being filled. Wait for it to end, or stop it; then change it.")
    return version, planned_for(version)


def _standing(planned: Planned, stay_id: uuid.UUID) -> Held:
    held = planned.held.get(stay_id)
    if held is None:
        raise Refusal("This placement has changed since you looked. Look again, then change it.")
    return held


def _stretch(planned: Planned, spot: Spot) -> Stretch:
    if spot.offer_id not in planned.number_of:
        raise Invalid("Choose a host's offer that is open.")
    calendar = planned.calendar
    if spot.starts_on.weekday() != 0:
        raise Invalid("A placement begins on a Monday. Choose a Monday.")
    first = calendar.week_of(spot.starts_on)
    if first < 0 or spot.weeks < 1 or first + spot.weeks > calendar.weeks:
        raise Invalid("Choose weeks within the plan.")
    return calendar.stretch(first, spot.weeks)


def _put(
    actor: Actor, version: RotationVersion, planned: Planned, was: Held | None, now: Held, reason: str
) -> Placed:
    """Put a placement where it is to be, pinned, as it was set by hand."""
    gone = [
        each
        for each in planned.of_learner(now.learner_id)
        if each.stay_id != now.stay_id and each.stretch.meets(now.stretch)
    ]
    if any(each.is_pinned for each in gone):
        raise Refusal(f"{_name(planned, now)} has a pinned placement in these weeks. Unpin or move it first.")
    reason = _fit(reason)
    now = replace(now, is_pinned=True, reason=reason, reason_by=actor.name if reason else "")
    after = _after(planned.held, now, gone)
    seen = planned.with_held(after)
    weeks = seen.short_notice_of(now.learner_id) - planned.short_notice_of(now.learner_id)
    if weeks and not reason:
        notice = planned.notice_of(now.learner_id)
        raise ReasonWanted(short_notice_said(_name(planned, now), min(weeks), notice))
    changes: list[Change] = [(was, now), *((each, None) for each in gone)]
    said = f"{_name(planned, now)} {'moved' if was else 'placed'}"
    change_plan(actor, version, planned.guided(changes), said)
    return Placed(now.stay_id, _newly_broken(planned, seen), len(gone))


def _after(held: Mapping[uuid.UUID, Held], now: Held, gone: list[Held]) -> dict[uuid.UUID, Held]:
    left = {stay_id: each for stay_id, each in held.items() if each not in gone}
    return {**left, now.stay_id: now}


def _newly_broken(before: Planned, after: Planned) -> tuple[str, ...]:
    known = {each.said for each in before.breaches}
    return tuple(dict.fromkeys(each.said for each in after.breaches if each.said not in known))


def _name(planned: Planned, held: Held) -> str:
    learner = planned.learners.get(held.learner_id)
    return learner.name if learner else "A learner who left"


def _fit(reason: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON} characters.")
    return reason
