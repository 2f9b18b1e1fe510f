"""The pages about members of the rota."""

import uuid
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from network.access.guard import current_actor, guarded, require
from network.access.rules import Actor, Permission
from network.organisations.queries import get_network_for, sites_for
from network.organisations.rules import WEEK_COLUMNS
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on, row_choices
from network.vocabulary import JobRole
from rota.staff import commands, queries
from rota.staff.forms import (
    CompetencyForm,
    CredentialForm,
    EndForm,
    FilterForm,
    InductionForm,
    LearnerForm,
    NewMemberForm,
    PlanningForm,
    SplitForm,
    SupervisionForm,
)
from rota.staff.queries import Member
from rota.staff.rules import pattern_on, worked_sessions
from rota.staff.wording import Flag, validity, warnings, weeks_of

staff = Blueprint("staff", __name__, url_prefix="/staff")

EDIT = Permission.EDIT_STAFF
SIGN_OFF = (Permission.EDIT_STAFF, Permission.EDIT_SUPERVISION)


def page_of(member_id: uuid.UUID) -> str:
    return url_for("staff.show", member_id=member_id)


@staff.get("")
@guarded(Permission.SEE_STAFF)
def index() -> ResponseReturnValue:
    """List the members whom the viewer may see, by discipline."""
    actor, form = current_actor(), FilterForm(request.args)
    form.site_id.choices = _sites(actor, "All sites")
    chosen = (form.role.data, form.site_id.data) if form.validate() else (None, None)
    members = queries.members_for(actor, today(), *chosen)
    flags = {member.id: _warnings(member) for member in members}
    return render_template(
        "rota/staff/index.html",
        network=get_network_for(actor),
        form=form,
        groups=queries.by_discipline(members),
        count=len(members),
        flags=flags,
        urgent=sum(any(flag.tone == "bad" for flag in own) for own in flags.values()),
        soon=sum(bool(own) and all(flag.tone != "bad" for flag in own) for own in flags.values()),
        is_narrowed=any(chosen),
        may_add=actor.may_somewhere(EDIT),
        may_import=actor.may(Permission.IMPORT_WORKBOOK),
    )


def card(actor: Actor) -> str:
    """Draw the card of the Today page: whose credentials want doing, for those who can do it."""
    members = queries.members_for(actor, today()) if actor.may_somewhere(EDIT) else []
    flags = [own for member in members if (own := _warnings(member))]
    urgent = sum(any(flag.tone == "bad" for flag in own) for own in flags)
    return render_template("rota/staff/_card.html", urgent=urgent, soon=len(flags) - urgent) if flags else ""


@staff.get("/<uuid:member_id>")
@guarded(Permission.SEE_STAFF)
def show(member_id: uuid.UUID) -> ResponseReturnValue:
    """Show a member with all that the rota knows of them."""
    actor, day = current_actor(), today()
    member = queries.get_member_for(actor, member_id)
    values = {pattern.id: pattern.value for pattern in member.patterns}
    current = pattern_on(values.values(), day)
    return render_template(
        "rota/staff/show.html",
        member=member,
        day=day,
        warnings=_warnings(member),
        validity=validity,
        competencies=queries.competencies(),
        patterns=[(pattern, weeks_of(values[pattern.id])) for pattern in member.patterns],
        current_id=next((known for known, value in values.items() if value is current), None),
        offered={known: worked_sessions(value.cycle_weeks, value.choices) for known, value in values.items()},
        columns=WEEK_COLUMNS,
        may_edit=actor.may(EDIT, organisation_id=member.engagement.employer_id),
        may_sign_off=_may_sign_off(actor, member),
    )


@staff.route("/add", methods=["GET", "POST"])
@guarded(EDIT)
def add() -> ResponseReturnValue:
    """Put a post on the rota."""
    actor = current_actor()
    waiting = queries.engagements_not_planned_for(actor, today())
    form = NewMemberForm()
    form.home_site_id.choices = _sites(actor, "No home site")
    said = ((one.id, f"{one.person.name}, {one.role.label}, {one.employer.name}") for one in waiting)
    form.engagement_id.choices = row_choices(said, empty="Choose somebody")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            member = commands.add_member(actor, form.engagement_id.data, planning=form.planning)
            return done("On the rota. Set the working pattern next.", page_of(member))
    return asked("rota/staff/add.html", form, waiting=waiting)


@staff.route("/<uuid:member_id>/change", methods=["GET", "POST"])
@guarded(EDIT)
def change(member_id: uuid.UUID) -> ResponseReturnValue:
    """Change how a post is planned."""
    member = member_to_edit(member_id)
    form = (LearnerForm if member.engagement.role.is_learner else PlanningForm)(obj=member)
    form.home_site_id.choices = _sites(current_actor(), "No home site")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.change_member(current_actor(), member_id, form.planning)
            return done("Saved.", page_of(member_id))
    return asked("rota/staff/change.html", form, member=member)


@staff.route("/<uuid:member_id>/end", methods=["GET", "POST"])
@guarded(EDIT)
def end(member_id: uuid.UUID) -> ResponseReturnValue:
    """Set the last day on which somebody is planned."""
    member = member_to_edit(member_id)
    form = EndForm(obj=member)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.end_planning(current_actor(), member_id, planned_until=form.planned_until.data)
            undo = undo_by("staff.resume", member_id=member_id)
            return done("The last day on the rota is set.", page_of(member_id), undo)
    return asked("rota/staff/end.html", form, member=member)


@staff.post("/<uuid:member_id>/resume")
@guarded(EDIT)
def resume(member_id: uuid.UUID) -> ResponseReturnValue:
    """Take back the last day on which somebody is planned."""
    commands.resume_planning(current_actor(), member_id)
    return done("The rota goes on planning this post.", page_of(member_id))


@staff.route("/<uuid:member_id>/competencies", methods=["GET", "POST"])
@guarded(Permission.SEE_STAFF)
def sign_off(member_id: uuid.UUID) -> ResponseReturnValue:
    """Sign off a competency."""
    member = _member_to_sign_off(member_id)
    form, known = CompetencyForm(), queries.competencies_for(member.engagement.role)
    form.offer(known)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            answers = {"signed_off_on": form.signed_off_on.data, "signed_off_by": form.signed_off_by.data}
            commands.sign_off_competency(current_actor(), member_id, form.code.data, **answers)
            code = form.code.data
            undo = undo_by("staff.withdraw_competency", member_id=member_id, code=code)
            return done(f"{queries.competencies()[code].label} is signed off.", page_of(member_id), undo)
    return asked("rota/staff/sign_off.html", form, member=member, known=known)


@staff.post("/<uuid:member_id>/competencies/<code>/withdraw")
@guarded(Permission.SEE_STAFF)
def withdraw_competency(member_id: uuid.UUID, code: str) -> ResponseReturnValue:
    """Take back the sign-off of a competency."""
    commands.withdraw_competency(current_actor(), member_id, code)
    return _taken_back("The sign-off is taken back.", "staff.sign_off", member_id)


@staff.route("/<uuid:member_id>/credentials", methods=["GET", "POST"])
@guarded(EDIT)
def record_credential(member_id: uuid.UUID) -> ResponseReturnValue:
    """Record a registration, check or cover."""
    member = member_to_edit(member_id)
    form = CredentialForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            dates = {"issued_on": form.issued_on.data, "expires_on": form.expires_on.data}
            added = commands.record_credential(
                current_actor(), member_id, form.kind.data, number=form.number.data, **dates
            )
            undo = undo_by("staff.remove_credential", member_id=member_id, credential_id=added)
            return done(f"{form.kind.data.label} is recorded.", page_of(member_id), undo)
    return asked("rota/staff/record_credential.html", form, member=member)


@staff.post("/<uuid:member_id>/credentials/<uuid:credential_id>/remove")
@guarded(EDIT)
def remove_credential(member_id: uuid.UUID, credential_id: uuid.UUID) -> ResponseReturnValue:
    """Remove a credential that was recorded by mistake."""
    commands.remove_credential(current_actor(), member_id, credential_id)
    return _taken_back("The credential is removed.", "staff.record_credential", member_id)


@staff.route("/<uuid:member_id>/inductions", methods=["GET", "POST"])
@guarded(EDIT)
def record_induction(member_id: uuid.UUID) -> ResponseReturnValue:
    """Record that a member was shown round a site."""
    member = member_to_edit(member_id)
    form = InductionForm()
    form.site_id.choices = _sites(current_actor(), "Choose a site")
    if form.validate_on_submit():
        with refusals_shown_on(form):
            site_id = form.site_id.data
            commands.record_induction(current_actor(), member_id, site_id, inducted_on=form.inducted_on.data)
            undo = undo_by("staff.remove_induction", member_id=member_id, site_id=site_id)
            return done("The induction is recorded.", page_of(member_id), undo)
    return asked("rota/staff/record_induction.html", form, member=member)


@staff.post("/<uuid:member_id>/inductions/<uuid:site_id>/remove")
@guarded(EDIT)
def remove_induction(member_id: uuid.UUID, site_id: uuid.UUID) -> ResponseReturnValue:
    """Remove an induction that was recorded by mistake."""
    commands.remove_induction(current_actor(), member_id, site_id)
    return _taken_back("The induction is removed.", "staff.record_induction", member_id)


@staff.route("/<uuid:member_id>/supervision", methods=["GET", "POST"])
@guarded(Permission.SEE_STAFF)
def approve_supervision(member_id: uuid.UUID) -> ResponseReturnValue:
    """Approve a member to supervise a kind of learner."""
    member = _member_to_sign_off(member_id)
    form = SupervisionForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            learner = form.learner_role.data
            commands.approve_supervision(current_actor(), member_id, learner, **form.approval)
            undo = undo_by("staff.withdraw_supervision", member_id=member_id, learner=learner.value)
            return done(f"Approved to supervise: {learner.label}.", page_of(member_id), undo)
    return asked("rota/staff/approve_supervision.html", form, member=member)


@staff.post("/<uuid:member_id>/supervision/<learner>/withdraw")
@guarded(Permission.SEE_STAFF)
def withdraw_supervision(member_id: uuid.UUID, learner: str) -> ResponseReturnValue:
    """Take back the approval to supervise a kind of learner."""
    require(learner in {role.value for role in JobRole}, seen=False)
    commands.withdraw_supervision(current_actor(), member_id, JobRole(learner))
    return _taken_back("The approval is taken back.", "staff.approve_supervision", member_id)


@staff.route("/<uuid:member_id>/funding", methods=["GET", "POST"])
@guarded(EDIT)
def split_funding(member_id: uuid.UUID) -> ResponseReturnValue:
    """Say which streams pay for a member."""
    member = member_to_edit(member_id)
    form = SplitForm(data={share.stream.value: share.percent for share in member.funding})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.split_funding(current_actor(), member_id, form.split)
            return done("The funding is saved.", page_of(member_id))
    return asked("rota/staff/split_funding.html", form, member=member)


def _taken_back(sentence: str, undone_at: str, member_id: uuid.UUID) -> ResponseReturnValue:
    """The button sends what it takes back, so that Undo can send it to where it came from."""
    again = [(name, value) for name, value in request.form.items() if name != "csrf_token"]
    return done(
        sentence, page_of(member_id), undo_by(undone_at, *again, member_id=member_id) if again else None
    )


def member_to_edit(member_id: uuid.UUID) -> Member:
    member = queries.get_member_for(current_actor(), member_id)
    require(current_actor().may(EDIT, organisation_id=member.engagement.employer_id))
    return member


def _member_to_sign_off(member_id: uuid.UUID) -> Member:
    member = queries.get_member_for(current_actor(), member_id)
    require(_may_sign_off(current_actor(), member))
    return member


def _may_sign_off(actor: Actor, member: Member) -> bool:
    return any(actor.may(one, organisation_id=member.engagement.employer_id) for one in SIGN_OFF)


def _warnings(member: Member) -> list[Flag]:
    held = ((credential.kind, credential.expires_on) for credential in member.credentials)
    return warnings(member.engagement.role, held, today())


def _sites(actor: Actor, empty: str) -> list[Any]:
    return row_choices(((site.id, site.name) for site in sites_for(actor)), empty=empty)
