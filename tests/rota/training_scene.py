"""What tests about training begin with: a programme of the product and a learner on it."""

import uuid
from datetime import date

from network.access.rules import Role
from network.people.rules import Details
from network.vocabulary import JobRole
from rota.learners.commands import add_learner, take_on_learner
from rota.learners.rules import LearnerDesign
from rota.programme_packs.commands import use_pack
from rota.programme_packs.queries import get_pack
from rota.programmes.queries import find_programme_named, get_programme_for
from rota.programmes.records import Requirement
from tests.cast import Cast
from tests.makers import MONDAY, make_engagement, make_member

LEAD = Role.ROTATION_LEAD
YEAR_ENDS = date(2027, 12, 5)


def programme(cast: Cast, key: str = "nursing_degree") -> uuid.UUID:
    """Give the programme of a pack, begun with where the network has not got it."""
    known = find_programme_named(get_pack(key).design.name)
    return known.id if known else use_pack(cast[LEAD], key)


def requirement(cast: Cast, name: str, key: str = "nursing_degree") -> Requirement:
    """Give a requirement of a pack's programme by its key."""
    row = get_programme_for(cast[LEAD], programme(cast, key))
    return next(each for each in row.requirements if each.key == name)


def design(cast: Cast, **about: object) -> LearnerDesign:
    """Describe a nursing student of a year that begins on the tests' Monday."""
    given = {"programme_id": programme(cast), "starts_on": MONDAY, "ends_on": YEAR_ENDS, **about}
    return LearnerDesign(**given)  # type: ignore[arg-type]


def learner(cast: Cast, name: str = "", **about: object) -> uuid.UUID:
    """Take on a nursing student at Elm."""
    details = Details("Nina", name or f"Learner{uuid.uuid4().hex[:6]}")
    return take_on_learner(cast[LEAD], details, cast.elm.id, design(cast, **about))


def student(cast: Cast) -> uuid.UUID:
    """Make a nursing student of the rota who is on no programme yet."""
    return make_member(make_engagement(cast.elm, role=JobRole.STUDENT_NURSE), cast.network).id


def on_programme(cast: Cast, member_id: uuid.UUID) -> uuid.UUID:
    """Put a member of the rota on the nursing programme."""
    return add_learner(cast[LEAD], member_id, design(cast))
