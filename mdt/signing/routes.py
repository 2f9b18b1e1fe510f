"""Reading the minutes of a meeting on one page, putting them right, signing all at once, and adding later."""

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.lists.queries import get_item_for
from mdt.meetings.queries import may_minute
from mdt.meetings.routes import Step, steps_of_meeting
from mdt.meetings.rules import MeetingState
from mdt.meetings.wording import meeting_tag, when_said
from mdt.run.commands import open_item
from mdt.signing import commands
from mdt.signing.forms import AddendumForm, SignForm
from mdt.signing.queries import get_decision_for, minutes_for, to_sign
from mdt.signing.wording import hours_said, quorum_was_said, who_said
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on

signing = Blueprint("signing", __name__)

SEE = Permission.SEE_CASES


@signing.get("/meetings/<uuid:meeting_id>/minutes")
@guarded(SEE)
def show(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Show the minutes of a meeting: every decision and action on one page, to read, sign and print."""
    return _show(meeting_id, SignForm())


@signing.post("/meetings/<uuid:meeting_id>/minutes/sign")
@guarded(SEE)
def sign(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Put the chair's name under every decision of the meeting."""
    form = SignForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            why = form.why_without_quorum.data or ""
            count = commands.sign_minutes(current_actor(), meeting_id, why, seen=form.seen.data)
            said = f"Signed: {count} decision{'' if count == 1 else 's'}. The letters are written."
            return done(said, url_for("signing.show", meeting_id=meeting_id))
    return _show(meeting_id, form)


@signing.post("/items/<uuid:item_id>/put-right")
@guarded(SEE)
def put_right(item_id: uuid.UUID) -> ResponseReturnValue:
    """Open a case again on the meeting's screen, before its minutes are signed."""
    actor = current_actor()
    meeting_id = get_item_for(actor, item_id).item.meeting_id
    open_item(actor, item_id)
    return redirect(url_for("run.show", meeting_id=meeting_id), 303)


@signing.route("/decisions/<uuid:decision_id>/add", methods=["GET", "POST"])
@guarded(SEE)
def add(decision_id: uuid.UUID) -> ResponseReturnValue:
    """Add to a decision that was signed."""
    actor = current_actor()
    decision, seen = get_decision_for(actor, decision_id)
    require(may_minute(actor, decision.item.meeting))
    form = AddendumForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_to_decision(
                actor,
                decision_id,
                form.words.data or "",
                is_person_to_be_told=form.is_person_to_be_told.data,
            )
            where = url_for("signing.show", meeting_id=decision.item.meeting_id)
            return done("Added. What was signed stays as it is.", where)
    return asked(
        "mdt/signing/add.html",
        form,
        decision=decision,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        when=when_said(decision.item.meeting.starts_at),
    )


@steps_of_meeting
def steps(actor: Actor, meeting: Any) -> list[Step]:
    """Offer the minutes of a meeting that is over on its page."""
    if meeting.state is MeetingState.MINUTES_DRAFT:
        is_own = meeting.chair_id == actor.account_id
        text = "Read and sign the minutes" if is_own else "Minutes"
        return [Step(text, url_for("signing.show", meeting_id=meeting.id), is_next=is_own)]
    if meeting.state is MeetingState.SIGNED:
        return [Step("Minutes", url_for("signing.show", meeting_id=meeting.id))]
    return []


def card(actor: Actor) -> str:
    """Draw the card of the Today page for a chair whose minutes wait."""
    found = to_sign(actor)
    return render_template("mdt/signing/_card.html", found=found, when_said=when_said) if found else ""


def _show(meeting_id: uuid.UUID, form: SignForm) -> ResponseReturnValue:
    actor = current_actor()
    commands.note_minutes_opened(actor, meeting_id)
    minutes = minutes_for(actor, meeting_id)
    form.show_version(minutes.version)
    return asked(
        "mdt/signing/show.html",
        form,
        minutes=minutes,
        tag_of=meeting_tag,
        when_said=when_said,
        hours_said=hours_said,
        quorum_was_said=quorum_was_said,
        who_said=who_said,
        today=today(),
    )
