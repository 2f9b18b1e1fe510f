"""The page of a case: the person, their words, the question, what everybody says, and what happened."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.actions.rules import TO_DO
from mdt.actions.wording import state_tag as action_tag
from mdt.bookings.wording import standing_said
from mdt.cases.commands import note_case_opened, note_case_printed
from mdt.cases.wording import state_tag
from mdt.folder.queries import Folder, folder_for
from mdt.folder.rules import Step
from mdt.sharing.wording import why_said
from mdt.story.queries import banner_for
from mdt.story.rules import is_to_be_asked_again
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today

folder = Blueprint("folder", __name__, url_prefix="/cases")

PAGES = {
    Step.TRIAGE: "triage.accept",
    Step.REPLY: "referrals.again",
    Step.LIST: "agenda.choose",
    Step.ASK: "asking.show",
    Step.ACT: "actions.add",
    Step.BOOK: "places.book",
    Step.HUDDLE: "huddles.call",
    Step.LEARN: "learners.of_case",
    Step.TEACH: "learning.tell",
    Step.CLOSE: "closing.close",
    Step.REOPEN: "closing.reopen",
    Step.REVIEW: "closing.review",
    Step.WITHDRAW: "closing.withdraw",
}
FIRST = frozenset({Step.TRIAGE, Step.REPLY})


@folder.get("/<uuid:case_id>")
@guarded(Permission.SEE_CASES)
def show(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show a case with all that the reader may know of it, and what they can do next."""
    actor = current_actor()
    found = folder_for(actor, case_id)
    note_case_opened(actor, case_id)
    return _drawn("mdt/folder/show.html", found, may_tell=actor.may_somewhere(Permission.CONTRIBUTE))


@folder.get("/<uuid:case_id>/print")
@guarded(Permission.SEE_CASES)
def paper(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show a case as it goes on paper, and keep that somebody printed it."""
    actor = current_actor()
    found = folder_for(actor, case_id)
    note_case_printed(actor, case_id)
    return _drawn("mdt/folder/paper.html", found, by=actor.name)


def _drawn(template: str, found: Folder, **shown: object) -> str:
    case = found.seen.case
    steps = [(step, url_for(PAGES[step], case_id=case.id)) for step in PAGES if step in found.steps]
    return render_template(
        template,
        case=case,
        folder=found,
        banner=banner_for(found.seen.access.patient),
        why=why_said(found.seen.access),
        first=[each for each in steps if each[0] in FIRST],
        steps=[each for each in steps if each[0] not in FIRST],
        tag_of=state_tag,
        action_tag=action_tag,
        standing_said=standing_said,
        to_do=TO_DO,
        ask_again=is_to_be_asked_again,
        today=today(),
        **shown,
    )
