"""The pages of an emergency: opening, ending, reviewing, answering; and the notice on each page meanwhile."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.emergencies import commands
from mdt.emergencies.forms import EmergencyForm, ExplainForm, ReviewForm
from mdt.emergencies.queries import (
    OpeningSeen,
    get_opening_for,
    opened_lately,
    openings_settled,
    openings_to_review,
    own_openings,
    running_of,
)
from mdt.emergencies.rules import Finding
from mdt.emergencies.wording import BRIEFLY, NOBODY, finding_tag
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.accounts.queries import own_account
from network.plumbing.answers import asked, done
from network.plumbing.database import ENGLAND
from network.plumbing.fields import refusals_shown_on
from network.plumbing.rate_limits import by_account, limited
from network.signin.freshness import is_fresh, show_again

emergencies = Blueprint("emergencies", __name__)


@emergencies.route("/cases/emergency", methods=["GET", "POST"])
@limited("30 per hour", "emergencies", by_account)
@guarded(Permission.BREAK_GLASS)
def open_case() -> ResponseReturnValue:
    """Open a person's cases in an emergency."""
    actor, form = current_actor(), EmergencyForm()
    has_code = own_account(actor).has_second_factor
    form.ask_for(code=has_code)
    if form.validate_on_submit() and _is_shown(actor, form):
        with refusals_shown_on(form):
            found = commands.open_in_emergency(actor, form.wanted, form.kind.data, form.reason.data or "")
            if found is not None:
                there = url_for("folder.show", case_id=found.id)
                return done("Open. Everything you read here is kept, and you will be asked about it.", there)
            form.form_errors.append(NOBODY)
    return asked(
        "mdt/emergencies/open_case.html",
        form,
        is_fresh=is_fresh(),
        has_code=has_code,
    )


@emergencies.get("/cases/emergency/own")
@guarded(Permission.BREAK_GLASS)
def own() -> ResponseReturnValue:
    """Show somebody what they opened in an emergency, and what came of it."""
    return render_template(
        "mdt/emergencies/own.html", found=own_openings(current_actor()), tag_of=finding_tag
    )


@emergencies.get("/sharing/emergencies")
@guarded(Permission.SEE_SHARING)
def index() -> ResponseReturnValue:
    """List what was opened in an emergency: what waits for a review, and what was settled."""
    actor = current_actor()
    return render_template(
        "mdt/emergencies/index.html",
        waiting=openings_to_review(actor),
        settled=openings_settled(actor),
        tag_of=finding_tag,
        briefly=BRIEFLY,
    )


@emergencies.route("/sharing/emergencies/<uuid:opening_id>", methods=["GET", "POST"])
@guarded(Permission.SEE_SHARING)
def show(opening_id: uuid.UUID) -> ResponseReturnValue:
    """Show an opening, and review it."""
    actor = current_actor()
    form, seen = ReviewForm(), get_opening_for(actor, opening_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.review_emergency(actor, opening_id, form.finding.data, form.note.data or "")
            return done("Reviewed. Whoever opened it reads what you found.", url_for("emergencies.index"))
    return asked(
        "mdt/emergencies/show.html",
        form,
        seen=seen,
        tag_of=finding_tag,
        trail=_trail_of(seen) if actor.may(Permission.SEE_AUDIT) else "",
        may_open=actor.may(Permission.BUILD_LISTS),
        may_end=seen.is_running and actor.may(Permission.BUILD_LISTS),
    )


@emergencies.post("/cases/emergency/<uuid:opening_id>/end")
@guarded(Permission.SEE_CASES)
def end(opening_id: uuid.UUID) -> ResponseReturnValue:
    """End an opening before its time."""
    actor = current_actor()
    commands.end_emergency(actor, opening_id)
    coordinates = actor.may(Permission.BUILD_LISTS)
    there = url_for("emergencies.show", opening_id=opening_id) if coordinates else url_for("emergencies.own")
    return done("It is closed again.", there)


@emergencies.route("/cases/emergency/<uuid:opening_id>/explain", methods=["GET", "POST"])
@guarded(Permission.BREAK_GLASS)
def explain(opening_id: uuid.UUID) -> ResponseReturnValue:
    """Answer a review that asks for more."""
    actor = current_actor()
    form, seen = ExplainForm(), get_opening_for(actor, opening_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.explain_emergency(actor, opening_id, form.words.data or "")
            return done("Your explanation is with whoever reviews it.", url_for("emergencies.own"))
    return asked("mdt/emergencies/explain.html", form, seen=seen, tag_of=finding_tag)


@emergencies.app_template_global()
def emergencies_of(patient_id: uuid.UUID) -> list[OpeningSeen]:
    """Return the openings of which the banner of a person tells its reader."""
    return running_of(current_actor(), patient_id)


def card(actor: Actor) -> str:
    """Draw the card of the first page: to coordinators what was opened, to openers what came of it."""
    watched = openings_to_review(actor) if actor.may(Permission.EDIT_SHARING) else opened_lately(actor)
    lately = [each for each in watched if not each.is_own and each.waits_for_review]
    own = [each for each in own_openings(actor) if _concerns_opener(each)] if _breaks_glass(actor) else []
    if not lately and not own:
        return ""
    return render_template("mdt/emergencies/_card.html", lately=lately, own=own, tag_of=finding_tag)


def _trail_of(seen: OpeningSeen) -> str:
    """Return where the audit trail tells what the opener did on the day."""
    day = seen.opening.opened_at.astimezone(ENGLAND).date().isoformat()
    return url_for("audit.index", account_id=seen.opening.account_id, starts_on=day, ends_on=day)


def _concerns_opener(each: OpeningSeen) -> bool:
    return each.is_running or each.opening.finding is Finding.TO_BE_EXPLAINED or each.was_reviewed_lately


def _breaks_glass(actor: Actor) -> bool:
    return actor.may_somewhere(Permission.BREAK_GLASS)


def _is_shown(actor: Actor, form: EmergencyForm) -> bool:
    """Say whether whoever asks has shown who they are lately, or does so with the form."""
    if is_fresh() or show_again(own_account(actor), form.proof.data or ""):
        return True
    form.proof.errors = ["Enter the code, or the password, once more: this one does not fit."]
    return False
