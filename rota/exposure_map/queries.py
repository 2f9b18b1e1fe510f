"""What learners have seen of other disciplines: half-days, placements, meetings and cases of the team."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from network.access.rules import Actor, Permission
from network.plumbing.database import today
from network.vocabulary import Discipline
from rota.exposure_choices.queries import half_days_open_to
from rota.exposure_map.rules import Asked, ExposureMap, map_of
from rota.exposure_sessions.queries import OfferRow, booked_between, chosen_between
from rota.exposure_sessions.rules import Booked
from rota.exposures.queries import exposures_of_people
from rota.exposures.rules import ExposureKind
from rota.learners.queries import get_learner_for, learners_for
from rota.learners.records import Learner
from rota.programmes.queries import as_design
from rota.rotations.queries import published_placements
from rota.rotations.rules import PlacementState, Stretch


@dataclass(frozen=True)
class HalfDays:
    """A learner's half-days with other disciplines: what was seen, what comes, what there is to choose."""

    learner: Learner
    map: ExposureMap
    coming: tuple[Booked, ...]
    over: tuple[Booked, ...]
    open: Sequence[tuple[OfferRow, list[date]]]


def maps_for(viewer: Actor) -> list[tuple[Learner, ExposureMap]]:
    """Return the maps of the learners whom the viewer may see, by programme and name."""
    learners = learners_for(viewer, today())
    return list(zip(learners, maps_of(learners), strict=True))


def half_days_for(viewer: Actor, learner_id: uuid.UUID) -> HalfDays:
    """Return the half-days of a learner whom the viewer may see."""
    learner = get_learner_for(viewer, learner_id)
    return half_days_of(learner, may_choose=viewer.may(Permission.EDIT_ROTATIONS))


def half_days_of(learner: Learner, *, may_choose: bool = True) -> HalfDays:
    """Return a learner's half-days, with those that can be chosen."""
    coming = booked_between(today(), learner.ends_on, [learner.id])
    chances = half_days_open_to(learner, today()) if may_choose else []
    over = chosen_between(learner.starts_on, today() - timedelta(1), [learner.id])
    return HalfDays(learner, maps_of([learner])[0], tuple(coming), tuple(over[::-1]), chances)


def maps_of(learners: Sequence[Learner]) -> list[ExposureMap]:
    """Count what some learners have seen, with as many questions as for one."""
    if not learners:
        return []
    first, last = min(each.starts_on for each in learners), max(each.ends_on for each in learners)
    booked = booked_between(first, last, [each.id for each in learners])
    told = published_placements(first, last)
    stays = [each for each in told if each.state is not PlacementState.HOST_DECLINED]
    people = {each.id: each.member.engagement.person_id for each in learners}
    taken = exposures_of_people(set(people.values()), first, last)

    def one(learner: Learner) -> ExposureMap:
        own = [each for each in taken if each.person_id == people[learner.id]]
        meetings = sum(each.kind is ExposureKind.MEETING for each in own)
        return map_of(
            asked_of(learner),
            [(each.discipline, each.day) for each in booked if each.learner_id == learner.id],
            [(each.offer.discipline, each.stretch) for each in stays if each.learner_id == learner.id],
            (meetings, len(own) - meetings),
            Stretch(learner.starts_on, learner.ends_on),
            today(),
        )

    return [one(learner) for learner in learners]


def asked_of(learner: Learner) -> Asked:
    """Say what a learner's programme asks them to see."""
    design = as_design(learner.programme)
    own: Discipline = design.role.discipline
    return Asked(
        own,
        design.exposure_total or design.exposure_weekly * design.weeks,
        design.breadth,
        frozenset(design.disciplines) - {own},
    )
