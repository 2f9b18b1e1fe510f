"""The screen of a meeting, and what it asks and sends while the meeting runs."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.bookings.commands import drop_booking, put_down_booking
from mdt.bookings.queries import clinics_offered
from mdt.bookings.rules import MOST_WEEKS, USUAL_WEEKS, WEEKS
from mdt.cases.commands import note_case_opened
from mdt.lists.rules import ViewHeard
from mdt.meetings.commands import add_attender, note_attendance
from mdt.meetings.queries import get_meeting_for
from mdt.meetings.routes import Step, steps_of_meeting
from mdt.meetings.rules import AttendanceState, MeetingKind, MeetingState
from mdt.minutes.commands import Clash, link_goal, note_view, save_block, set_review, tick_line
from mdt.minutes.rules import BlockName, CheckLine
from mdt.panes.queries import pane_for, panes_for
from mdt.readback.commands import (
    NotReady,
    carry_item,
    confirm_item,
    drop_proposed,
    mark_not_reached,
    note_item,
    take_action,
)
from mdt.run.commands import begin_meeting, borrow_minutes, enter_room, finish_meeting, note_visit, open_item
from mdt.run.forms import Sent
from mdt.run.queries import (
    action_said,
    block_said,
    booking_said,
    owners_found,
    state_for,
    where_cases_go,
)
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.database import today
from network.plumbing.pages import unattended

run = Blueprint("run", __name__, url_prefix="/meetings/<uuid:meeting_id>/run")
MEMBERS = guarded(Permission.SEE_CASES)


@run.get("")
@MEMBERS
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
        passed_on=where_cases_go(actor, meeting_id),
        may_huddle=_may_huddle(actor, meeting_id),
        blocks=list(BlockName),
        checks=list(CheckLine),
        views=list(ViewHeard),
        clinics=clinics_offered(),
        weeks=WEEKS,
        usual_weeks=USUAL_WEEKS,
        attendance_states=list(AttendanceState),
    )


@steps_of_meeting
def steps(actor: Actor, meeting: Any) -> list[Step]:
    """Offer the room on the page of a meeting whose list is out; a huddle offers its own."""
    if meeting.kind is not MeetingKind.MEETING:
        return []
    if meeting.state not in {MeetingState.PUBLISHED, MeetingState.RUNNING}:
        return []
    return [Step("Open the room", url_for("run.show", meeting_id=meeting.id), is_next=True)]


@run.get("/pulse")
@unattended
@MEMBERS
def pulse(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Tell what changed since a number, where anything did; asking is a sign of life."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    note_visit(actor, meeting)
    if request.args.get("number", type=int) == meeting.change_number:
        return Response(status=204)
    return _state(meeting_id)


@run.get("/owners")
@MEMBERS
def owners(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Name those who can be asked to do something, for completing a name behind an @."""
    typed, item_id = request.args.get("q", ""), request.args.get("item", type=uuid.UUID)
    return jsonify(owners_found(current_actor(), meeting_id, typed, item_id))


@run.get("/items/<uuid:item_id>/pane")
@MEMBERS
def pane(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Show one case that came on the list while the screen was open."""
    found = pane_for(current_actor(), item_id)
    note_case_opened(current_actor(), found.case_id)
    return render_template(
        "mdt/run/_pane.html", pane=found, may_huddle=_may_huddle(current_actor(), meeting_id)
    )


@run.post("/begin")
@MEMBERS
def begin(meeting_id: uuid.UUID) -> ResponseReturnValue:
    begin_meeting(current_actor(), meeting_id)
    return _state(meeting_id)


@run.post("/finish")
@MEMBERS
def finish(meeting_id: uuid.UUID) -> ResponseReturnValue:
    finish_meeting(current_actor(), meeting_id)
    return _state(meeting_id)


@run.post("/items/<uuid:item_id>/open")
@MEMBERS
def open_case(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    open_item(current_actor(), item_id)
    return _state(meeting_id)


@run.post("/items/<uuid:item_id>/block")
@MEMBERS
def block(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what was typed into one box."""
    sent = _sent()
    name, words = sent.word("name", BlockName), sent.text("words")
    saved = save_block(current_actor(), item_id, name, words, seen=sent.whole("seen"), key=sent.text("key"))
    return jsonify(number=saved.number, at=saved.at.isoformat(), by=saved.by)


@run.post("/items/<uuid:item_id>/action")
@MEMBERS
def action(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Read who does what by when from a line."""
    sent = _sent()
    taken = take_action(current_actor(), item_id, sent.text("text"), sent.text("key"))
    return jsonify(action=action_said(taken))


@run.post("/actions/<uuid:action_id>/drop")
@MEMBERS
def drop(meeting_id: uuid.UUID, action_id: uuid.UUID) -> ResponseReturnValue:
    drop_proposed(current_actor(), action_id)
    return _number(meeting_id)


@run.post("/items/<uuid:item_id>/booking")
@MEMBERS
def booking(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Put down that the person is booked into a clinic, to be seen within some weeks."""
    sent = _sent()
    due_on = today() + timedelta(weeks=min(sent.whole("weeks"), MOST_WEEKS))
    taken = put_down_booking(current_actor(), item_id, sent.id("clinic"), due_on, sent.text("key"))
    return jsonify(booking=booking_said(taken))


@run.post("/bookings/<uuid:booking_id>/drop")
@MEMBERS
def drop_place(meeting_id: uuid.UUID, booking_id: uuid.UUID) -> ResponseReturnValue:
    drop_booking(current_actor(), booking_id)
    return _number(meeting_id)


@run.post("/items/<uuid:item_id>/check")
@MEMBERS
def check(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    sent = _sent()
    tick_line(current_actor(), item_id, sent.word("line", CheckLine), sent.flag("on"))
    return _number(meeting_id)


@run.post("/items/<uuid:item_id>/view")
@MEMBERS
def view(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    note_view(current_actor(), item_id, _sent().word("how", ViewHeard))
    return _number(meeting_id)


@run.post("/items/<uuid:item_id>/review")
@MEMBERS
def review(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    set_review(current_actor(), item_id, _sent().day("due"))
    return _number(meeting_id)


@run.post("/items/<uuid:item_id>/goal")
@MEMBERS
def goal(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    """Say which goal of the person's the decision is to serve."""
    link_goal(current_actor(), item_id, _sent().id("goal"))
    return _number(meeting_id)


@run.post("/items/<uuid:item_id>/borrow")
@MEMBERS
def borrow(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    sent = _sent()
    borrow_minutes(current_actor(), item_id, sent.number("minutes") or 0, sent.number("had"))
    return _number(meeting_id)


@run.post("/items/<uuid:item_id>/confirm")
@MEMBERS
def confirm(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    confirm_item(current_actor(), item_id)
    return _state(meeting_id)


@run.post("/items/<uuid:item_id>/carry")
@MEMBERS
def carry(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    carry_item(current_actor(), item_id, _sent().text("reason"))
    return _state(meeting_id)


@run.post("/items/<uuid:item_id>/note")
@MEMBERS
def note(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    note_item(current_actor(), item_id, _sent().text("reason"))
    return _state(meeting_id)


@run.post("/items/<uuid:item_id>/not-reached")
@MEMBERS
def not_reached(meeting_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    mark_not_reached(current_actor(), item_id)
    return _state(meeting_id)


@run.post("/attendances/<uuid:attendance_id>")
@MEMBERS
def attend(meeting_id: uuid.UUID, attendance_id: uuid.UUID) -> ResponseReturnValue:
    """Note whether somebody expected is here."""
    sent = _sent()
    state, deputy = sent.word("state", AttendanceState), sent.text("deputy")
    note_attendance(current_actor(), meeting_id, attendance_id, state, deputy)
    return _state(meeting_id)


@run.post("/attendances")
@MEMBERS
def came(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Note somebody in the room whom nobody expected."""
    sent = _sent()
    actor = current_actor()
    row = add_attender(actor, meeting_id, account_id=sent.id("account_id"), name=sent.text("name"))
    return jsonify(state_for(actor, meeting_id) | {"said": row.said})


@run.errorhandler(Clash)
def both_versions(clash: Clash) -> ResponseReturnValue:
    """Show whoever saves what somebody else wrote meanwhile."""
    return jsonify(sentence=clash.sentence, theirs=block_said(clash.theirs)), clash.status


@run.errorhandler(NotReady)
def what_is_missing(refusal: NotReady) -> ResponseReturnValue:
    """Say which boxes lack something before a decision can be confirmed."""
    missing = [{"box": each.box, "sentence": each.sentence} for each in refusal.missing]
    return jsonify(sentence=refusal.sentence, missing=missing), refusal.status


def _sent() -> Sent:
    return Sent(request.get_json(silent=True))


def _may_huddle(actor: Actor, meeting_id: uuid.UUID) -> bool:
    """Say whether somebody can call a huddle on what a meeting leaves open; in a huddle they are in one."""
    is_meeting = get_meeting_for(actor, meeting_id).kind is MeetingKind.MEETING
    return is_meeting and actor.may_somewhere(Permission.CONTRIBUTE)


def _state(meeting_id: uuid.UUID) -> Response:
    return jsonify(state_for(current_actor(), meeting_id))


def _number(meeting_id: uuid.UUID) -> Response:
    return jsonify(number=get_meeting_for(current_actor(), meeting_id).change_number)
