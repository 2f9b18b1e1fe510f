"""The pages of meetings: those of whoever looks, one date with who comes, and its place in a calendar."""

import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.meetings import commands
from mdt.meetings.forms import AnswerForm, ExpectForm
from mdt.meetings.queries import (
    colleagues_for,
    find_attendance,
    get_attendance_for,
    get_meeting_for,
    invitations_of,
    may_minute,
    may_prepare,
    meetings_for,
    members_expected,
)
from mdt.meetings.rules import AHEAD, OVER, likely_quorum, quorum_of
from mdt.meetings.wording import (
    ENGLAND,
    answer_tag,
    calendar_of,
    counts_said,
    likely_said,
    meeting_tag,
    quorum_said,
    when_said,
)
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import now, today
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.mail import address_of
from network.plumbing.refusals import Refusal

# Dates are made far ahead; nobody is asked on the Today page about those of next season.
ASKED_AHEAD = timedelta(weeks=4)

meetings = Blueprint("meetings", __name__, url_prefix="/meetings")


class Step(NamedTuple):
    """Something to do with a meeting, on a page of its own."""

    text: str
    url: str
    is_next: bool = False


Draw = Callable[[Actor, Any], str]
Offer = Callable[[Actor, Any], Sequence[Step]]
_parts: list[Draw] = []
_offers: list[Offer] = []


def part_of_meeting(draw: Draw) -> Draw:
    """Show on the page of every meeting what this draws of it: HTML, or "" where there is nothing to say."""
    _parts.append(draw)
    return draw


def steps_of_meeting(offer: Offer) -> Offer:
    """Offer at the top of the page of every meeting what this says can be done with it now."""
    _offers.append(offer)
    return offer


@meetings.get("")
@guarded(Permission.SEE_CASES)
def index() -> ResponseReturnValue:
    """List one's meetings: those to come, or those that are over."""
    actor = current_actor()
    is_past = request.args.get("show") == "past"
    return render_template(
        "mdt/meetings/index.html",
        meetings=meetings_for(actor, is_past),
        invitations={each.meeting_id: each for each in invitations_of(actor)},
        lists=[
            ("To come", url_for("meetings.index"), not is_past),
            ("Past", url_for("meetings.index", show="past"), is_past),
        ],
        may_plan=actor.may(Permission.BUILD_LISTS),
        is_past=is_past,
        when_said=when_said,
        tag_of=meeting_tag,
        answer_of=answer_tag,
    )


@meetings.get("/<uuid:meeting_id>")
@guarded(Permission.SEE_CASES)
def show(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Show one date: its list, when and where, and who comes."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    people = members_expected(meeting_id)
    is_ahead = meeting.state in AHEAD
    return render_template(
        "mdt/meetings/show.html",
        meeting=meeting,
        people=people,
        own=find_attendance(meeting_id, actor.account_id) if is_ahead and meeting.starts_at > now() else None,
        quorum=(likely_quorum if is_ahead else quorum_of)(meeting.quorum, people),
        parts=[drawn for draw in _parts if (drawn := draw(actor, meeting))],
        # The next step first, whoever offers it.
        steps=sorted(
            (step for offer in _offers for step in offer(actor, meeting)), key=lambda step: not step.is_next
        ),
        is_ahead=is_ahead,
        may_prepare=is_ahead and may_prepare(actor, meeting),
        may_hand_over=meeting.state not in OVER and may_prepare(actor, meeting),
        may_answer_for=is_ahead and may_minute(actor, meeting),
        # Why a huddle cannot wait may speak of the person.
        may_know_why=may_minute(actor, meeting),
        is_open=meeting.state not in OVER,
        counts_said=counts_said,
        tag_of=meeting_tag,
        answer_of=answer_tag,
        quorum_said=quorum_said,
        likely_said=likely_said,
        when_said=when_said,
    )


@meetings.route("/<uuid:meeting_id>/expect", methods=["GET", "POST"])
@guarded(Permission.SEE_CASES)
def expect(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Ask somebody to one date."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    require(may_prepare(actor, meeting))
    form = ExpectForm()
    there = {each.account_id for each in members_expected(meeting_id)}
    form.account_id.choices = row_choices(
        [(one.account_id, one.said) for one in colleagues_for(actor) if one.account_id not in there],
        empty="Choose somebody",
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.expect_person(actor, meeting_id, form.account_id.data, form.discipline.data)
            return done("They are expected.", url_for("meetings.show", meeting_id=meeting_id))
    return asked("mdt/meetings/expect.html", form, meeting=meeting, when=when_said(meeting.starts_at))


@meetings.post("/attendances/<uuid:attendance_id>/stop")
@guarded(Permission.SEE_CASES)
def stop_expecting(attendance_id: uuid.UUID) -> ResponseReturnValue:
    """Take somebody off those who are expected; one click puts them back."""
    actor = current_actor()
    attendance, meeting = get_attendance_for(actor, attendance_id)
    then = url_for("meetings.show", meeting_id=meeting.id)
    fields = [("account_id", str(attendance.account_id)), ("discipline", attendance.discipline.value)]
    name = attendance.name
    try:
        commands.stop_expecting(actor, attendance_id)
    except Refusal as refusal:
        return _refused(refusal, then)
    return done(
        f"{name} is not expected any more.",
        then,
        undo=undo_by("meetings.expect", *fields, meeting_id=meeting.id),
    )


@meetings.route("/attendances/<uuid:attendance_id>/answer", methods=["GET", "POST"])
@guarded(Permission.SEE_CASES)
def answer(attendance_id: uuid.UUID) -> ResponseReturnValue:
    """Say whether oneself comes, or somebody who has let those who prepare the meeting know."""
    actor = current_actor()
    attendance, meeting = get_attendance_for(actor, attendance_id)
    form = AnswerForm(data={"deputy": attendance.deputy})
    is_own = attendance.account_id == actor.account_id
    require(is_own or may_minute(actor, meeting))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.answer_invitation(actor, attendance_id, form.answer.data, form.deputy.data)
            said = answer_tag(attendance).text
            return done(f"{attendance.name}: {said}.", url_for("meetings.show", meeting_id=meeting.id))
    return asked(
        "mdt/meetings/answer.html",
        form,
        attendance=attendance,
        meeting=meeting,
        is_own=is_own,
        when=when_said(meeting.starts_at),
    )


@meetings.get("/<uuid:meeting_id>/calendar")
@guarded(Permission.SEE_CASES)
def calendar(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Give one date to a calendar; nothing of any patient is in it."""
    meeting = get_meeting_for(current_actor(), meeting_id)
    page = address_of("meetings.show", meeting_id=meeting_id)
    answer = make_response(calendar_of(meeting, page, now()))
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    return answer


def card(actor: Actor) -> str:
    """Draw the card of the Today page: meetings today, and invitations that wait for an answer."""
    if not actor.may_somewhere(Permission.SEE_CASES):
        return ""
    found = meetings_for(actor)
    todays = [each for each in found if each.starts_at.astimezone(ENGLAND).date() == today()]
    soon = now() + ASKED_AHEAD
    waiting = [
        each
        for each in invitations_of(actor)
        if each.is_waiting and each.meeting not in todays and each.meeting.starts_at < soon
    ]
    if not todays and not waiting:
        return ""
    return render_template(
        "mdt/meetings/_card.html", todays=todays, waiting=waiting, tag_of=meeting_tag, when_said=when_said
    )


def _refused(refusal: Refusal, then: str) -> ResponseReturnValue:
    if refusal.status in (403, 404):
        raise refusal
    flash(refusal.sentence, "error")
    return redirect(then, 303)
