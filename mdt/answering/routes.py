"""What one is asked: the list, the panel of one's discipline, and answers of one click."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.answering import commands
from mdt.answering.forms import PanelForm, ReasonForm, form_of
from mdt.answering.queries import answered_by, asked_of, given_before
from mdt.cases.commands import note_case_opened
from mdt.contributions.queries import Asked, get_contribution_for, tiles_for
from mdt.contributions.rules import ContributionState
from mdt.contributions.wording import state_tag
from mdt.panels.queries import panel_of
from mdt.sharing.queries import objections_told
from mdt.story.queries import banner_for, banners_for, statements_of
from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.fields import refusals_shown_on

answering = Blueprint("answering", __name__, url_prefix="/contributions")

ANSWER = Permission.CONTRIBUTE


@answering.get("")
@guarded(ANSWER)
def index() -> ResponseReturnValue:
    """List what is asked of the viewer, and what they answered."""
    actor = current_actor()
    waiting, answered = asked_of(actor), answered_by(actor)
    return render_template(
        "mdt/answering/index.html",
        waiting=waiting,
        answered=answered,
        people=banners_for([each.seen.access.patient for each in (*waiting, *answered)]),
        tag_of=state_tag,
    )


@answering.route("/<uuid:contribution_id>", methods=["GET", "POST"])
@guarded(ANSWER)
def answer(contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Answer the questions of one's discipline about a person."""
    actor = current_actor()
    found = get_contribution_for(actor, contribution_id)
    require(found.may_answer)
    form = form_of(panel_of(found.contribution.discipline))()
    if not form.is_submitted():
        note_case_opened(actor, found.seen.case.id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            _give(actor, found, form)
            return done(f"Your contribution to {found.seen.case.ref} is with the team.", _then(found))
    return asked("mdt/answering/answer.html", form, **_shown(actor, found, form))


@answering.route("/<uuid:contribution_id>/cannot", methods=["GET", "POST"])
@guarded(ANSWER)
def cannot(contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Say that something is known and cannot be shared, and why."""
    actor = current_actor()
    found = get_contribution_for(actor, contribution_id)
    require(found.may_answer)
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.cannot_share(actor, contribution_id, form.reason.data or "")
            return _answered("The team sees that you cannot share what you know, and why.", found)
    banner = banner_for(found.seen.access.patient)
    return asked("mdt/answering/cannot.html", form, asked=found, banner=banner)


@answering.post("/<uuid:contribution_id>/nothing")
@guarded(ANSWER)
def nothing(contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Say in one click that there is nothing to add."""
    found = get_contribution_for(current_actor(), contribution_id)
    commands.nothing_to_add(current_actor(), contribution_id)
    return _answered("Nothing to add: the team sees that you looked.", found)


@answering.post("/<uuid:contribution_id>/unknown")
@guarded(ANSWER)
def unknown(contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Say in one click that the person is not known."""
    found = get_contribution_for(current_actor(), contribution_id)
    commands.not_known_to_us(current_actor(), contribution_id)
    return _answered("Not known to you: after today this request shows you nothing of them.", found)


@answering.post("/<uuid:contribution_id>/back")
@guarded(ANSWER)
def take_back(contribution_id: uuid.UUID) -> ResponseReturnValue:
    """Take an answer of one click back."""
    found = get_contribution_for(current_actor(), contribution_id)
    commands.take_back_answer(current_actor(), contribution_id)
    return done("Taken back: the request waits for an answer again.", _then(found))


def card(actor: Actor) -> str:
    """Say on the Today page what is asked of the viewer."""
    waiting = asked_of(actor)
    late = sum(each.is_late for each in waiting)
    return render_template("mdt/answering/_card.html", waiting=waiting, late=late) if waiting else ""


def _give(actor: Actor, found: Asked, form: PanelForm) -> None:
    row, seen = found.contribution, request.form.get("seen", 0, type=int)
    try:
        commands.give_contribution(actor, row.id, form.given, seen=seen, told_by=form.told_by.data or "")
    except commands.AnsweredMeanwhile:
        # Sent once more, it is sent by somebody who has heard of the other answer.
        form.seen.data = str(row.row_version)
        raise


def _shown(actor: Actor, found: Asked, form: PanelForm) -> dict[str, object]:
    row, case = found.contribution, found.seen.case
    earlier = given_before(actor, found)
    if not form.is_submitted():
        form.seen.data = str(row.row_version)
        if earlier is not None:
            form.fill(earlier.given)
    return {
        "asked": found,
        "row": row,
        "case": case,
        "banner": banner_for(found.seen.access.patient),
        "statements": statements_of(case.patient_id),
        "objections": [said for _, said in objections_told(found.seen.access)],
        "earlier": earlier,
        "is_new": row.state is ContributionState.REQUESTED,
        "others": [each for each in tiles_for(actor, case.id) if each.id != row.id],
        "is_clinical": found.seen.access.standing.is_clinical,
        "brings": form.panel.brings,
    }


def _answered(sentence: str, found: Asked) -> ResponseReturnValue:
    undo = undo_by("answering.take_back", contribution_id=found.contribution.id)
    return done(sentence, _then(found), undo)


def _then(found: Asked) -> str:
    """Go on to one's own list, or where one wrote down for others, to the case."""
    if found.is_theirs:
        return url_for("answering.index")
    return url_for("asking.show", case_id=found.seen.case.id)
