"""The library of examples to learn from, and the pages on which they are written and read second."""

import uuid
from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.queries import get_case_for
from mdt.learning import commands, wording
from mdt.learning.forms import WHO_LEARN, ApproveForm, ReasonForm, TellForm
from mdt.learning.queries import (
    as_disciplines,
    examples_of,
    get_example_for,
    get_example_in_library,
    library_for,
    waiting_for_second,
)
from mdt.learning.rules import MOVES, ExampleState
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done
from network.plumbing.fields import refusals_shown_on

learning = Blueprint("learning", __name__)

Decide = Callable[[Actor, uuid.UUID, str], None]
LIBRARY, TELL = Permission.SEE_LEARNING, Permission.CONTRIBUTE


@learning.get("/examples")
@guarded(LIBRARY)
def index() -> ResponseReturnValue:
    """List the examples, all of them or those of one discipline."""
    chosen = next((each for each in WHO_LEARN if each.value == request.args.get("discipline")), None)
    actor = current_actor()
    everything = library_for(actor)
    held = {name for row in everything for name in row.disciplines}
    return render_template(
        "mdt/learning/index.html",
        examples=[row for row in everything if chosen is None or chosen.value in row.disciplines],
        chosen=chosen,
        disciplines=[each for each in WHO_LEARN if each.value in held],
        as_disciplines=as_disciplines,
        waiting=waiting_for_second(actor),
    )


@learning.get("/examples/<uuid:example_id>")
@guarded(LIBRARY)
def show(example_id: uuid.UUID) -> ResponseReturnValue:
    """Show one example, for the screen and for paper."""
    example = get_example_in_library(current_actor(), example_id)
    return render_template("mdt/learning/show.html", example=example, as_disciplines=as_disciplines)


@learning.route("/cases/<uuid:case_id>/examples", methods=["GET", "POST"])
@guarded(TELL)
def tell(case_id: uuid.UUID) -> ResponseReturnValue:
    """Tell a case to others, and see what was told of it."""
    actor, form = current_actor(), TellForm()
    seen, examples = get_case_for(actor, case_id), examples_of(actor, case_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            example_id = commands.offer_example(actor, case_id, form.telling)
            return done(
                "It waits for a second person who knows the case.",
                url_for("learning.consider", example_id=example_id),
            )
    return asked(
        "mdt/learning/tell.html",
        form,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        examples=examples,
        said=wording,
        here=url_for("learning.tell", case_id=case_id),
        rewritten=None,
    )


@learning.route("/examples/<uuid:example_id>/rewrite", methods=["GET", "POST"])
@guarded(TELL)
def rewrite(example_id: uuid.UUID) -> ResponseReturnValue:
    """Write an example anew that was sent back."""
    actor = current_actor()
    found = get_example_for(actor, example_id)
    form = TellForm(obj=found.telling)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.rewrite_example(actor, example_id, form.telling)
            return done("It waits for a second person again.", _page(example_id))
    return asked(
        "mdt/learning/tell.html",
        form,
        case=found.seen.case,
        banner=banner_for(found.seen.access.patient),
        examples=[],
        said=wording,
        here=url_for("learning.rewrite", example_id=example_id),
        rewritten=found.example,
    )


@learning.route("/examples/<uuid:example_id>/consider", methods=["GET", "POST"])
@guarded(TELL)
def consider(example_id: uuid.UUID) -> ResponseReturnValue:
    """Read an example before others do, and let it into the library."""
    actor, form = current_actor(), ApproveForm()
    found = get_example_for(actor, example_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.approve_example(actor, example_id)
            return done("It is in the library.", url_for("learning.show", example_id=example_id))
    moves = MOVES[found.example.state]
    return asked(
        "mdt/learning/consider.html",
        form,
        found=found,
        said=wording,
        as_disciplines=as_disciplines,
        may_approve=ExampleState.APPROVED in moves and found.may_decide,
        may_return=ExampleState.RETURNED in moves,
        may_rewrite=ExampleState.OFFERED in moves,
        may_withdraw=ExampleState.WITHDRAWN in moves,
    )


@learning.route("/examples/<uuid:example_id>/send-back", methods=["GET", "POST"])
@guarded(TELL)
def send_back(example_id: uuid.UUID) -> ResponseReturnValue:
    """Send an example back, and say why."""
    return _with_reason(example_id, "Send it back", commands.return_example, "It is sent back.")


@learning.route("/examples/<uuid:example_id>/withdraw", methods=["GET", "POST"])
@guarded(TELL)
def withdraw(example_id: uuid.UUID) -> ResponseReturnValue:
    """Take an example out of the library, and say why."""
    return _with_reason(example_id, "Withdraw it", commands.withdraw_example, "It is withdrawn for good.")


def card(actor: Actor) -> str:
    """Draw the card of the first page: examples that wait for a second person."""
    waiting = waiting_for_second(actor)
    return render_template("mdt/learning/_card.html", waiting=waiting) if waiting else ""


def _with_reason(example_id: uuid.UUID, title: str, decide: Decide, sentence: str) -> ResponseReturnValue:
    actor, form = current_actor(), ReasonForm()
    found = get_example_for(actor, example_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            decide(actor, example_id, form.reason.data)
            return done(sentence, _page(example_id))
    here = url_for(str(request.endpoint), example_id=example_id)
    return asked(
        "mdt/learning/reason.html", form, found=found, title=title, here=here, then=_page(example_id)
    )


def _page(example_id: uuid.UUID) -> str:
    return url_for("learning.consider", example_id=example_id)
