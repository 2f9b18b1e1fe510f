"""The page that offers what was read from a pasted summary for checking."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import note_case_opened
from mdt.cases.queries import get_case_for
from mdt.story.queries import banner_for
from mdt.summaries.commands import keep_checked
from mdt.summaries.forms import CheckForm
from mdt.summaries.queries import to_check
from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on

summaries = Blueprint("summaries", __name__, url_prefix="/cases")


@summaries.route("/<uuid:case_id>/summary", methods=["GET", "POST"])
@guarded(Permission.REFER_CASES)
def check(case_id: uuid.UUID) -> ResponseReturnValue:
    """Offer the counts and dates of a pasted summary for checking: nothing is kept unless it is ticked."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    require(seen.access.standing.is_clinical or seen.case.referrer_id == actor.account_id)
    offered = to_check(seen.case)
    form = CheckForm()
    form.offer(offered)
    if not form.is_submitted():
        note_case_opened(actor, case_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            keep_checked(actor, case_id, form.right.data or [])
            return done("Kept, with your name and today's date.", url_for("folder.show", case_id=case_id))
    return asked(
        "mdt/summaries/check.html",
        form,
        case=seen.case,
        offered=offered,
        sources={each.name: f"Read from: {each.source}" for each in offered},
        banner=banner_for(seen.access.patient),
    )
