"""The pages of a plan: as it holds, its draft, how it was agreed, earlier versions, and on paper."""

import uuid

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.queries import open_cases_of
from mdt.decisions.queries import decisions_serving
from mdt.goals import wording as goal_wording
from mdt.goals.queries import goals_of
from mdt.goals.rules import GoalState, course_of, months_between, score_at_start, score_now
from mdt.letters.queries import letter_head
from mdt.plans import commands
from mdt.plans.forms import AgreeForm, EndForm, WordsForm
from mdt.plans.queries import (
    case_to_show,
    coordinators_for,
    current_plan,
    find_draft,
    get_plan_for,
    plan_seen,
    version_of,
    versions_of,
    words_of,
)
from mdt.plans.rules import KEPT, Criterion, missing_to_agree
from mdt.plans.wording import Paper, paper_words, plan_tag
from mdt.sharing.queries import access_to
from mdt.story.queries import banner_for, statements_of
from mdt.story.rules import StatementKind, is_to_be_asked_again
from mdt.texts.queries import EASY, LARGE, concerns_of, name_of
from mdt.texts.rules import blocks_of
from network.access.guard import current_actor, guarded
from network.access.rules import Actor, Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on
from network.plumbing.refusals import NotFound

plans = Blueprint("plans", __name__)

SEE, TELL = Permission.SEE_CASES, Permission.CONTRIBUTE
ON_PAPER = frozenset({StatementKind.MATTERS, StatementKind.TALK, StatementKind.NEVER})


@plans.get("/patients/<uuid:patient_id>/plan")
@guarded(SEE)
def show(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Show what the person wants to reach, how far they are, and the plan that holds."""
    actor = current_actor()
    access = access_to(actor, patient_id)
    commands.note_plan_opened(actor, patient_id)
    everything = goals_of(patient_id, tuple(GoalState))
    if not access.standing.is_clinical:
        everything = tuple(each.without_remarks() for each in everything)
    found = [each for each in everything if each.state is GoalState.ACTIVE]
    plan, draft = current_plan(patient_id), find_draft(patient_id)
    is_clinical = access.standing.is_clinical
    goal_ids = [each.goal_id for each in found] if is_clinical else []
    course = course_of(everything)
    return render_template(
        "mdt/plans/show.html",
        patient=access.patient,
        banner=banner_for(access.patient),
        case_id=case_to_show(actor, patient_id, request.args.get("case", type=uuid.UUID)),
        statements=statements_of(patient_id),
        goals=found,
        served=decisions_serving(goal_ids, access.knows_of),
        over=[each for each in everything if each.state is not GoalState.ACTIVE],
        plan=plan,
        draft=draft if is_clinical else None,
        missing=missing_to_agree(words_of(draft), len(found)) if draft and is_clinical else [],
        versions=versions_of(patient_id) if is_clinical else (),
        is_clinical=is_clinical,
        may_tell=actor.may_somewhere(TELL) and access.patient.died_on is None,
        score=score_now(everything),
        score_before=score_at_start(everything),
        course=[(months_between(course[0][0], day), round(score, 1)) for day, score in course],
        **_words(),
    )


@plans.post("/patients/<uuid:patient_id>/plan/begin")
@guarded(TELL)
def begin(patient_id: uuid.UUID) -> ResponseReturnValue:
    """Begin the next version, or go on with the one that was begun."""
    plan_id = commands.begin_plan(current_actor(), patient_id)
    return done("Write the plan with the person, in their words.", url_for("plans.write", plan_id=plan_id))


@plans.route("/plans/<uuid:plan_id>/words", methods=["GET", "POST"])
@guarded(TELL)
def write(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Write what a draft says."""
    actor = current_actor()
    plan, access = get_plan_for(actor, plan_id)
    form = WordsForm(obj=plan)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.write_plan(actor, plan_id, form.words, seen=form.seen.data or 0)
            return done("The draft is kept. It holds once it is agreed.", _page(plan.patient_id))
    # Whoever sends again after a refusal has seen what it says.
    form.show_version(get_plan_for(actor, plan_id)[0].row_version)
    patient = access.patient
    return asked("mdt/plans/write.html", form, banner=banner_for(patient), patient=patient, plan=plan)


@plans.route("/plans/<uuid:plan_id>/agree", methods=["GET", "POST"])
@guarded(TELL)
def agree(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that a draft was agreed, or show what it still needs."""
    actor = current_actor()
    plan, access = get_plan_for(actor, plan_id)
    form = AgreeForm()
    start_agreeing(form, actor, plan.patient_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.agree_plan(actor, plan_id, form.agreement, seen=form.seen.data or 0)
            return done("Agreed: this version holds from now on.", _page(plan.patient_id))
    # Whoever sends again after a refusal has seen what it says.
    form.show_version(version_of(get_plan_for(actor, plan_id)[0]))
    found = goals_of(plan.patient_id)
    return asked(
        "mdt/plans/agree.html",
        form,
        banner=banner_for(access.patient),
        patient=access.patient,
        plan=plan,
        words=words_of(plan),
        goals=found,
        missing=missing_to_agree(words_of(plan), len(found)),
    )


@plans.post("/plans/<uuid:plan_id>/discard")
@guarded(TELL)
def discard(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    patient_id = commands.discard_plan(current_actor(), plan_id)
    return done("The draft is thrown away.", _page(patient_id), undo_by("plans.restore", plan_id=plan_id))


@plans.post("/plans/<uuid:plan_id>/restore")
@guarded(TELL)
def restore(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Take a draft back that was thrown away."""
    return done("The draft is back.", _page(commands.restore_plan(current_actor(), plan_id)))


@plans.get("/plans/<uuid:plan_id>")
@guarded(SEE)
def version(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Show one version as it was agreed."""
    actor = current_actor()
    plan, access = get_plan_for(actor, plan_id)
    if plan.state not in KEPT:
        raise NotFound
    commands.note_plan_opened(actor, plan.patient_id)
    return render_template(
        "mdt/plans/version.html",
        patient=access.patient,
        banner=banner_for(access.patient),
        plan=plan_seen(plan),
        **_words(),
    )


@plans.get("/plans/<uuid:plan_id>/paper")
@guarded(TELL)
def paper(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Show a plan as its person reads it on paper, in the format that they asked for."""
    actor = current_actor()
    plan, access = get_plan_for(actor, plan_id)
    if plan.state not in KEPT or access.patient.died_on is not None:
        raise NotFound
    commands.note_plan_printed(actor, plan_id)
    seen, patient = plan_seen(plan), access.patient
    head = letter_head()
    said = [each.words for each in statements_of(patient.id) if each.kind in ON_PAPER]
    words = paper_words(
        seen.words,
        seen.goals,
        Paper(
            matters=tuple(said),
            agreed_with=seen.agreed_with,
            agreed_on=seen.agreed_on or today(),
            next_review=seen.next_review or today(),
            coordinator=seen.coordinator,
            phone=head.phone,
            hours=head.hours,
            is_easy=patient.letter_format in EASY,
        ),
    )
    return render_template(
        "mdt/plans/paper.html",
        patient=patient,
        plan=seen,
        blocks=blocks_of(words),
        concerns=concerns_of(patient, words),
        head=head,
        is_large=patient.letter_format in LARGE,
        name=name_of(patient),
        today=today(),
    )


@plans.route("/plans/<uuid:plan_id>/end", methods=["GET", "POST"])
@guarded(TELL)
def end(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that a plan holds no more and none follows."""
    actor = current_actor()
    plan, access = get_plan_for(actor, plan_id)
    form = EndForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.end_plan(actor, plan_id, form.why.data)
            undo = undo_by("plans.resume", plan_id=plan_id)
            return done("The plan holds no more. It stays on record.", _page(plan.patient_id), undo)
    patient = access.patient
    return asked("mdt/plans/end.html", form, banner=banner_for(patient), patient=patient, plan=plan)


@plans.post("/plans/<uuid:plan_id>/resume")
@guarded(TELL)
def resume(plan_id: uuid.UUID) -> ResponseReturnValue:
    """Take back that a plan holds no more."""
    return done("It holds again.", _page(commands.resume_plan(current_actor(), plan_id)))


def start_agreeing(form: AgreeForm, actor: Actor, patient_id: uuid.UUID) -> None:
    """Offer those who can coordinate; start from who does now, and from a review in a year."""
    coordinators = coordinators_for(actor)
    form.offer((one.account_id, one.name) for one in coordinators)
    if form.is_submitted():
        return
    form.start(today())
    current = current_plan(patient_id)
    known = [
        current.coordinator_id if current else None,
        *(each.coordinator_id for each in open_cases_of(patient_id)),
    ]
    offered = {one.account_id for one in coordinators}
    form.coordinator_id.data = next((each for each in (*known, actor.account_id) if each in offered), None)


def _words() -> dict[str, object]:
    return {
        "criteria": tuple(Criterion),
        "tag_of": plan_tag,
        "goal_words": goal_wording,
        "ask_again": is_to_be_asked_again,
        "today": today(),
    }


def _page(patient_id: uuid.UUID) -> str:
    return url_for("plans.show", patient_id=patient_id)
