from datetime import timedelta

from sqlalchemy import select

from mdt.facts import commands as facts
from mdt.facts.records import PatientFact
from mdt.panels.rules import Answer
from mdt.prompting import commands as prompting
from mdt.prompts import commands as prompts
from mdt.prompts.rules import DismissReason
from network.access.rules import Role
from network.plumbing.database import db, today
from network.vocabulary import Discipline
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.prompted import dry_mouth
from tests.mdt.respondents import make_pharmacy
from tests.mdt.scene import make_case, make_meeting

COORDINATOR = Role.CARE_COORDINATOR


def fact(cast: Cast):
    case = dry_mouth(cast)
    return db.session.scalars(select(PatientFact.id).where(PatientFact.patient_id == case.patient_id)).first()


@attempt(facts.note_facts)
def _note_facts(cast: Cast):
    patient_id = make_case(cast).patient_id
    return by(cast[COORDINATOR], patient_id, {"medicines": Answer(12, today())}, "the practice")


@attempt(facts.take_back_fact)
def _take_back_fact(cast: Cast):
    return by(cast[COORDINATOR], fact(cast))


@attempt(facts.restore_fact)
def _restore_fact(cast: Cast):
    fact_id = fact(cast)
    facts.take_back_fact(cast[COORDINATOR], fact_id)
    return by(cast[COORDINATOR], fact_id)


@attempt(prompts.choose_prompt, anywhere=True)
def _choose_prompt(cast: Cast):
    return by(cast[COORDINATOR], "X01", is_on=False, thresholds={}, seen=0)


@attempt(prompting.ask_by_prompt)
def _ask_by_prompt(cast: Cast):
    make_pharmacy(cast)
    return by(cast[COORDINATOR], dry_mouth(cast).id, "X01", {Discipline.PHARMACY})


@attempt(prompting.act_on_prompt)
def _act_on_prompt(cast: Cast):
    coordinator = cast[COORDINATOR]
    due_on = today() + timedelta(days=7)
    return by(
        coordinator,
        dry_mouth(cast).id,
        "X01",
        "Mouth check",
        due_on,
        account_id=cast[Role.CLINICIAN].account_id,
    )


@attempt(prompting.list_by_prompt)
def _list_by_prompt(cast: Cast):
    return by(cast[COORDINATOR], dry_mouth(cast).id, "X01", make_meeting(cast).id)


@attempt(prompting.dismiss_prompt)
def _dismiss_prompt(cast: Cast):
    return by(cast[COORDINATOR], dry_mouth(cast).id, "X01", DismissReason.IN_PLACE)


@attempt(prompting.take_back_prompt_answer)
def _take_back_prompt_answer(cast: Cast):
    case = dry_mouth(cast)
    answer_id = prompting.dismiss_prompt(cast[COORDINATOR], case.id, "X01", DismissReason.IN_PLACE)
    return by(cast[COORDINATOR], answer_id)
