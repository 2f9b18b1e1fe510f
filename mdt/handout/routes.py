"""A list as those see it who come: on the page of its meeting, and on paper for the room."""

import uuid
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.agenda.commands import note_list_opened
from mdt.agenda.queries import listing_for
from mdt.agenda.routes import building, shown
from mdt.meetings.queries import get_meeting_for
from mdt.meetings.routes import Step, part_of_meeting, steps_of_meeting
from mdt.meetings.rules import AHEAD, MeetingKind, MeetingState
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission

handout = Blueprint("handout", __name__)


@handout.get("/meetings/<uuid:meeting_id>/paper")
@guarded(Permission.SEE_CASES)
def show(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Show a list as it is taken into the room: references alone, or with names."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    require(_may_see(actor, meeting))
    note_list_opened(actor, meeting_id, is_printed=True)
    is_named = request.args.get("names") == "yes"
    listing = listing_for(actor, meeting)
    return render_template("mdt/handout/show.html", is_named=is_named, **shown(listing))


@part_of_meeting
def draw(actor: Actor, meeting: Any) -> str:
    """Draw the list on the page of its meeting, as far as the viewer may see it."""
    if meeting.kind is not MeetingKind.MEETING:
        return ""
    if not _may_see(actor, meeting):
        return render_template("mdt/handout/_not_yet.html")
    listing = listing_for(actor, meeting)
    if listing.rows:
        note_list_opened(actor, meeting.id)
    return render_template("mdt/handout/_list.html", own_id=actor.account_id, **shown(listing))


@steps_of_meeting
def steps(actor: Actor, meeting: Any) -> list[Step]:
    """Offer what can be done with a list now."""
    if meeting.kind is not MeetingKind.MEETING:
        return []
    may_build = actor.may(Permission.BUILD_LISTS)
    is_planned = meeting.state is MeetingState.PLANNED
    found = []
    if may_build and meeting.state in {*AHEAD, MeetingState.RUNNING}:
        text = "Build the list" if is_planned else "Change the list"
        found.append(Step(text, building(meeting.id), is_next=is_planned))
    if _may_see(actor, meeting):
        found.append(Step("List on paper", url_for("handout.show", meeting_id=meeting.id)))
    if may_build and meeting.state in AHEAD:
        found.append(Step("Cancel the meeting", url_for("agenda.cancel", meeting_id=meeting.id)))
    return found


def _may_see(actor: Actor, meeting: Any) -> bool:
    """Say whether a list is out; while it is being built, it is for those alone who build it."""
    return meeting.state is not MeetingState.PLANNED or actor.may(Permission.BUILD_LISTS)
