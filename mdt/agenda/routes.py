"""Building a list: what waits, what is on it, in which order and for how long; publishing it."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.agenda import commands
from mdt.agenda.forms import ArrangeForm, ChooseForm, ReasonForm, ids_in, position_in
from mdt.agenda.queries import Listing, listing_for, meetings_to_choose
from mdt.agenda.wording import minutes_said, name_said, outcome_tag, publish_asked, tags_of
from mdt.agreements.queries import uncovered_by_agreements
from mdt.cases.queries import get_case_for
from mdt.lists.commands import publish_list, put_on_list
from mdt.lists.queries import get_item_for
from mdt.lists.rules import TO_COME
from mdt.lists.wording import list_said
from mdt.meetings.queries import get_meeting_for, members_expected
from mdt.meetings.rules import MeetingState
from mdt.meetings.wording import ENGLAND, meeting_tag, when_said
from mdt.readiness.rules import concerns_of
from mdt.readiness.wording import concern_said
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from network.plumbing.shown import note_shown
from network.vocabulary import Discipline

agenda = Blueprint("agenda", __name__)
Done = Callable[[], str]
UNDONE = (NotAllowed, NotFound)


@agenda.get("/meetings/<uuid:meeting_id>/list")
@guarded(Permission.BUILD_LISTS)
def build(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Show what waits for a list beside what is on it."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    commands.note_list_opened(actor, meeting_id)
    return render_template("mdt/agenda/build.html", **shown(listing_for(actor, meeting)))


@agenda.post("/meetings/<uuid:meeting_id>/list/add")
@guarded(Permission.BUILD_LISTS)
def add(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Put the cases that were ticked on the list, or the one that was dragged there."""

    def put() -> str:
        case_ids = ids_in(request.form.getlist("case_id"))
        reason = request.form.get("reason", "")
        number = commands.put_all_on_list(current_actor(), meeting_id, case_ids, reason)
        return f"{number} {'case is' if number == 1 else 'cases are'} on the list."

    return _built(meeting_id, put)


@agenda.post("/lists/<uuid:item_id>/move")
@guarded(Permission.BUILD_LISTS)
def move(item_id: uuid.UUID) -> ResponseReturnValue:
    """Put a case at another place of its list."""
    seen = get_item_for(current_actor(), item_id)

    def move_there() -> str:
        position = position_in(request.form.get("position") or request.form.get("to", ""))
        commands.move_item(current_actor(), item_id, position)
        return f"{seen.case.ref} is number {seen.item.position} now."

    return _built(seen.item.meeting_id, move_there)


@agenda.post("/meetings/<uuid:meeting_id>/list/share")
@guarded(Permission.BUILD_LISTS)
def share(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Share the minutes out again."""
    return _built(meeting_id, lambda: _said(commands.plan_minutes, meeting_id, "The minutes are shared out."))


@agenda.post("/meetings/<uuid:meeting_id>/list/group")
@guarded(Permission.BUILD_LISTS)
def group(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Let each practice's cases stand together and give its GPs their time."""
    said = "Cases of one practice stand together, and its GPs have their times."
    return _built(meeting_id, lambda: _said(commands.group_by_practice, meeting_id, said))


@agenda.post("/meetings/<uuid:meeting_id>/list/throughout")
@guarded(Permission.BUILD_LISTS)
def throughout(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Ask everybody for the whole meeting."""
    said = "Everybody is asked for the whole meeting."
    return _built(meeting_id, lambda: _said(commands.end_slots, meeting_id, said))


@agenda.route("/lists/<uuid:item_id>", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def arrange(item_id: uuid.UUID) -> ResponseReturnValue:
    """Say how long a case takes, who presents it, and which disciplines it needs."""
    actor = current_actor()
    seen = get_item_for(actor, item_id)
    item = seen.item
    note_shown([seen.case.patient_id])
    form = ArrangeForm(
        data={
            "minutes": item.planned_minutes if item.minutes_fixed else None,
            "presenter": item.presenter,
            "invited": item.invited,
        }
    )
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.arrange_item(actor, item_id, form.arranged)
            return done(f"{seen.case.ref} is arranged.", building(item.meeting_id))
    return asked("mdt/agenda/arrange.html", form, seen=seen, **words_of(item.meeting))


@agenda.route("/lists/<uuid:item_id>/off", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def take_off(item_id: uuid.UUID) -> ResponseReturnValue:
    """Take a case off a list: at once while it is being built, with a reason once it is published."""
    actor = current_actor()
    seen = get_item_for(actor, item_id)
    meeting, case = seen.item.meeting, seen.case
    form = ReasonForm()
    if meeting.state is MeetingState.PLANNED and form.is_submitted():
        commands.withdraw_from_list(actor, item_id)
        undo = undo_by("agenda.add", ("case_id", str(case.id)), meeting_id=meeting.id)
        return done(f"{case.ref} is off the list.", building(meeting.id), undo=undo)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.withdraw_from_list(actor, item_id, form.reason.data)
            return done(f"{case.ref} is off the list.", building(meeting.id))
    return asked("mdt/agenda/take_off.html", form, seen=seen, **words_of(meeting))


@agenda.post("/meetings/<uuid:meeting_id>/list/publish")
@guarded(Permission.BUILD_LISTS)
def publish(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Publish a list: those who come are told which cases need them."""
    shown = url_for("meetings.show", meeting_id=meeting_id)
    return _told(meeting_id, publish_list, "The list is published, and those who come are told.", shown)


@agenda.post("/meetings/<uuid:meeting_id>/list/tell")
@guarded(Permission.BUILD_LISTS)
def tell(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Tell those of a published list who were asked to the meeting after that."""
    said = "Everybody who comes is told."
    return _told(meeting_id, commands.tell_those_added, said, building(meeting_id))


@agenda.route("/cases/<uuid:case_id>/list", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def choose(case_id: uuid.UUID) -> ResponseReturnValue:
    """Choose the meeting that discusses a case."""
    actor = current_actor()
    case = get_case_for(actor, case_id).case
    found = meetings_to_choose(actor)
    form = ChooseForm()
    form.meeting_id.choices = row_choices((each.id, _choice_said(each)) for each in found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            put_on_list(actor, form.meeting_id.data, case_id, form.reason.data)
            return done(f"{case.ref} is on the list.", building(form.meeting_id.data))
    return asked("mdt/agenda/choose.html", form, case=case, meetings=found)


@agenda.route("/meetings/<uuid:meeting_id>/cancel", methods=["GET", "POST"])
@guarded(Permission.BUILD_LISTS)
def cancel(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Cancel a meeting and let its cases move on."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.cancel_meeting(actor, meeting_id, form.reason.data)
            said = "The meeting is cancelled, its cases have moved on, and those who come are told."
            return done(said, url_for("meetings.show", meeting_id=meeting_id))
    return asked("mdt/agenda/cancel.html", form, **shown(listing_for(actor, meeting)))


def _built(meeting_id: uuid.UUID, do: Done) -> ResponseReturnValue:
    """Do something to a list and show it: in place where the page asks for that, or as a page of its own."""
    actor = current_actor()
    meeting = get_meeting_for(actor, meeting_id)
    problem = said = ""
    try:
        said = do()
    except Refusal as refusal:
        if isinstance(refusal, UNDONE):
            raise
        problem = refusal.sentence
    is_in_place = "HX-Request" in request.headers
    if not is_in_place and not problem:
        return done(said, building(meeting_id))
    page = shown(listing_for(actor, meeting), problem=problem, said=said)
    template = "mdt/agenda/_changed.html" if is_in_place else "mdt/agenda/build.html"
    return render_template(template, **page), 422 if problem else 200


def _told(
    meeting_id: uuid.UUID, do: Callable[[Actor, uuid.UUID], list[str]], said: str, then: str
) -> ResponseReturnValue:
    """Tell those who come, and name whom objections keep from knowing."""
    try:
        shut_out = do(current_actor(), meeting_id)
    except Refusal as refusal:
        if isinstance(refusal, UNDONE):
            raise
        flash(refusal.sentence, "error")
        return redirect(building(meeting_id), 303)
    for sentence in shut_out:
        flash(sentence, "warning")
    return done(said, then)


def _said(do: Callable[[Actor, uuid.UUID], None], meeting_id: uuid.UUID, said: str) -> str:
    do(current_actor(), meeting_id)
    return said


def shown(listing: Listing, problem: str = "", said: str = "") -> dict[str, Any]:
    """Give a page what it needs to show a list."""
    words = words_of(listing.meeting)
    # What was ticked and written is there again where something was wrong with it.
    ticked = set(request.form.getlist("case_id")) if problem else set()
    kept = {"ticked": ticked, "reason": request.form.get("reason", "") if problem else ""}
    asked_first = publish_asked(
        [concern for row in listing.rows for concern in concerns_of(row.prepared)],
        [(row.seen.case.ref, row.seen.case.urgency) for row in listing.rows],
        listing.over,
    )
    return {
        **words,
        **kept,
        "listing": listing,
        "publish_asked": asked_first,
        "uncovered_said": _uncovered(listing) if listing.may_build else [],
        "problem": problem,
        "said": said,
    }


def _uncovered(listing: Listing) -> list[str]:
    """Warn of those who come from an organisation without an agreement that holds."""
    coming = members_expected(listing.meeting.id)
    return uncovered_by_agreements(each.organisation_id for each in coming)


def words_of(meeting: Any) -> dict[str, Any]:
    """Give a page the words for a meeting and its cases."""
    return {
        "meeting": meeting,
        "state": meeting_tag(meeting.state),
        "when": when_said(meeting.starts_at),
        "is_planned": meeting.state is MeetingState.PLANNED,
        "to_come": TO_COME,
        "tags_of": tags_of,
        "outcome_of": outcome_tag,
        "minutes_said": minutes_said,
        "name_said": name_said,
        "concerns_of": concerns_of,
        "concern_said": concern_said,
        "disciplines": {each.value: each for each in Discipline},
    }


def _choice_said(meeting: Any) -> str:
    said = list_said(meeting.name, meeting.starts_at.astimezone(ENGLAND))
    return said if meeting.state is MeetingState.PLANNED else f"{said} (published: needs a reason)"


def building(meeting_id: uuid.UUID) -> str:
    """Address the page on which a list is built."""
    return url_for("agenda.build", meeting_id=meeting_id)
