"""The pages of a huddle: calling it, and calling it off; it is held on the screen of every meeting."""

import uuid
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.queries import get_case_for
from mdt.huddles.commands import call_huddle, call_off_huddle
from mdt.huddles.forms import CallOffForm, HuddleForm
from mdt.huddles.queries import item_of_huddle, open_huddle_of, people_to_ask
from mdt.lists.queries import item_of_case
from mdt.meetings.queries import get_meeting_for, may_sign
from mdt.meetings.routes import Step, steps_of_meeting
from mdt.meetings.rules import MeetingKind, MeetingState
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on

huddles = Blueprint("huddles", __name__, url_prefix="/huddles")

IN_THE_ROOM = frozenset({MeetingState.PLANNED, MeetingState.RUNNING})


@huddles.route("/new/<uuid:case_id>", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
def call(case_id: uuid.UUID) -> ResponseReturnValue:
    """Call a huddle on a case."""
    actor = current_actor()
    seen = get_case_for(actor, case_id)
    form, people = HuddleForm(), people_to_ask(actor, case_id)
    form.offer(
        [
            (one.account_id, f"{one.name}, {one.discipline.label.lower()} ({one.organisation})")
            for one in (each.colleague for each in people)
        ]
    )
    if form.validate_on_submit() and _has_time(form):
        with refusals_shown_on(form):
            meeting_id = call_huddle(
                actor,
                case_id,
                reason=form.reason.data,
                account_ids=form.people.data or (),
                starts_at=form.starts_at,
                place=form.place.data,
                link=form.link.data,
            )
            return _called(meeting_id, is_now=form.starts_at is None)
    return asked(
        "mdt/huddles/call.html",
        form,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        waiting=item_of_case(case_id),
        called=open_huddle_of(case_id),
        hints={
            str(one.colleague.account_id): "Has to do with this case" for one in people if one.is_involved
        },
    )


@huddles.route("/<uuid:meeting_id>/off", methods=["GET", "POST"])
@guarded(Permission.CONTRIBUTE)
def call_off(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Call a huddle off."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    case = get_case_for(actor, item_of_huddle(meeting).case_id).case
    form = CallOffForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            call_off_huddle(actor, meeting_id, form.reason.data)
            return done(
                "Called off. Everybody who was asked is written to.", url_for("folder.show", case_id=case.id)
            )
    return asked("mdt/huddles/call_off.html", form, meeting=meeting, case=case)


@steps_of_meeting
def steps(actor: Actor, meeting: Any) -> list[Step]:
    """Offer the room of a huddle on its page, and to whoever leads it to call it off."""
    if meeting.kind is not MeetingKind.HUDDLE or meeting.state not in IN_THE_ROOM:
        return []
    found = [Step("Open the room", url_for("run.show", meeting_id=meeting.id), is_next=True)]
    leads = may_sign(actor, meeting) or actor.may(Permission.BUILD_LISTS)
    if leads and meeting.state is MeetingState.PLANNED:
        found.append(Step("Call it off", url_for("huddles.call_off", meeting_id=meeting.id)))
    return found


def _has_time(form: HuddleForm) -> bool:
    if form.is_time_missing:
        form.at.errors = [*form.at.errors, "Enter the time, too."]
    return not form.is_time_missing


def _called(meeting_id: uuid.UUID, *, is_now: bool) -> ResponseReturnValue:
    if is_now:
        there = url_for("run.show", meeting_id=meeting_id)
        return done("The huddle is called: everybody is written to. Begin when they are there.", there)
    there = url_for("meetings.show", meeting_id=meeting_id)
    return done("The huddle is called: everybody who is asked is written to.", there)
