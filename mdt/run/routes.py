"""The screen of a meeting, and what it asks and sends while the meeting runs."""

import uuid

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from mdt.lists.rules import ViewHeard
from mdt.meetings.queries import get_meeting_for
from mdt.meetings.rules import AttendanceState
from mdt.minutes.rules import BlockName, CheckLine
from mdt.run.commands import enter_room, note_visit
from mdt.run.queries import panes_for, state_for
from network.access.guard import current_actor, guarded
from network.access.rules import Permission

run = Blueprint("run", __name__, url_prefix="/meetings/<uuid:meeting_id>/run")


@run.get("")
@guarded(Permission.SEE_CASES)
def show(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Show the screen of a meeting, with every case on it that the viewer may know of."""
    actor = current_actor()
    enter_room(actor, meeting_id)
    note_visit(actor, get_meeting_for(actor, meeting_id))
    return render_template(
        "mdt/run/show.html",
        meeting=get_meeting_for(actor, meeting_id),
        state=state_for(actor, meeting_id),
        panes=panes_for(actor, meeting_id),
        blocks=list(BlockName),
        checks=list(CheckLine),
        views=list(ViewHeard),
        attendance_states=list(AttendanceState),
    )


@run.get("/pulse")
@guarded(Permission.SEE_CASES)
def pulse(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Tell what changed since a number, where anything did; asking is a sign of life."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    note_visit(actor, meeting)
    if request.args.get("number", type=int) == meeting.change_number:
        return Response(status=204)
    return jsonify(state_for(actor, meeting_id))
