"""What tests about plans begin with: a student, two hosts for them, and a draft of a year."""

import uuid
from dataclasses import dataclass, replace
from datetime import date, timedelta

from network.access.rules import Actor, Role
from network.organisations.records import Site
from network.plumbing.database import db
from network.vocabulary import JobRole
from rota.hosts.commands import add_approval, add_host, add_offer, name_supervisor
from rota.hosts.queries import find_host_at
from rota.hosts.rules import Approved
from rota.learners.queries import get_learner_for
from rota.placing.commands import place_learner
from rota.placing.rules import Spot
from rota.programmes.rules import SupervisorKind
from rota.rotation_news.commands import publish_rotations
from rota.rotations.commands import make_plan
from rota.rotations.queries import held_in
from rota.rotations.rules import Held
from rota.rulebook.commands import ensure_rulebook
from rota.staff.commands import approve_supervision
from tests.cast import Cast
from tests.rota.host_scene import WELCOME, next_monday, terms
from tests.rota.scene import make_worker
from tests.rota.training_scene import learner, programme

LEAD = Role.ROTATION_LEAD


@dataclass(frozen=True)
class Scene:
    """A draft, whom it is for, and where they could be."""

    lead: Actor
    version_id: uuid.UUID
    student: uuid.UUID
    elm: uuid.UUID
    oak: uuid.UUID
    monday: date

    def place(self, first: int = 0, weeks: int = 4, offer: uuid.UUID | None = None, reason: str = "") -> Held:
        """Place the student by hand, at Elm unless somewhere else is said."""
        placed = place_learner(
            self.lead, self.version_id, self.student, self.spot(first, weeks, offer), reason
        )
        return held_in(self.version_id)[placed.stay_id]

    def spot(self, first: int = 0, weeks: int = 4, offer: uuid.UUID | None = None) -> Spot:
        return Spot(offer or self.elm, self.monday + timedelta(weeks=first), weeks)

    def on(self, version_id: uuid.UUID) -> "Scene":
        """Give the same on another version."""
        return replace(self, version_id=version_id)


def make_scene(cast: Cast, weeks: int = 52) -> Scene:
    """Make a student of nursing whom Elm and Oak could take, and an empty plan from next Monday on."""
    ensure_rulebook(cast[Role.WORKFORCE_MANAGER])
    elm, oak = (_offer(cast, site) for site in (cast.elm_site, cast.oak_site))
    student = learner(cast, starts_on=next_monday(), ends_on=next_monday() + timedelta(weeks=50))
    version_id = make_plan(cast[LEAD], f"Year {uuid.uuid4().hex[:6]}", next_monday(), weeks, 4)
    return Scene(cast[LEAD], version_id, student, elm, oak, next_monday())


def make_published(cast: Cast) -> Scene:
    """Place the student in Elm from the first week on, and publish that."""
    scene = make_scene(cast)
    scene.place()
    publish_rotations(scene.lead, scene.version_id)
    return scene


def _offer(cast: Cast, site: Site) -> uuid.UUID:
    known = find_host_at(site.id)
    host_id = known.id if known else add_host(cast[LEAD], site.id, WELCOME)
    approved = Approved(programme(cast), "The university", next_monday() - timedelta(weeks=52))
    add_approval(cast[LEAD], host_id, approved)
    offer_id = add_offer(cast[LEAD], host_id, terms(cast, name=f"Nursing {uuid.uuid4().hex[:6]}"))
    for kind in (SupervisorKind.PRACTICE, SupervisorKind.ASSESSOR):
        _name(cast, site, offer_id, kind)
    db.session.commit()
    return offer_id


def _name(cast: Cast, site: Site, offer_id: uuid.UUID, kind: SupervisorKind) -> None:
    employer = cast.oak if site.id == cast.oak_site.id else cast.elm
    guide = make_worker(cast, kind.value.title(), JobRole.NURSE, employer)
    manager, since = cast[Role.WORKFORCE_MANAGER], next_monday() - timedelta(weeks=9)
    approve_supervision(manager, guide.id, JobRole.STUDENT_NURSE, minutes_per_session=60, starts_on=since)
    name_supervisor(cast[LEAD], offer_id, guide.id, kind)


def make_own_notice(cast: Cast) -> Actor:
    """Let the trainee of the cast be the student who was told of a placement, and give them."""
    scene = make_scene(cast)
    trainee = cast.accounts[Role.TRAINEE].person
    assert trainee is not None
    get_learner_for(scene.lead, scene.student).member.engagement.person_id = trainee.id
    db.session.commit()
    scene.place()
    publish_rotations(scene.lead, scene.version_id)
    return cast[Role.TRAINEE]
