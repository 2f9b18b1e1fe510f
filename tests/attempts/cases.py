from datetime import date

from mdt.cases import commands as cases
from mdt.closing import commands as closing
from mdt.drafts import commands as drafts
from mdt.objections import commands as objections
from mdt.patients.rules import Contact
from mdt.referrals import commands as referrals
from mdt.sharing import commands as sharing
from mdt.sharing.queries import access_to, objections_told
from mdt.sharing.rules import ObjectionScope, SharingBasis, SharingMode
from mdt.story import commands as story
from mdt.story.queries import carers_of, needs_of
from mdt.story.rules import CarerDetails, Heard, NeedKind, StatementKind
from mdt.summaries import commands as summaries
from network.access.rules import Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.scene import ASKED, EDITH, home_of, refer

COORDINATOR, CLINICIAN = Role.CARE_COORDINATOR, Role.CLINICIAN
WORDS = Heard(StatementKind.MATTERS, "The allotment.", "Edith", "A Nurse", date(2026, 1, 5))


@attempt(referrals.refer_patient)
def _refer_patient(cast: Cast):
    return by(cast[CLINICIAN], EDITH, ASKED, organisation_id=home_of(cast, CLINICIAN))


@attempt(drafts.keep_draft)
def _keep_draft(cast: Cast):
    return by(cast[CLINICIAN], EDITH, ASKED, organisation_id=home_of(cast, CLINICIAN))


@attempt(drafts.throw_draft_away)
def _throw_draft_away(cast: Cast):
    where = {"organisation_id": home_of(cast, CLINICIAN)}
    return by(cast[CLINICIAN], drafts.keep_draft(cast[CLINICIAN], EDITH, ASKED, **where))


@attempt(referrals.return_referral)
def _return_referral(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).id, "Who has met her?")


@attempt(referrals.redirect_referral)
def _redirect_referral(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).id, "To the falls service.")


@attempt(referrals.decline_referral)
def _decline_referral(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).id, "Not for this team.")


@attempt(referrals.accept_referral)
def _accept_referral(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).id, coordinator_id=cast[COORDINATOR].account_id)


@attempt(referrals.take_back_answer)
def _take_back_answer(cast: Cast):
    case = refer(cast)
    referrals.decline_referral(cast[COORDINATOR], case.id, "Not for this team.")
    return by(cast[COORDINATOR], case.id)


@attempt(summaries.keep_checked)
def _keep_checked(cast: Cast):
    return by(cast[CLINICIAN], refer(cast).id, ["Falls"])


@attempt(referrals.send_again)
def _send_again(cast: Cast):
    case = refer(cast)
    referrals.return_referral(cast[COORDINATOR], case.id, "Who has met her?")
    return by(cast[CLINICIAN], case.id, "I have.")


@attempt(closing.withdraw_case)
def _withdraw_case(cast: Cast):
    return by(cast[CLINICIAN], refer(cast).id, "Better now.")


@attempt(cases.note_case_opened)
def _note_case_opened(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).id)


@attempt(cases.note_case_printed)
def _note_case_printed(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).id)


@attempt(cases.look_up_person, anywhere=True)
def _look_up_person(cast: Cast):
    return by(cast[Role.GOVERNANCE_LEAD], refer(cast).ref)


@attempt(sharing.record_sharing)
def _record_sharing(cast: Cast):
    told = {"how": "Told again.", "informed_by": "A Nurse", "informed_on": today()}
    return by(cast[COORDINATOR], refer(cast).patient_id, SharingBasis.CONSENT, **told)


@attempt(objections.object_to_sharing)
def _object_to_sharing(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id, ObjectionScope.TOPIC, topic="Her son")


@attempt(objections.lift_objection)
def _lift_objection(cast: Cast):
    patient_id = refer(cast).patient_id
    objections.object_to_sharing(cast[COORDINATOR], patient_id, ObjectionScope.TOPIC, topic="Her son")
    ((objection_id, _),) = objections_told(access_to(cast[COORDINATOR], patient_id))
    return by(cast[COORDINATOR], patient_id, objection_id)


@attempt(sharing.choose_sharing_mode)
def _choose_sharing_mode(cast: Cast):
    return by(cast[Role.GOVERNANCE_LEAD], SharingMode.EXPLICIT_CONSENT)


@attempt(story.note_opened)
def _note_opened(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id)


@attempt(story.add_patient)
def _add_patient(cast: Cast):
    return by(cast[COORDINATOR], EDITH, Contact())


@attempt(story.change_patient)
def _change_patient(cast: Cast):
    patient = refer(cast).patient
    return by(
        cast[COORDINATOR], patient.id, EDITH, Contact(phone="01632 960001"), None, seen=patient.row_version
    )


@attempt(story.record_death)
def _record_death(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id, today())


@attempt(story.take_back_death)
def _take_back_death(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id)


@attempt(story.note_statement)
def _note_statement(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id, WORDS)


@attempt(story.confirm_statement)
def _confirm_statement(cast: Cast):
    return by(cast[COORDINATOR], story.note_statement(cast[COORDINATOR], refer(cast).patient_id, WORDS))


@attempt(story.end_statement)
def _end_statement(cast: Cast):
    return by(cast[COORDINATOR], story.note_statement(cast[COORDINATOR], refer(cast).patient_id, WORDS))


@attempt(story.restore_statement)
def _restore_statement(cast: Cast):
    statement_id = story.note_statement(cast[COORDINATOR], refer(cast).patient_id, WORDS)
    story.end_statement(cast[COORDINATOR], statement_id)
    return by(cast[COORDINATOR], statement_id)


@attempt(story.restore_need)
def _restore_need(cast: Cast):
    patient_id = refer(cast).patient_id
    need_id = story.record_need(cast[COORDINATOR], patient_id, NeedKind.COMMUNICATION, "Hearing loop")
    story.end_need(cast[COORDINATOR], need_id)
    return by(cast[COORDINATOR], need_id)


@attempt(story.restore_carer)
def _restore_carer(cast: Cast):
    carer_id = story.add_carer(cast[COORDINATOR], refer(cast).patient_id, CarerDetails("Ann Specimen"))
    story.end_carer(cast[COORDINATOR], carer_id)
    return by(cast[COORDINATOR], carer_id)


@attempt(story.record_need)
def _record_need(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id, NeedKind.COMMUNICATION, "Hearing loop")


@attempt(story.end_need)
def _end_need(cast: Cast):
    patient_id = refer(cast).patient_id
    story.record_need(cast[COORDINATOR], patient_id, NeedKind.COMMUNICATION, "Hearing loop")
    return by(cast[COORDINATOR], needs_of(patient_id)[0].id)


@attempt(story.add_carer)
def _add_carer(cast: Cast):
    return by(cast[COORDINATOR], refer(cast).patient_id, CarerDetails("Ann Specimen"))


@attempt(story.change_carer)
def _change_carer(cast: Cast):
    carer_id = story.add_carer(cast[COORDINATOR], refer(cast).patient_id, CarerDetails("Ann Specimen"))
    return by(cast[COORDINATOR], carer_id, CarerDetails("Anne Specimen"))


@attempt(story.end_carer)
def _end_carer(cast: Cast):
    patient_id = refer(cast).patient_id
    story.add_carer(cast[COORDINATOR], patient_id, CarerDetails("Ann Specimen"))
    return by(cast[COORDINATOR], carers_of(patient_id)[0].id)
