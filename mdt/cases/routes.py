"""The pages of cases: the lists, finding one, and a case with all that is known."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import note_case_opened
from mdt.cases.queries import cases_for, get_case_for, history_of, search
from mdt.cases.rules import OPEN, CaseState
from mdt.cases.wording import LISTS, state_tag
from mdt.sharing.queries import latest_sharing, objections_told
from mdt.sharing.wording import why_said
from mdt.story.queries import banner_for, statements_of
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today

cases = Blueprint("cases", __name__, url_prefix="/cases")


@cases.get("")
@guarded(Permission.SEE_CASES)
def index() -> ResponseReturnValue:
    """List the cases that the viewer may know of, by where they stand."""
    actor = current_actor()
    show = request.args.get("show", "open")
    states = LISTS[show][1] if show in LISTS else OPEN
    return render_template(
        "mdt/cases/index.html",
        found=cases_for(actor, states),
        lists=[
            (label, url_for("cases.index", show=name), name == show) for name, (label, _) in LISTS.items()
        ],
        tag_of=state_tag,
        banner_for=banner_for,
        may_refer=actor.may_somewhere(Permission.REFER_CASES),
        today=today(),
    )


@cases.post("/find")
@guarded(Permission.SEE_CASES)
def find() -> ResponseReturnValue:
    """Find cases by name, NHS number or reference; sent in the body, since addresses are kept by many."""
    words = request.form.get("words", "").strip()
    return render_template(
        "mdt/cases/find.html",
        words=words,
        found=search(current_actor(), words) if words else [],
        tag_of=state_tag,
        banner_for=banner_for,
    )


@cases.get("/<uuid:case_id>")
@guarded(Permission.SEE_CASES)
def show(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show a case: the person, their words, the question, and what happened."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    note_case_opened(actor, case_id)
    case, patient = seen.case, seen.access.patient
    return render_template(
        "mdt/cases/show.html",
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
