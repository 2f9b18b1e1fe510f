"""The exposure of learners to other disciplines: for everybody, for one, and what hosts offer."""

import uuid

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.refusals import Invalid
from rota.exposure_choices.commands import book_exposure
from rota.exposure_map.forms import ChooseForm, EndForm, HalfDayForm
from rota.exposure_map.queries import half_days_for, maps_for
from rota.exposure_map.wording import day_said, every_said, missing_said, seen_said
from rota.exposure_sessions import commands
from rota.exposure_sessions.queries import all_exposure_offers, exposure_offers_for, hosts_to_offer_at
from rota.hosts.queries import may_change

exposure_map = Blueprint("exposure_map", __name__, url_prefix="/training/exposure")
WORDS = {
    "every_said": every_said,
    "seen_said": seen_said,
    "missing_said": missing_said,
    "day_said": day_said,
}


@exposure_map.get("")
@guarded(Permission.SEE_ROTATIONS)
def index() -> ResponseReturnValue:
    """Show what each learner has seen of other disciplines."""
    maps = maps_for(current_actor())
    shown = {row.discipline for _, seen in maps for row in seen.rows}
    disciplines = sorted(shown, key=lambda each: each.label)
    return render_template("rota/exposure_map/index.html", maps=maps, disciplines=disciplines, **WORDS)


@exposure_map.get("/learners/<uuid:learner_id>")
@guarded(Permission.SEE_ROTATIONS)
def learner(learner_id: uuid.UUID) -> ResponseReturnValue:
    """Show the half-days of one learner."""
    actor = current_actor()
    return render_template(
        "rota/exposure_map/learner.html",
        half_days=half_days_for(actor, learner_id),
        may_edit=actor.may(Permission.EDIT_ROTATIONS),
        **WORDS,
    )


@exposure_map.post("/learners/<uuid:learner_id>/choose")
@guarded(Permission.EDIT_ROTATIONS)
def choose(learner_id: uuid.UUID) -> ResponseReturnValue:
    """Choose a half-day for a learner."""
    form = choice_sent()
    book_exposure(current_actor(), form.offer_id.data, learner_id, form.day.data)
    return done("The half-day is chosen.", url_for("exposure_map.learner", learner_id=learner_id))


@exposure_map.post("/learners/<uuid:learner_id>/cancel/<uuid:session_id>")
@guarded(Permission.EDIT_ROTATIONS)
def cancel(learner_id: uuid.UUID, session_id: uuid.UUID) -> ResponseReturnValue:
    """Cancel a half-day of a learner."""
    commands.cancel_exposure(current_actor(), session_id)
    return done("The half-day is cancelled.", url_for("exposure_map.learner", learner_id=learner_id))


@exposure_map.post("/learners/<uuid:learner_id>/missed/<uuid:session_id>")
@guarded(Permission.EDIT_ROTATIONS)
def missed(learner_id: uuid.UUID, session_id: uuid.UUID) -> ResponseReturnValue:
    """Note that a learner did not come."""
    commands.note_missed(current_actor(), session_id)
    undo = undo_by("exposure_map.came", learner_id=learner_id, session_id=session_id)
    said = "Noted: they did not come. It does not count."
    return done(said, url_for("exposure_map.learner", learner_id=learner_id), undo)


@exposure_map.post("/learners/<uuid:learner_id>/came/<uuid:session_id>")
@guarded(Permission.EDIT_ROTATIONS)
def came(learner_id: uuid.UUID, session_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that a learner did not come."""
    commands.take_back_missed(current_actor(), session_id)
    return done("It counts again.", url_for("exposure_map.learner", learner_id=learner_id))


@exposure_map.route("/half-days", methods=["GET", "POST"])
@guarded(Permission.SEE_ROTATIONS)
def offers() -> ResponseReturnValue:
    """Show the half-days that hosts offer, and offer another."""
    actor = current_actor()
    hosts = hosts_to_offer_at(actor)
    form = HalfDayForm(data={"starts_on": today()})
    form.host_id.choices = row_choices((host.id, host.site.name) for host in hosts)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.offer_exposure(actor, form.host_id.data, form.offered)
            return done("The half-day is offered.", url_for("exposure_map.offers"))
    rows = exposure_offers_for(actor, today())
    ending = {row.id for row in rows if may_change(actor, row.host)}
    return asked(
        "rota/exposure_map/offers.html", form, rows=rows, ending=ending, hosts=hosts, today=today(), **WORDS
    )


@exposure_map.post("/half-days/<uuid:offer_id>/end")
@guarded(Permission.OFFER_PLACEMENTS)
def end(offer_id: uuid.UUID) -> ResponseReturnValue:
    """Let an offered half-day end."""
    form = EndForm()
    if not form.validate_on_submit():
        raise Invalid("Enter the last day, such as 31/01/2027.")
    gone = commands.end_exposure_offer(current_actor(), offer_id, form.ends_on.data)
    went = f" {gone} chosen half-days went with it." if gone else ""
    return done(f"The half-day ends.{went}", url_for("exposure_map.offers"))


def choice_sent() -> ChooseForm:
    """Read which half-day and which day a page sent."""
    form = ChooseForm()
    form.offer([row.id for row in all_exposure_offers(today())])
    if not form.validate_on_submit():
        raise Invalid("Choose a half-day and a day from the list.")
    return form
