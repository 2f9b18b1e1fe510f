"""Planning when people are asked how they fare, writing down what they answer, and leaving them in peace."""

import json
import uuid
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from mdt.cases.queries import get_case_for
from mdt.cases.records import Case
from mdt.instruments.queries import get_instrument, instruments
from mdt.instruments.rules import NOTHING_SAID, Answers, wrong_with_answers
from mdt.outcomes.queries import (
    get_measure_for,
    listings_to_plan,
    may_ask,
    opt_out_of,
    opt_outs_of,
    planned_before,
    seen_of,
    stopped_among,
    waiting_for,
)
from mdt.outcomes.records import AnswerSheet, Measure, MeasureOptOut
from mdt.outcomes.rules import (
    How,
    MeasureState,
    Skipped,
    Wave,
    days_of,
    is_to_be_planned,
    wrong_with_correction,
    wrong_with_day,
    wrong_with_sheet,
)
from mdt.sharing.queries import access_to
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, db, today
from network.plumbing.refusals import Invalid, Refusal


@command
def plan_measures(actor: Actor) -> int:
    """Plan when those are asked whose cases came on a list; return of how many cases."""
    require(actor.may(Permission.BUILD_LISTS))
    found = listings_to_plan()
    for case, listed_on in found:
        _plan(actor, case, listed_on)
    record(actor, "plan_all_measures", "network", current_network(), cases=len(found))
    return len(found)


@command
def start_measures(actor: Actor, case_id: uuid.UUID) -> None:
    """Begin asking somebody today, without waiting until their case comes on a list."""
    case = _case(actor, case_id)
    _refuse_stopped(case.patient_id)
    before = planned_before([case.patient_id]).get(case.patient_id)
    if not is_to_be_planned(today(), before, today()):
        raise Refusal("They are being asked already: see what is to come below.")
    if db.session.scalar(select(Measure.id).where(Measure.case_id == case.id).limit(1)):
        raise Refusal("They were asked over a year for this case. They are asked again with their next one.")
    _plan(actor, case, today())


@command
def record_answers(
    actor: Actor,
    measure_id: uuid.UUID,
    answers: Answers,
    how: How,
    *,
    helper: str = "",
    answered_on: date | None = None,
    correction: str = "",
) -> None:
    """Write down what somebody answered; with a reason, it takes the place of what they answered before."""
    measure = get_measure_for(actor, measure_id).measure
    require(may_ask(actor, get_case_for(actor, measure.case_id)))
    keep_answers(actor, measure, answers, how, helper, answered_on or today(), correction)


@command
def record_wave(
    actor: Actor, answers: Mapping[uuid.UUID, Answers], how: How, helper: str = "", day: date | None = None
) -> None:
    """Write down what somebody answered in one sitting, by measure; what nothing was said to is left open."""
    given = {measure_id: said for measure_id, said in answers.items() if said}
    if not given:
        raise Invalid(NOTHING_SAID)
    for measure_id, said in given.items():
        record_answers(actor, measure_id, said, how, helper=helper, answered_on=day)


def keep_own_answers(
    actor: Actor,
    patient_id: uuid.UUID,
    answers: Mapping[uuid.UUID, Answers],
    how: How = How.SELF,
    helper: str = "",
) -> None:
    """Keep what somebody answers to what waits for them, by measure; part of a command that let them in."""
    waiting = {each.measure.id: each.measure for each in waiting_for(patient_id)}
    if set(answers) - set(waiting):
        raise Refusal("These questions are not asked any more. Open the page again.")
    given = {measure_id: said for measure_id, said in answers.items() if said}
    if not given:
        raise Invalid(NOTHING_SAID)
    for measure_id, said in given.items():
        keep_answers(actor, waiting[measure_id], said, how, helper)


def keep_answers(
    actor: Actor,
    measure: Measure,
    answers: Answers,
    how: How,
    helper: str = "",
    answered_on: date | None = None,
    correction: str = "",
) -> None:
    """Keep a sheet of answers; part of a command that has asked who may."""
    # Of two who answer at once the later one hears of it.
    db.session.scalars(select(Measure.id).where(Measure.id == measure.id).with_for_update()).one()
    db.session.expire(measure, ["sheets", "skipped"])
    day, state = answered_on or today(), seen_of(measure).state
    if state in {MeasureState.STOPPED, MeasureState.TO_COME}:
        raise Refusal("These questions are not asked now.")
    if state is MeasureState.ANSWERED and (wrong := wrong_with_correction(correction)):
        raise Invalid(wrong)
    wrong = wrong_with_answers(get_instrument(measure.instrument), answers)
    wrong = wrong or wrong_with_sheet(how, helper, day, today())
    if wrong := wrong or wrong_with_day(measure.opens_on, measure.closes_on, day):
        raise Invalid(wrong)
    db.session.add(
        AnswerSheet(
            measure_id=measure.id,
            answers=json.dumps(dict(answers)),
            how=how,
            helper=helper.strip() if how is not How.SELF else "",
            answered_on=day,
            correction=correction.strip(),
            recorded_by=actor.name,
        )
    )
    db.session.flush()
    db.session.expire(measure, ["sheets"])
    record(
        actor,
        "correct_answers" if correction else "record_answers",
        "case",
        measure.case.id,
        ref=measure.case.ref,
        instrument=measure.instrument,
        wave=measure.wave.value,
        how=how.value,
    )


@command
def skip_wave(actor: Actor, case_id: uuid.UUID, wave: Wave, why: Skipped) -> None:
    """Keep that somebody is not asked this time."""
    case = _case(actor, case_id)
    rows = [row for row in _wave(case, wave) if seen_of(row).state is MeasureState.WAITING]
    if not rows:
        raise Refusal("There is nothing left to ask in this wave.")
    for row in rows:
        row.skipped, row.skipped_on, row.skipped_by = why, today(), actor.name
    record(actor, "skip_measures", "case", case.id, ref=case.ref, wave=wave.value, why=why.value)


@command
def ask_after_all(actor: Actor, case_id: uuid.UUID, wave: Wave) -> None:
    """Take back that somebody is not asked this time."""
    case = _case(actor, case_id)
    rows = [row for row in _wave(case, wave) if row.skipped]
    if not rows:
        raise Refusal("Nothing was left out in this wave.")
    for row in rows:
        row.skipped, row.skipped_on, row.skipped_by = None, None, ""
    record(actor, "ask_after_all", "case", case.id, ref=case.ref, wave=wave.value)


@command
def stop_asking(actor: Actor, patient_id: uuid.UUID) -> None:
    """Keep that somebody does not want to be asked such questions at all."""
    _to_tell(actor, patient_id)
    if opt_out_of(patient_id) is not None:
        raise Refusal("It is kept already that they do not want to be asked.")
    db.session.add(MeasureOptOut(patient_id=patient_id, said_on=today(), recorded_by=actor.name))
    record(actor, "stop_measures", "patient", patient_id)


@command
def resume_asking(actor: Actor, patient_id: uuid.UUID) -> None:
    """Keep that somebody may be asked again."""
    _to_tell(actor, patient_id)
    standing = opt_outs_of(patient_id)
    if not standing:
        raise Refusal("They may be asked already.")
    for row in standing:
        row.ended_on, row.ended_by = today(), actor.name
    record(actor, "resume_measures", "patient", patient_id)


def _plan(actor: Actor, case: Case, listed_on: date) -> None:
    for wave in Wave:
        opens_on, closes_on = days_of(wave, listed_on)
        for instrument in instruments().values():
            db.session.add(
                Measure(
                    patient_id=case.patient_id,
                    case_id=case.id,
                    instrument=instrument.code,
                    version=instrument.version,
                    wave=wave,
                    listed_on=listed_on,
                    opens_on=opens_on,
                    closes_on=closes_on,
                )
            )
    record(actor, "plan_measures", "case", case.id, ref=case.ref)


def _case(actor: Actor, case_id: uuid.UUID) -> Case:
    seen = get_case_for(actor, case_id)
    require(may_ask(actor, seen))
    return seen.case


def _to_tell(actor: Actor, patient_id: uuid.UUID) -> None:
    access = access_to(actor, patient_id)
    require(actor.may_somewhere(Permission.CONTRIBUTE) and access.standing.is_clinical)


def _wave(case: Case, wave: Wave) -> list[Measure]:
    wanted = select(Measure).where(Measure.case_id == case.id, Measure.wave == wave)
    return list(db.session.scalars(wanted.with_for_update()))


def _refuse_stopped(patient_id: uuid.UUID) -> None:
    if stopped_among([patient_id]):
        raise Refusal("This person is not to be asked: they do not want to be, or have died.")
