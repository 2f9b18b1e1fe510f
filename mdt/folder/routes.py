"""The page of a case: the person, their words, the question, what everybody says, and what happened."""

import uuid

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from mdt.cases.commands import note_case_opened
from mdt.cases.queries import get_case_for, history_of
from mdt.cases.rules import CaseState
from mdt.cases.wording import state_tag
from mdt.sharing.queries import latest_sharing, objections_told
from mdt.sharing.wording import why_said
from mdt.story.queries import banner_for, statements_of
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today

folder = Blueprint("folder", __name__, url_prefix="/cases")


@folder.get("/<uuid:case_id>")
@guarded(Permission.SEE_CASES)
def show(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show a case: the person, their words, the question, and what happened."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    note_case_opened(actor, case_id)
    case, patient = seen.case, seen.access.patient
    return render_template(
        "mdt/folder/show.html",
        case=case,
        banner=banner_for(patient),
        statements=statements_of(patient.id),
        sharing=latest_sharing(patient.id),
        objections=[said for _, said in objections_told(patient.id)],
        why=why_said(seen.access),
        events=history_of(case.id),
        tag_of=state_tag,
        may_triage=actor.may(Permission.BUILD_LISTS) and case.state is CaseState.SUBMITTED,
        is_own=case.referrer_id == actor.account_id,
        is_clinical=seen.access.standing.is_clinical,
        today=today(),
    )
