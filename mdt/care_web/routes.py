"""The pages of a person's care web: a picture, the same as a list, the week, and what goes on paper."""

import uuid

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from mdt.care_web.queries import web_for
from mdt.care_web.wording import finding_said, picture_said
from mdt.involvements.commands import note_web_opened, note_web_printed
from mdt.involvements.rules import PartOfDay, Ring, Visit
from mdt.involvements.wording import DAYS, between_said, often_said, purposes_said, valued_said
from mdt.sharing.queries import Access, access_to
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.database import today

care_web = Blueprint("care_web", __name__, url_prefix="/patients")


@care_web.get("/<uuid:patient_id>/care-web")
@guarded(Permission.SEE_CASES)
def show(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Show who is around a person, as a picture or as a list."""
    actor = current_actor()
    access = access_to(actor, patient_id)
    note_web_opened(actor, patient_id)
    return _drawn(
        "mdt/care_web/show.html",
        access,
        is_list=request.args.get("as") == "list",
        case_id=request.args.get("case", type=uuid.UUID),
        may_tell=actor.may_somewhere(Permission.CONTRIBUTE),
    )


@care_web.get("/<uuid:patient_id>/care-web/print")
@guarded(Permission.CONTRIBUTE)
def paper(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Show who is around a person as it goes on paper, and keep that somebody printed it."""
    actor = current_actor()
    access = access_to(actor, patient_id)
    note_web_printed(actor, patient_id)
    return _drawn("mdt/care_web/paper.html", access, by=actor.name)


def _drawn(template: str, access: Access, **shown: object) -> str:
    return render_template(
        template,
        web=web_for(access),
        patient=access.patient,
        banner=banner_for(access.patient),
        finding_said=finding_said,
        picture_said=picture_said,
        often_said=often_said,
        between_said=between_said,
        purposes_said=purposes_said,
        valued_said=valued_said,
        rings=Ring,
        parts=PartOfDay,
        days=DAYS,
        visit=Visit,
        today=today(),
        **shown,
    )
