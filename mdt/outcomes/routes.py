"""The pages of how somebody fares: what they answered, what is to be asked, and writing answers down."""

import uuid

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from mdt.cases.queries import get_case_for
from mdt.outcomes import commands, wording
from mdt.outcomes.forms import CorrectedForm, SkipForm, WrittenForm, questions_form
from mdt.outcomes.queries import (
    changes_shown,
    get_measure_for,
    links_out,
    may_ask,
    may_read,
    measures_of,
    opt_out_of,
    waves_of,
)
from mdt.outcomes.rules import MeasureState, Wave, dots_of
from mdt.story.queries import banner_for
from network.access.guard import current_actor, guarded, require
from network.access.rules import Permission
from network.plumbing.answers import asked, done, undo_by
from network.plumbing.database import today
from network.plumbing.fields import refusals_shown_on

outcomes = Blueprint("outcomes", __name__)

SEE, TELL = Permission.SEE_CASES, Permission.CONTRIBUTE


@outcomes.app_template_global()
def reads_answers(patient_id: uuid.UUID) -> bool:
    """Say whether whoever reads a page may read what somebody answered."""
    return may_read(current_actor(), patient_id)


@outcomes.get("/cases/<uuid:case_id>/outcomes")
@guarded(SEE)
def show(case_id: uuid.UUID) -> ResponseReturnValue:
    """Show how somebody fares by their own answers, and what is to be asked when."""
    actor = current_actor()
    seen, measures = get_case_for(actor, case_id), measures_of(actor, case_id)
    return render_template(
        "mdt/outcomes/show.html",
        case=seen.case,
        banner=banner_for(seen.access.patient),
        waves=waves_of(measures),
        measures=measures,
        changes=changes_shown(measures),
        links=links_out(case_id),
        opt_out=opt_out_of(seen.case.patient_id),
        may_ask=may_ask(actor, seen),
        said=wording,
        dots_of=dots_of,
        today=today(),
    )


@outcomes.post("/cases/<uuid:case_id>/outcomes/start")
@guarded(TELL)
def start(case_id: uuid.UUID) -> ResponseReturnValue:
    """Begin asking today."""
    commands.start_measures(current_actor(), case_id)
    return done("They can be asked now, and again after 3 and after 12 months.", page_of(case_id))


@outcomes.route("/cases/<uuid:case_id>/outcomes/<wave>/answers", methods=["GET", "POST"])
@guarded(TELL)
def write(case_id: uuid.UUID, wave: str) -> ResponseReturnValue:
    """Write down what somebody answered."""
    actor, chosen = current_actor(), as_wave(wave)
    seen = get_case_for(actor, case_id)
    require(may_ask(actor, seen))
    open_now = [
        each
        for each in measures_of(actor, case_id)
        if each.measure.case_id == case_id and each.measure.wave is chosen and each.may_be_answered
    ]
    if not open_now:
        abort(404)
    form = questions_form([each.instrument for each in open_now], WrittenForm)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            given = {each.measure.id: form.given(each.instrument) for each in open_now}
            commands.record_wave(actor, given, form.how.data, form.helper.data or "", form.answered_on.data)
            return done("Their answers are written down.", page_of(case_id))
    return asked(
        "mdt/outcomes/write.html",
        form,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        asked=[each.instrument for each in open_now],
        wave=chosen,
        here=url_for("outcomes.write", case_id=case_id, wave=wave),
        is_correction=False,
    )


@outcomes.route("/outcomes/<uuid:measure_id>/correct", methods=["GET", "POST"])
@guarded(TELL)
def correct(measure_id: uuid.UUID) -> ResponseReturnValue:
    """Put answers right; those of before are kept."""
    actor = current_actor()
    found = get_measure_for(actor, measure_id)
    seen = get_case_for(actor, found.measure.case_id)
    require(may_ask(actor, seen))
    if found.state is not MeasureState.ANSWERED:
        abort(404)
    # Answers that are put right are still those of the day on which they were given.
    day = found.sheet.answered_on if found.sheet else None
    form = questions_form([found.instrument], CorrectedForm, found.answers, day)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.record_answers(
                actor,
                measure_id,
                form.given(found.instrument),
                form.how.data,
                helper=form.helper.data or "",
                answered_on=form.answered_on.data,
                correction=form.correction.data,
            )
            return done("The answers are put right.", page_of(seen.case.id))
    return asked(
        "mdt/outcomes/write.html",
        form,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        asked=[found.instrument],
        wave=found.measure.wave,
        here=url_for("outcomes.correct", measure_id=measure_id),
        is_correction=True,
    )


@outcomes.route("/cases/<uuid:case_id>/outcomes/<wave>/skip", methods=["GET", "POST"])
@guarded(TELL)
def skip(case_id: uuid.UUID, wave: str) -> ResponseReturnValue:
    """Keep that somebody is not asked this time."""
    actor, chosen, form = current_actor(), as_wave(wave), SkipForm()
    seen = get_case_for(actor, case_id)
    require(may_ask(actor, seen))
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.skip_wave(actor, case_id, chosen, form.why.data)
            undo = undo_by("outcomes.ask_after_all", case_id=case_id, wave=wave)
            return done("They are not asked this time.", page_of(case_id), undo)
    return asked(
        "mdt/outcomes/skip.html",
        form,
        case=seen.case,
        banner=banner_for(seen.access.patient),
        wave=chosen,
    )


@outcomes.post("/cases/<uuid:case_id>/outcomes/<wave>/ask-after-all")
@guarded(TELL)
def ask_after_all(case_id: uuid.UUID, wave: str) -> ResponseReturnValue:
    """Take back that somebody is not asked this time."""
    commands.ask_after_all(current_actor(), case_id, as_wave(wave))
    return done("They can be asked.", page_of(case_id))


@outcomes.post("/cases/<uuid:case_id>/outcomes/stop")
@guarded(TELL)
def stop(case_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that somebody does not want to be asked at all."""
    actor = current_actor()
    commands.stop_asking(actor, get_case_for(actor, case_id).case.patient_id)
    return done("Nobody asks them again.", page_of(case_id), undo_by("outcomes.resume", case_id=case_id))


@outcomes.post("/cases/<uuid:case_id>/outcomes/resume")
@guarded(TELL)
def resume(case_id: uuid.UUID) -> ResponseReturnValue:
    """Keep that somebody may be asked again."""
    actor = current_actor()
    commands.resume_asking(actor, get_case_for(actor, case_id).case.patient_id)
    return done("They may be asked again.", page_of(case_id))


def as_wave(name: str) -> Wave:
    """Read the wave that an address names."""
    try:
        return Wave(name)
    except ValueError:
        abort(404)


def page_of(case_id: uuid.UUID) -> str:
    return url_for("outcomes.show", case_id=case_id)
