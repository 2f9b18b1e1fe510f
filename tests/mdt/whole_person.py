"""All that can be known around the person whom `everything` hides: by the names that addresses use."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from mdt.carer_actions.commands import ask_carer
from mdt.carers.commands import CarerWords, note_carer_said
from mdt.carers.rules import SaidKind
from mdt.cases.records import Case
from mdt.exchange.commands import bring_record
from mdt.facts.records import PatientFact
from mdt.findings.records import Finding
from mdt.goals.commands import review_goal, set_goal
from mdt.goals.rules import GoalDetails, Level
from mdt.involvements.commands import add_involvement
from mdt.involvements.rules import TieDetails, TieKind
from mdt.offering.commands import Named, name_navigator, offer_service
from mdt.own_door.records import DoorNote
from mdt.own_page.commands import write_from_own_page
from mdt.plans.commands import begin_plan, write_plan
from mdt.plans.queries import find_draft
from mdt.plans.rules import PlanWords
from mdt.prompts.records import PromptAnswer
from mdt.prompts.rules import DismissReason, PromptOutcome
from mdt.services.rules import Way
from network.access.rules import Role
from network.organisations.records import Organisation
from network.plumbing.database import current_network, db, today
from tests.cast import Cast
from tests.makers import keep, make_organisation
from tests.mdt.casefinding.lists import bring, take_in
from tests.mdt.everything import FAMILY, WORDS
from tests.mdt.exchange.files import EDITH_SENT, bundle
from tests.mdt.local_services import make_service
from tests.mdt.outcomes.scene import link, measure_of, started
from tests.mdt.own_door.scene import door_of, make_link
from tests.mdt.prompted import know

COORDINATOR = Role.CARE_COORDINATOR
LISTED = f"999 000 0018,{FAMILY},Edith,04/03/1941,0.31,6,12,2"


def make_whole_person(cast: Cast, known: dict[str, uuid.UUID]) -> dict[str, uuid.UUID]:
    """Prompts, web, carer's words, goals, plan, page, measures, services, lists and files of one person."""
    case = db.session.get_one(Case, known["case_id"])
    return (
        _prompted(cast, case)
        | _around(cast, case, known["carer_id"])
        | _planned(cast, case)
        | _told(cast, case)
        | _listed(cast)
    )


def _prompted(cast: Cast, case: Case) -> dict[str, uuid.UUID]:
    know(cast, case, dry_mouth="yes", medicines=12)
    fact = db.session.scalars(select(PatientFact).where(PatientFact.patient_id == case.patient_id)).first()
    assert fact
    answer = keep(
        PromptAnswer(
            patient_id=case.patient_id,
            case_id=case.id,
            code="X01",
            outcome=PromptOutcome.DISMISSED,
            reason=DismissReason.IN_PLACE,
            because=f"{WORDS} 12",
            answered_by="Nobody",
            quiet_until=today() + timedelta(days=90),
        )
    )
    return {"fact_id": fact.id, "answer_id": answer.id}


def _around(cast: Cast, case: Case, carer_id: uuid.UUID) -> dict[str, uuid.UUID]:
    coordinator, soon = cast[COORDINATOR], today() + timedelta(days=7)
    near = TieDetails(TieKind.NEIGHBOUR, f"Mrs {WORDS}")
    said = CarerWords(SaidKind.NEED, f"{WORDS} at night.", today())
    offer_id = offer_service(coordinator, case.id, make_service().id, Way.SELF)
    return {
        "involvement_id": add_involvement(coordinator, case.patient_id, near),
        "said_id": note_carer_said(coordinator, carer_id, said),
        "asked_id": ask_carer(coordinator, case.id, carer_id, f"Bring the {WORDS}", soon),
        "offer_id": offer_id,
        "navigator_id": name_navigator(coordinator, case.id, Named(f"Joy {WORDS}"), today()),
    }


def _planned(cast: Cast, case: Case) -> dict[str, uuid.UUID]:
    coordinator = cast[COORDINATOR]
    scale = tuple(f"{WORDS} {level}" for level in range(5))
    wanted = GoalDetails(f"To see the {WORDS}.", "Edith", levels=scale, baseline=-1)
    goal_id = set_goal(coordinator, case.patient_id, wanted)
    plan_id = begin_plan(coordinator, case.patient_id)
    draft = find_draft(case.patient_id)
    assert draft
    write_plan(coordinator, plan_id, PlanWords(f"Walks to the {WORDS}."), seen=draft.row_version)
    return {
        "goal_id": goal_id,
        "review_id": review_goal(coordinator, goal_id, Level.EXPECTED, WORDS, today()),
        "plan_id": plan_id,
    }


def _told(cast: Cast, case: Case) -> dict[str, uuid.UUID]:
    door_id, _ = door_of(make_link(cast, case.patient_id))
    write_from_own_page(cast[COORDINATOR], door_id, f"Please ring about the {WORDS}.")
    measured = started(cast, case)
    return {
        "door_id": door_id,
        "note_id": db.session.scalars(select(DoorNote.id)).one(),
        "measure_id": measure_of(measured).measure.id,
        "link_id": link(cast, measured).id,
    }


def _listed(cast: Cast) -> dict[str, uuid.UUID]:
    network = db.session.get_one(Organisation, current_network())
    # A practice at which nobody of the cast works.
    practice = make_organisation(network, "Far Surgery").id
    take_in(cast, LISTED, role=COORDINATOR, practice_id=practice)
    return {
        "finding_id": db.session.scalars(select(Finding.id)).one(),
        "list_id": bring(cast, LISTED, role=COORDINATOR, practice_id=practice, ago=1),
        "file_id": bring_record(cast[COORDINATOR], bundle(EDITH_SENT)),
    }
