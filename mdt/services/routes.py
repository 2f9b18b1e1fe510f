"""The pages of the directory: looking for a service, keeping entries, and saying what is wrong with one."""

import uuid
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.services import commands
from mdt.services.forms import FindForm, ServiceForm, SuggestionForm
from mdt.services.queries import (
    get_service_for,
    languages_spoken,
    may_keep,
    providers_for,
    services_for,
    stale_for,
    suggestions_for,
)
from mdt.services.rules import REFERRERS
from mdt.services.wording import checked_tag, contact_said, referrers_said
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.refusals import NotFound

services = Blueprint("services", __name__, url_prefix="/services")

SEE, KEEP = Permission.SEE_CASES, Permission.CONTRIBUTE
ON_A_PAGE = 40
OTHERS = "Somebody outside the network"


@services.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """Look for a service."""
    actor = current_actor()
    every = services_for(actor)
    form = FindForm(request.args)
    form.offer_languages(languages_spoken(every))
    found = services_for(actor, form.wanted)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    turned = [_page(number) if 1 <= number <= pages else "" for number in (page - 1, page + 1)]
    return render_template(
        "mdt/services/index.html",
        form=form,
        found=found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        number=len(found),
        every=len(every),
        page=page,
        pages=pages,
        turned=turned,
        may_add=actor.may(Permission.BUILD_LISTS) or bool(providers_for(actor)),
        may_import=actor.may(Permission.BUILD_LISTS),
        waiting=len(suggestions_for(actor)),
        **_shown(),
    )


@services.get("/<uuid:service_id>")
@guarded(SEE)
def show(service_id: uuid.UUID) -> ResponseReturnValue:
    """Show one service."""
    actor = current_actor()
    service = get_service_for(actor, service_id)
    keeps = may_keep(actor, service.organisation_id)
    return render_template(
        "mdt/services/show.html",
        service=service,
        keeps=keeps,
        may_suggest=actor.may_somewhere(KEEP) and not keeps,
        suggestions=[each for each in suggestions_for(actor) if each.service_id == service_id],
        **_shown(),
    )


@services.route("/new", methods=["GET", "POST"])
@guarded(KEEP)
def add() -> ResponseReturnValue:
    """Add a service."""
    actor = current_actor()
    if not (actor.may(Permission.BUILD_LISTS) or providers_for(actor)):
        raise NotFound
    form = ServiceForm()
    _offer_providers(form, actor)
    if not form.is_submitted():
        form.referrers.data = [each.value for each in REFERRERS]
    elif form.validate():
        with refusals_shown_on(form):
            service_id = commands.add_service(actor, form.described, form.organisation_id.data)
            undo = undo_by("services.end", service_id=service_id)
            return done("The service is in the directory.", _page_of(service_id), undo)
    return asked("mdt/services/service.html", form, service=None)


@services.route("/<uuid:service_id>/change", methods=["GET", "POST"])
@guarded(KEEP)
def change(service_id: uuid.UUID) -> ResponseReturnValue:
    """Correct an entry."""
    actor = current_actor()
    service = get_service_for(actor, service_id)
    if not may_keep(actor, service.organisation_id):
        raise NotFound
    form = ServiceForm(obj=service)
    _offer_providers(form, actor)
    if not form.is_submitted():
        form.seen.data, form.languages.data = str(service.row_version), ", ".join(service.languages)
    elif form.validate():
        with refusals_shown_on(form):
            seen = request.form.get("seen", 0, type=int)
            commands.change_service(actor, service_id, form.described, form.organisation_id.data, seen=seen)
            return done("Saved, and checked today.", _page_of(service_id))
    return asked("mdt/services/service.html", form, service=service)


@services.post("/<uuid:service_id>/check")
@guarded(KEEP)
def check(service_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that an entry is still right."""
    commands.check_service(current_actor(), service_id)
    return done("Checked today.", _page_of(service_id))


@services.post("/<uuid:service_id>/end")
@guarded(KEEP)
def end(service_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that a service is no longer there."""
    commands.end_service(current_actor(), service_id)
    undo = undo_by("services.restore", service_id=service_id)
    return done("Ended. Nobody is offered it any more.", _page_of(service_id), undo)


@services.post("/<uuid:service_id>/restore")
@guarded(KEEP)
def restore(service_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that a service has ended."""
    commands.restore_service(current_actor(), service_id)
    return done("It is in the directory again.", _page_of(service_id))


@services.route("/<uuid:service_id>/suggest", methods=["GET", "POST"])
@guarded(KEEP)
def suggest(service_id: uuid.UUID) -> ResponseReturnValue:
    """Say what is wrong with an entry."""
    actor = current_actor()
    service = get_service_for(actor, service_id)
    form = SuggestionForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.suggest_correction(actor, service_id, form.words.data or "")
            return done("Thank you. Those who keep this entry are told.", _page_of(service_id))
    return asked("mdt/services/suggest.html", form, service=service)


@services.get("/suggestions")
@guarded(KEEP)
def suggestions() -> ResponseReturnValue:
    """List what was said to be wrong, and what nobody has checked for long."""
    actor = current_actor()
    return render_template(
        "mdt/services/suggestions.html", found=suggestions_for(actor), stale=stale_for(actor), **_shown()
    )


@services.post("/suggestions/<uuid:suggestion_id>/answer")
@guarded(KEEP)
def answer(suggestion_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that a suggestion was dealt with."""
    commands.answer_suggestion(current_actor(), suggestion_id)
    return done("Dealt with.", url_for("services.suggestions"))


def card(actor: Actor) -> str:
    """Draw the card of the Today page for whoever keeps entries that somebody says are wrong."""
    found = suggestions_for(actor) if actor.may_somewhere(KEEP) else []
    return render_template("mdt/services/_card.html", found=found) if found else ""


def _offer_providers(form: ServiceForm, actor: Actor) -> None:
    empty = OTHERS if actor.may(Permission.BUILD_LISTS) else ""
    form.organisation_id.choices = row_choices(
        ((one.id, one.name) for one in providers_for(actor)), empty=empty
    )


def _page(number: int) -> str:
    """Return the address of another page of what is looked for."""
    asked_for: dict[str, Any] = {
        name: request.args[name] for name in FindForm()._fields if name in request.args
    }
    return url_for("services.index", page=number, **asked_for)


def _page_of(service_id: uuid.UUID) -> str:
    return url_for("services.show", service_id=service_id)


def _shown() -> dict[str, object]:
    return {
        "today": today(),
        "checked_tag": checked_tag,
        "contact_said": contact_said,
        "referrers_said": referrers_said,
    }
