"""The page of who saw what of a person; and what every page does with whom it showed."""

import uuid
from collections.abc import Collection

from flask import Blueprint, Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.commands import look_up_person
from mdt.cases.queries import refs_of
from mdt.seen.commands import note_page, note_seen_read
from mdt.seen.queries import days_of, get_person_for, ids_of, not_kept, refs_known
from mdt.seen.wording import told_said
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.audit.queries import Whose
from network.organisations.queries import names_known
from network.plumbing.database import today
from network.plumbing.shown import kept, shown

seen = Blueprint("seen", __name__, url_prefix="/patients/<uuid:patient_id>")

# A page, or a form that comes back; what was refused or only led elsewhere showed nobody.
SHOWN = frozenset({200, 422})


class People:
    """Finds, for the page of the audit trail, whose data entries are about."""

    def named(self, viewer: Actor, words: str) -> uuid.UUID | None:
        """Return whom a reference or a number names, and keep that it was asked."""
        return look_up_person(viewer, words)

    def whose(self, person_id: uuid.UUID) -> Whose | None:
        """Return whom an id means."""
        refs = refs_known([person_id]).get(person_id)
        report = url_for("seen.show", patient_id=person_id)
        return Whose(refs, ids_of(person_id), report) if refs else None

    def names(self, viewer: Actor, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
        """Return by what people and cases may be called, and organisations where the viewer knows them."""
        return refs_known(ids) | names_known(viewer, ids)


@seen.get("/seen")
@guarded(Permission.SEE_SHARING)
def show(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Show who did what with what is known of somebody, in words that they can read."""
    actor = current_actor()
    days, person = days_of(actor, patient_id), get_person_for(actor, patient_id)
    note_seen_read(actor, patient_id)
    return render_template(
        "mdt/seen/show.html",
        patient_id=patient_id,
        refs=refs_of([patient_id])[patient_id],
        banner=banner_for(person) if person else None,
        days=days,
        said=told_said,
        by=actor.name,
        today=today(),
        may_audit=actor.may(Permission.SEE_AUDIT),
    )


@seen.after_app_request
def keep_whom_it_showed(response: Response) -> Response:
    """Keep whose data a page showed, unless the trail has it already from what the page did."""
    if shown() and g.get("actor") is not None and response.status_code in SHOWN:
        people = not_kept(shown(), kept())
        if people:
            note_page(g.actor, request.endpoint or "", people)
    return response
