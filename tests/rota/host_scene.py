"""What tests about hosts begin with: a host at Elm with an offer, and a learner who is proposed there."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

from network.access.rules import Role
from network.plumbing.database import today
from network.vocabulary import Discipline, JobRole
from rota.host_answers.commands import ask_hosts
from rota.host_answers.queries import get_asking_for
from rota.hosts.commands import add_host, add_offer, name_supervisor
from rota.hosts.queries import find_host_at
from rota.hosts.rules import Terms, Welcome
from rota.programmes.rules import Setting, SupervisorKind
from rota.rotations.commands import make_plan
from rota.rotations.queries import get_version_for
from rota.rotations.records import Placement
from rota.rotations.rules import PlacementSource, PlacementState, PlanVersionState
from rota.staff.commands import approve_supervision
from tests.cast import Cast
from tests.makers import keep
from tests.rota.scene import make_worker
from tests.rota.training_scene import learner, programme

LEAD, HOST_LEAD = Role.ROTATION_LEAD, Role.HOST_LEAD
WELCOME = Welcome(lead_name="Hana Example", lead_email="hana@example.org", arrival="Reception at 08:30")


def next_monday() -> date:
    return today() + timedelta(7 - today().weekday())


def host(cast: Cast) -> uuid.UUID:
    """Let Elm take learners, where it does not yet."""
    known = find_host_at(cast.elm_site.id)
    return known.id if known else add_host(cast[LEAD], cast.elm_site.id, WELCOME)


def terms(cast: Cast, **about: object) -> Terms:
    """Describe two places for nursing students."""
    given = Terms(
        name="Nursing team",
        discipline=Discipline.NURSING,
        programmes=(programme(cast),),
        settings=(Setting.GENERAL_PRACTICE_NURSING,),
        opens_on=today() - timedelta(weeks=4),
        most=2,
        minutes=120,
    )
    return replace(given, **about)


def offer(cast: Cast, **about: object) -> uuid.UUID:
    return add_offer(cast[LEAD], host(cast), terms(cast, **about))


def supervisor(cast: Cast, offer_id: uuid.UUID, name: str = "Noor") -> uuid.UUID:
    """Name a nurse of Elm with 60 minutes a session for nursing students."""
    member = make_worker(cast, name, JobRole.NURSE)
    starts_on = today() - timedelta(weeks=4)
    approve_supervision(
        cast[Role.WORKFORCE_MANAGER],
        member.id,
        JobRole.STUDENT_NURSE,
        minutes_per_session=60,
        starts_on=starts_on,
    )
    name_supervisor(cast[LEAD], offer_id, member.id, SupervisorKind.PRACTICE)
    return member.id


def placed(cast: Cast, offer_id: uuid.UUID, *, published: bool = False, weeks: int = 4) -> Placement:
    """Place a nursing student at an offer from next Monday on, in a plan of their own."""
    version_id = make_plan(cast[LEAD], f"Year {uuid.uuid4().hex[:6]}", next_monday(), 52, 4)
    row = keep(
        Placement(
            version_id=version_id,
            learner_id=learner(cast),
            offer_id=offer_id,
            starts_on=next_monday(),
            ends_on=next_monday() + timedelta(weeks=weeks) - timedelta(1),
            source=PlacementSource.HAND,
            state=PlacementState.LEARNER_INFORMED if published else PlacementState.PROPOSED,
        )
    )
    if published:
        get_version_for(cast[LEAD], version_id).state = PlanVersionState.CHOSEN
    return row


def asked(cast: Cast) -> uuid.UUID:
    """Ask Elm for one placement, and give the letter."""
    placement = placed(cast, offer(cast, name=f"Offer {uuid.uuid4().hex[:6]}"))
    return ask_hosts(cast[LEAD], placement.version_id)[0]


def answer_of(cast: Cast, asking_id: uuid.UUID) -> uuid.UUID:
    """Give the one answer of a letter."""
    return get_asking_for(cast[LEAD], asking_id).asked[0].id
