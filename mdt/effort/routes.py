"""The pages of effort: by organisation and scheme, the schemes, and one's own preparation."""

import uuid

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.effort import commands
from mdt.effort.forms import ClaimantForm, EndForm, PreparationForm, SchemeForm
from mdt.effort.queries import effort_for, own_meetings, schemes_for
from mdt.effort.wording import NO_SCHEME
from mdt.periods.queries import get_period
from mdt.periods.rules import periods_until
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for
from network.plumbing.answers import asked, done
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices
from network.plumbing.rate_limits import EXPORTS
from network.plumbing.refusals import Invalid

effort = Blueprint("effort", __name__, url_prefix="/effort")

SEE, EDIT = Permission.SEE_EFFORT, Permission.EDIT_FUNDING
# Two forms on one page both ask for a first day.
CLAIMING = "claim"


@effort.get("")
@guarded(SEE)
def show() -> ResponseReturnValue:
    """Show the time that organisations gave in a period, and under which scheme."""
    actor, period = current_actor(), get_period(request.args.get("period", ""))
    return render_template(
        "mdt/effort/show.html",
        effort=effort_for(actor, period),
        period=period,
        periods=periods_until(today()),
        today=today(),
        no_scheme=NO_SCHEME,
        sees_all=actor.organisations_for(SEE) is None,
        sees_evidence=actor.may_somewhere(Permission.SEE_EVIDENCE),
        has_own=actor.may_somewhere(Permission.CONTRIBUTE),
    )


@effort.post("/file")
@guarded(SEE)
@EXPORTS
def download() -> ResponseReturnValue:
    """Give the effort of a period as a file."""
    period = get_period(request.form.get("period", ""))
    text = commands.export_effort(current_actor(), period)
    headers = {"Content-Disposition": f"attachment; filename=effort-{period.value}.csv"}
    return Response(text, mimetype="text/csv", headers=headers | {"Cache-Control": "no-store"})


@effort.get("/schemes")
@guarded(SEE)
def schemes() -> ResponseReturnValue:
    """Show the schemes and who claims under each."""
    return _schemes(
        SchemeForm(data={"starts_on": today()}), ClaimantForm(prefix=CLAIMING, data={"starts_on": today()})
    )


@effort.post("/schemes")
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Add a scheme."""
    form = SchemeForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_scheme(current_actor(), form.details)
            return done("The scheme is added.", url_for("effort.schemes"))
    return _schemes(form, ClaimantForm(formdata=None, prefix=CLAIMING, data={"starts_on": today()}))


@effort.post("/schemes/claimants")
@guarded(EDIT)
def claim() -> ResponseReturnValue:
    """Let an organisation's time be claimed under a scheme."""
    actor, form = current_actor(), ClaimantForm(prefix=CLAIMING)
    _offer(form, actor)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_claimant(
                actor,
                form.scheme_id.data,
                form.organisation_id.data,
                form.discipline.data,
                form.starts_on.data,
            )
            return done("Their time is claimed under the scheme.", url_for("effort.schemes"))
    return _schemes(SchemeForm(formdata=None, data={"starts_on": today()}), form)


@effort.post("/schemes/<uuid:scheme_id>/end")
@guarded(EDIT)
def end(scheme_id: uuid.UUID) -> ResponseReturnValue:
    """Let a scheme end."""
    commands.end_scheme(current_actor(), scheme_id, _last_day().ends_on.data)
    return done("The scheme ends on that day.", url_for("effort.schemes"))


@effort.post("/schemes/claimants/<uuid:claimant_id>/end")
@guarded(EDIT)
def end_claim(claimant_id: uuid.UUID) -> ResponseReturnValue:
    """Let a claim end."""
    commands.end_claimant(current_actor(), claimant_id, _last_day().ends_on.data)
    return done("The claim ends on that day.", url_for("effort.schemes"))


@effort.get("/own")
@guarded(Permission.CONTRIBUTE)
def own() -> ResponseReturnValue:
    """Ask how long somebody prepared for the meetings they were at."""
    return render_template("mdt/effort/own.html", meetings=own_meetings(current_actor()))


@effort.post("/own/<uuid:meeting_id>")
@guarded(Permission.CONTRIBUTE)
def tell(meeting_id: uuid.UUID) -> ResponseReturnValue:
    """Keep how long somebody prepared."""
    form = PreparationForm()
    if not form.validate_on_submit():
        raise Invalid(form.first_error())
    commands.tell_preparation(current_actor(), meeting_id, form.minutes.data)
    return done("Kept.", url_for("effort.own"))


def sees_effort_only(actor: Actor) -> bool:
    """Say whether somebody finds this page in the menu: for others it hangs on the evidence."""
    return actor.may_somewhere(SEE) and not actor.may_somewhere(Permission.SEE_EVIDENCE)


def _last_day() -> EndForm:
    form = EndForm()
    if not form.validate_on_submit():
        raise Invalid("Enter the last day, such as 31/03/2027.")
    return form


def _schemes(form: SchemeForm, claiming: ClaimantForm) -> tuple[str, int]:
    actor = current_actor()
    _offer(claiming, actor)
    sent = claiming if claiming.errors else form
    return asked(
        "mdt/effort/schemes.html",
        sent,
        scheme_form=form,
        claiming=claiming,
        schemes=schemes_for(actor),
        may_edit=actor.may(EDIT),
        today=today(),
    )


def _offer(form: ClaimantForm, actor: Actor) -> None:
    holds = [each for each in schemes_for(actor) if each.ends_on is None or each.ends_on >= today()]
    form.scheme_id.choices = row_choices((each.id, f"{each.code} {each.name}") for each in holds)
    form.organisation_id.choices = row_choices((each.id, each.name) for each in organisations_for(actor))
