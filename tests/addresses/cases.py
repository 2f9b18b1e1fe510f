from mdt.drafts.commands import keep_draft
from mdt.objections.commands import object_to_sharing
from mdt.referrals.commands import return_referral
from mdt.sharing.queries import access_to, objections_told
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import add_carer, note_statement, record_need
from mdt.story.rules import CarerDetails, Heard, NeedKind, StatementKind
from network.access.rules import Role
from network.plumbing.database import today
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.scene import ASKED, EDITH, home_of, refer, somebody_new

COORDINATOR = Role.CARE_COORDINATOR


def told(cast: Cast):
    """Somebody with words, a need and a carer."""
    case = refer(cast, COORDINATOR, somebody_new())
    heard = Heard(StatementKind.MATTERS, "The allotment.", "Edith", "A Nurse", today())
    note_statement(cast[COORDINATOR], case.patient_id, heard)
    record_need(cast[COORDINATOR], case.patient_id, NeedKind.COMMUNICATION, "Hearing loop")
    carer_id = add_carer(cast[COORDINATOR], case.patient_id, CarerDetails("Ann Specimen", "daughter"))
    return case, carer_id


@address(
    "story.show",
    "story.change",
    "story.tell",
    "story.need",
    "carers.add",
    "story.share",
    "objections.object_to",
    "story.death",
)
def _patient(cast: Cast):
    return {"patient_id": told(cast)[0].patient_id}


@address("carers.change")
def _carer(cast: Cast):
    return {"carer_id": told(cast)[1]}


@address("folder.show", "folder.paper", "triage.accept", "closing.withdraw", "summaries.check")
def _case(cast: Cast):
    return {"case_id": told(cast)[0].id}


@address("drafts.go_on", "drafts.throwing_away")
def _draft(cast: Cast):
    where = {"organisation_id": home_of(cast, COORDINATOR)}
    return {"case_id": keep_draft(cast[COORDINATOR], EDITH, ASKED, **where)}


@address("triage.answer")
def _answered(cast: Cast):
    return {"case_id": told(cast)[0].id, "answer": "return"}


@address("referrals.again")
def _returned(cast: Cast):
    case, _ = told(cast)
    return_referral(cast[COORDINATOR], case.id, "Who has met her?")
    return {"case_id": case.id}


@address("objections.show")
def _objected(cast: Cast):
    case, _ = told(cast)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="Her son")
    ((objection_id, _),) = objections_told(access_to(cast[COORDINATOR], case.patient_id))
    return {"patient_id": case.patient_id, "objection_id": objection_id}
