"""The pages that change one date of a meeting."""

import uuid

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mdt.dates import commands
from mdt.dates.forms import LeadersForm, MeetingForm
from mdt.meetings.queries import get_meeting_for, leaders_for, may_prepare
from mdt.meetings.wording import ENGLAND, when_said
from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on

dates = Blueprint("dates", __name__, url_prefix="/meetings")


@dates.route("/<uuid:meeting_id>/change", methods=["GET", "POST"])
@guarded(Permission.SEE_CASES)
def change(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Change when and where one date is, who leads it, and its quorum."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    require(may_prepare(actor, meeting))
    local = meeting.starts_at.astimezone(ENGLAND)
    form = MeetingForm(obj=meeting, data={"day": local.date(), "at": local.time(), "quorum": meeting.quorum})
    form.offer_leaders(*leaders_for(actor, meeting.chair_id))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_meeting(actor, meeting_id, form.details)
            return done("The meeting is changed.", url_for("meetings.show", meeting_id=meeting_id))
    return asked("mdt/dates/change.html", form, meeting=meeting, when=when_said(meeting.starts_at))


@dates.route("/<uuid:meeting_id>/leaders", methods=["GET", "POST"])
@guarded(Permission.SEE_CASES)
def hand_over(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Name another chair or minute taker, also of a meeting that runs or waits for its signature."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    require(may_prepare(actor, meeting))
    form = LeadersForm(obj=meeting)
    form.offer_leaders(*leaders_for(actor, meeting.chair_id))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.hand_over(actor, meeting_id, form.chair_id.data, form.minute_taker_id.data)
            return done("Handed over.", url_for("meetings.show", meeting_id=meeting_id))
    return asked("mdt/dates/hand_over.html", form, meeting=meeting, when=when_said(meeting.starts_at))
