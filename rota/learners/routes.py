"""The pages of learners: who they are, what they have done, and what those who plan may know."""

import uuid
from collections import Counter

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.organisations.queries import organisations_for, sites_for
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from rota.learners import commands, wording
from rota.learners.forms import (
    ApartForm,
    DoneForm,
    KnownLearnerForm,
    LearnerForm,
    NarrowForm,
    NeedsForm,
    NewLearnerForm,
)
from rota.learners.queries import (
    LearnerRow,
    apart_for,
    as_learner,
    get_apart_for,
    get_done_for,
    get_learner_for,
    learners_for,
    members_not_in_training,
    members_to_keep_apart,
    needs_for,
)
from rota.learners.rules import wrong_with_learner
from rota.programmes.queries import as_design, get_programme_for, programmes_for, requirements_of

learners = Blueprint("trainees", __name__, url_prefix="/training/learners")

SEE, EDIT, TRUSTED = Permission.SEE_ROTATIONS, Permission.EDIT_ROTATIONS, Permission.SEE_LEARNER_NEEDS


@learners.get("")
@guarded(SEE)
def index() -> ResponseReturnValue:
    """List the learners by programme."""
    actor = current_actor()
    form = NarrowForm([(row.id, row.name) for row in programmes_for(actor)], formdata=request.args)
    wanted = form.programme.data if form.validate() else None
    rows = learners_for(actor, today(), wanted, with_past=bool(form.past.data))
    groups: dict[str, list[LearnerRow]] = {}
    for row in rows:
        groups.setdefault(row.programme.name, []).append(row)
    return render_template(
        "rota/learners/index.html",
        form=form,
        groups=groups,
        count=len(rows),
        states={row.id: _state(row) for row in rows},
        is_narrowed=bool(wanted),
        may_edit=actor.may(EDIT),
    )


@learners.get("/<uuid:learner_id>")
@guarded(SEE)
def show(learner_id: uuid.UUID) -> ResponseReturnValue:
    """Show a learner; what is need-to-know only to those who may know."""
    actor = current_actor()
    row = get_learner_for(actor, learner_id)
    programme = get_programme_for(actor, row.programme_id)
    weeks: Counter[str] = Counter()
    for each in row.history:
        weeks[each.requirement.key] += each.weeks
    is_trusted = actor.may(TRUSTED)
    return render_template(
        "rota/learners/show.html",
        learner=row,
        design=as_learner(row),
        state=_state(row),
        short=wording.short_said(as_learner(row), as_design(programme)),
        progress=wording.progress_of(requirements_of(programme), dict(weeks)),
        needs=needs_for(actor, learner_id) if is_trusted else None,
        apart=apart_for(actor, learner_id) if is_trusted else (),
        may_edit=actor.may(EDIT),
        said=wording,
    )


@learners.route("/add", methods=["GET", "POST"])
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Take on somebody whom the network does not know yet."""
    actor = current_actor()
    employers = [(each.id, each.name) for each in organisations_for(actor)]
    form = NewLearnerForm(_programmes(actor), _sites(actor), employers)
    if form.validate_on_submit() and _fits(form):
        with refusals_shown_on(form):
            made = commands.take_on_learner(actor, form.details, form.employer_id.data, form.design)
            return done(f"{form.given_name.data} {form.family_name.data} is added.", _page(made))
    return asked("rota/learners/add.html", form, known=bool(members_not_in_training(actor)))


@learners.route("/add-from-rota", methods=["GET", "POST"])
@guarded(EDIT)
def add_known() -> ResponseReturnValue:
    """Put somebody of the rota on a programme."""
    actor = current_actor()
    members = [
        (member.id, f"{member.name}, {member.engagement.role.label}")
        for member in members_not_in_training(actor)
    ]
    form = KnownLearnerForm(_programmes(actor), _sites(actor), members)
    if form.validate_on_submit() and _fits(form):
        with refusals_shown_on(form):
            made = commands.add_learner(actor, form.member_id.data, form.design)
            return done("The learner is added.", _page(made))
    return asked("rota/learners/add_known.html", form, members=members)


@learners.route("/<uuid:learner_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change(learner_id: uuid.UUID) -> ResponseReturnValue:
    """Change what is said of a learner."""
    actor = current_actor()
    row = get_learner_for(actor, learner_id)
    answers = {**LearnerForm.answers_of(as_learner(row)), "row_version": row.row_version}
    form = LearnerForm(_programmes(actor, row.programme_id), _sites(actor), data=answers)
    if form.validate_on_submit() and _fits(form):
        with refusals_shown_on(form):
            commands.change_learner(actor, learner_id, form.design, form.row_version.data or 0)
            return done("Saved.", _page(learner_id))
    return asked("rota/learners/change.html", form, learner=row)


@learners.post("/<uuid:learner_id>/end")
@guarded(EDIT)
def end(learner_id: uuid.UUID) -> ResponseReturnValue:
    """Note that a learner left early."""
    commands.end_training(current_actor(), learner_id)
    undo = undo_by("trainees.resume", learner_id=learner_id)
    return done("The training ends today. Plan their placements again.", _page(learner_id), undo)


@learners.post("/<uuid:learner_id>/resume")
@guarded(EDIT)
def resume(learner_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that a learner left."""
    commands.resume_training(current_actor(), learner_id)
    return done("The training goes on.", _page(learner_id))


@learners.route("/<uuid:learner_id>/done", methods=["GET", "POST"])
@guarded(EDIT)
def add_done(learner_id: uuid.UUID) -> ResponseReturnValue:
    """Keep weeks that were done before."""
    actor = current_actor()
    row = get_learner_for(actor, learner_id)
    programme = get_programme_for(actor, row.programme_id)
    form = DoneForm([(each.id, each.name) for each in programme.requirements])
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_done(actor, learner_id, form.done)
            return done("The weeks are kept.", _page(learner_id))
    return asked("rota/learners/done.html", form, learner=row)


@learners.post("/done/<uuid:done_id>/remove")
@guarded(EDIT)
def remove_done(done_id: uuid.UUID) -> ResponseReturnValue:
    """Take back weeks that were kept as done."""
    row = get_done_for(current_actor(), done_id)
    learner_id = row.learner_id
    fields = [(name, str(getattr(row, name))) for name in ("requirement_id", "weeks", "ended_on", "host")]
    commands.remove_done(current_actor(), done_id)
    undo = undo_by("trainees.add_done", *fields, learner_id=learner_id)
    return done("The weeks are taken back.", _page(learner_id), undo)


@learners.route("/<uuid:learner_id>/needs", methods=["GET", "POST"])
@guarded(TRUSTED)
def needs(learner_id: uuid.UUID) -> ResponseReturnValue:
    """Keep what a learner needs."""
    actor = current_actor()
    row = get_learner_for(actor, learner_id)
    form = NeedsForm(data=vars(needs_for(actor, learner_id)))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.set_needs(actor, learner_id, form.needs)
            return done("Saved. Placements are planned around it, and nobody reads why.", _page(learner_id))
    return asked("rota/learners/needs.html", form, learner=row)


@learners.route("/<uuid:learner_id>/apart", methods=["GET", "POST"])
@guarded(TRUSTED)
def keep_apart(learner_id: uuid.UUID) -> ResponseReturnValue:
    """Keep a learner apart from somebody, or from a site."""
    actor = current_actor()
    row = get_learner_for(actor, learner_id)
    members = [
        (member.id, f"{member.name}, {member.engagement.role.label}")
        for member in members_to_keep_apart(actor, learner_id)
    ]
    form = ApartForm(members, _sites(actor))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.keep_apart(actor, learner_id, form.apart)
            return done("They are kept apart, and nobody reads why.", _page(learner_id))
    return asked("rota/learners/apart.html", form, learner=row)


@learners.post("/apart/<uuid:apart_id>/end")
@guarded(TRUSTED)
def end_apart(apart_id: uuid.UUID) -> ResponseReturnValue:
    """Keep them apart no more."""
    row = get_apart_for(current_actor(), apart_id)
    learner_id = row.learner_id
    commands.end_keeping_apart(current_actor(), apart_id)
    return done("They may be placed together again.", _page(learner_id))


def _page(learner_id: uuid.UUID) -> str:
    return url_for("trainees.show", learner_id=learner_id)


def _fits(form: LearnerForm) -> bool:
    programme = get_programme_for(current_actor(), form.programme_id.data)
    return form.tell(wrong_with_learner(form.design, as_design(programme)))


def _programmes(actor: Actor, besides: uuid.UUID | None = None) -> list[tuple[uuid.UUID, str]]:
    rows = programmes_for(actor)
    return [(row.id, row.name) for row in rows if row.retired_on is None or row.id == besides]


def _sites(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    return [(site.id, site.name) for site in sites_for(actor)]


def _state(row: LearnerRow) -> tuple[str, str, str]:
    return wording.state_of(row.starts_on, row.ends_on, row.left_on, today())
