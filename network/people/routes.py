"""The pages about people and their posts."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.organisations.queries import get_network_for
from network.people import commands, queries
from network.people.forms import ChangePostForm, EndForm, NewPersonForm, NewPostForm, PersonForm
from network.people.wording import sessions, working_week
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices

people = Blueprint("people", __name__, url_prefix="/people")
people.add_app_template_filter(working_week)
people.add_app_template_filter(sessions)

EDIT = Permission.EDIT_STAFF


def page_of(person_id: uuid.UUID) -> str:
    return url_for("people.show", person_id=person_id)


@people.get("")
@guarded(Permission.SEE_STAFF)
def index() -> ResponseReturnValue:
    """List the people of the network, or those whose name was asked for."""
    actor, name = current_actor(), request.args.get("name", "")
    return render_template(
        "network/people/index.html",
        network=get_network_for(actor),
        people=queries.people_for(actor, name),
        name=name,
        may_add=actor.may_somewhere(EDIT),
    )


@people.get("/<uuid:person_id>")
@guarded(Permission.SEE_STAFF)
def show(person_id: uuid.UUID) -> ResponseReturnValue:
    """Show a person with their posts."""
    actor = current_actor()
    person = queries.get_person_for(actor, person_id)
    editable = {post.id for post in person.engagements if actor.may(EDIT, organisation_id=post.employer_id)}
    return render_template(
        "network/people/show.html",
        person=person,
        may_edit=commands.may_edit(actor, person),
        editable=editable,
        today=today(),
    )


@people.route("/add", methods=["GET", "POST"])
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Add somebody new, with their first post."""
    form = _with_employers(NewPersonForm(), current_actor())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            added = commands.add_person(current_actor(), form.details, form.terms(form.employer_id.data))
            return done(f"{form.given_name.data} {form.family_name.data} is added.", page_of(added.person_id))
    return asked("network/people/add.html", form)


@people.route("/<uuid:person_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change(person_id: uuid.UUID) -> ResponseReturnValue:
    """Correct who a person is or how to reach them."""
    person = queries.get_person_for(current_actor(), person_id)
    form = PersonForm(obj=person)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_person(current_actor(), person_id, form.details)
            return done("Saved.", page_of(person_id))
    return asked("network/people/change.html", form, person=person)


@people.route("/<uuid:person_id>/engage", methods=["GET", "POST"])
@guarded(EDIT)
def engage(person_id: uuid.UUID) -> ResponseReturnValue:
    """Give somebody a further post."""
    person = queries.get_person_for(current_actor(), person_id)
    form = _with_employers(NewPostForm(), current_actor())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.engage_person(current_actor(), person_id, form.terms(form.employer_id.data))
            return done("The post is added.", page_of(person_id))
    return asked("network/people/engage.html", form, person=person)


@people.route("/posts/<uuid:engagement_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change_post(engagement_id: uuid.UUID) -> ResponseReturnValue:
    """Change the terms of a post."""
    post = queries.get_engagement_for(current_actor(), engagement_id)
    form = ChangePostForm(obj=post)
    if not form.is_submitted():
        form.fill(post)
    elif form.validate():
        with refusals_shown_on(form):
            commands.change_engagement(current_actor(), engagement_id, form.terms(post.employer_id))
            return done("Saved.", page_of(post.person_id))
    return asked("network/people/change_post.html", form, engagement=post)


@people.route("/posts/<uuid:engagement_id>/end", methods=["GET", "POST"])
@guarded(EDIT)
def end_post(engagement_id: uuid.UUID) -> ResponseReturnValue:
    """Set the last day of a post."""
    post = queries.get_engagement_for(current_actor(), engagement_id)
    form = EndForm(obj=post)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.end_engagement(current_actor(), engagement_id, ends_on=form.ends_on.data)
            undo = undo_by("people.resume_post", engagement_id=engagement_id)
            return done("The last day of the post is set.", page_of(post.person_id), undo)
    return asked("network/people/end_post.html", form, engagement=post)


@people.post("/posts/<uuid:engagement_id>/resume")
@guarded(EDIT)
def resume_post(engagement_id: uuid.UUID) -> ResponseReturnValue:
    """Take back the last day of a post."""
    commands.resume_engagement(current_actor(), engagement_id)
    post = queries.get_engagement_for(current_actor(), engagement_id)
    return done("The post goes on.", page_of(post.person_id))


def _with_employers(form: NewPostForm, actor: Actor) -> NewPostForm:
    employers = queries.employers_for(actor)
    empty = "Choose an employer" if len(employers) > 1 else ""
    form.employer_id.choices = row_choices(((one.id, one.name) for one in employers), empty=empty)
    return form
