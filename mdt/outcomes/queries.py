"""What people were and are to be asked, and what they answered."""

import json
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from mdt.cases.queries import CaseSeen, cases_known, get_case_for
from mdt.cases.records import Case
from mdt.cases.rules import OPEN
from mdt.instruments.queries import get_instrument, instruments
from mdt.instruments.rules import Answers, Instrument, score_of
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState
from mdt.outcomes.records import AnswerSheet, Measure, MeasureLink, MeasureOptOut
from mdt.outcomes.rules import (
    Answered,
    Change,
    MeasureState,
    Wave,
    changes_of,
    days_of,
    is_to_be_planned,
    scores_of,
    state_of,
)
from mdt.patients.records import Patient
from mdt.sharing.queries import access_to
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.organisations.records import Organisation
from network.plumbing.database import ENGLAND, db, in_network, today
from network.plumbing.refusals import NotFound
from network.vocabulary import OrganisationKind


@dataclass(frozen=True)
class MeasureSeen:
    """A measure, how it stands today, and the answers that count."""

    measure: Measure
    state: MeasureState

    @property
    def instrument(self) -> Instrument:
        return get_instrument(self.measure.instrument)

    @property
    def sheet(self) -> AnswerSheet | None:
        """The last one: earlier ones were put right by it."""
        return self.measure.sheets[-1] if self.measure.sheets else None

    @property
    def answers(self) -> Answers:
        return answers_on(self.sheet) if self.sheet else {}

    @property
    def score(self) -> float | None:
        return score_of(self.instrument, self.answers)

    @property
    def may_be_answered(self) -> bool:
        """Say whether answers are taken: also those given on paper within the days, and brought later."""
        return self.state in {MeasureState.WAITING, MeasureState.MISSED, MeasureState.SKIPPED}


@dataclass(frozen=True)
class Due:
    """A wave of one case that is to be asked now, until which day, and how much of it is open."""

    case: Case
    wave: Wave
    closes_on: date


@dataclass(frozen=True)
class Shown:
    """The answers to one instrument beside each other, and its scores by wave, where it has any."""

    instrument: Instrument
    changes: Sequence[Change]
    scores: Sequence[float | None]


def answers_of(patient_id: uuid.UUID) -> tuple[MeasureSeen, ...]:
    """Return all measures of somebody in the order of their days; whoever calls has asked for access."""
    rows = db.session.scalars(_measures().where(Measure.patient_id == patient_id)).all()
    is_stopped = bool(stopped_among([patient_id]))
    return tuple(_seen(row, is_stopped) for row in sorted(rows, key=_place))


def waiting_for(patient_id: uuid.UUID) -> tuple[MeasureSeen, ...]:
    """Return what somebody is to be asked now; whoever calls has asked for access."""
    return tuple(each for each in answers_of(patient_id) if each.state is MeasureState.WAITING)


def may_read(viewer: Actor, patient_id: uuid.UUID) -> bool:
    """Say whether somebody may read what a person answered: who reads what is clinical."""
    return access_to(viewer, patient_id).standing.is_clinical


def measures_of(viewer: Actor, case_id: uuid.UUID) -> list[MeasureSeen]:
    """Return the measures of a person whose case a clinical reader may know of."""
    seen = get_case_for(viewer, case_id)
    require(seen.access.standing.is_clinical)
    return list(answers_of(seen.case.patient_id))


def get_measure_for(viewer: Actor, measure_id: uuid.UUID) -> MeasureSeen:
    """Return one measure of a person of whom the viewer may know, and read what is clinical."""
    measure = db.session.get(Measure, measure_id)
    if measure is None:
        raise NotFound
    require(access_to(viewer, measure.patient_id).standing.is_clinical)
    return seen_of(measure)


def seen_of(measure: Measure) -> MeasureSeen:
    """Say how a measure stands; whoever calls has asked for access."""
    return _seen(measure, bool(stopped_among([measure.patient_id])))


def changes_shown(seen: Iterable[MeasureSeen]) -> list[Shown]:
    """Put the answers to each instrument beside each other, of the listing that was measured last."""
    answered = [each for each in seen if each.sheet]
    latest = max((each.measure.listed_on for each in answered), default=None)
    found = []
    for instrument in instruments().values():
        mine = [
            Answered(each.measure.wave, each.measure.version, each.answers)
            for each in answered
            if each.measure.instrument == instrument.code and each.measure.listed_on == latest
        ]
        if mine:
            found.append(Shown(instrument, changes_of(instrument, mine), scores_of(instrument, mine)))
    return found


def opt_out_of(patient_id: uuid.UUID) -> MeasureOptOut | None:
    """Return that somebody does not want to be asked, while that holds."""
    return next(iter(opt_outs_of(patient_id)), None)


def opt_outs_of(patient_id: uuid.UUID) -> Sequence[MeasureOptOut]:
    """Return each time that was said and holds: two entries that were joined may each bring one."""
    return db.session.scalars(
        select(MeasureOptOut)
        .where(MeasureOptOut.patient_id == patient_id, MeasureOptOut.ended_on.is_(None))
        .order_by(MeasureOptOut.said_on, MeasureOptOut.id)
    ).all()


def links_out(case_id: uuid.UUID) -> dict[Wave, MeasureLink]:
    """Return the links of a case that can still be used, by wave; whoever calls has asked for access."""
    return {row.wave: row for row in db.session.scalars(_links_out().where(MeasureLink.case_id == case_id))}


def links_out_to(patient_id: uuid.UUID) -> Sequence[MeasureLink]:
    """Return the links by which somebody, or a carer, can still answer."""
    return db.session.scalars(_links_out().where(MeasureLink.case.has(patient_id=patient_id))).all()


def stopped_among(patient_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of some people are not to be asked: who has died, and who does not want to be."""
    died = select(Patient.id).where(Patient.id.in_(patient_ids), Patient.died_on.is_not(None))
    declined = select(MeasureOptOut.patient_id).where(
        MeasureOptOut.patient_id.in_(patient_ids), MeasureOptOut.ended_on.is_(None)
    )
    return set(db.session.scalars(died.union(declined)))


def due_for(viewer: Actor) -> list[Due]:
    """Return which waves are to be asked now in the cases that the viewer knows, the first to end first."""
    rows = db.session.scalars(
        _measures().where(
            Measure.opens_on <= today(),
            Measure.closes_on >= today(),
            Measure.skipped.is_(None),
            ~select(AnswerSheet.id).where(AnswerSheet.measure_id == Measure.id).exists(),
        )
    ).all()
    known = cases_known(viewer, {row.case for row in rows})
    stopped = stopped_among({row.patient_id for row in rows})
    found = {
        (row.case_id, row.wave): Due(row.case, row.wave, row.closes_on)
        for row in rows
        if row.case_id in known and row.patient_id not in stopped
    }
    return sorted(found.values(), key=lambda each: (each.closes_on, each.case.number))


def listings_to_plan() -> list[tuple[Case, date]]:
    """Return the cases of this network that came on a list and are to be measured, each with its day."""
    first = func.min(AgendaItem.added_at)
    rows = db.session.execute(
        select(Case, first)
        .join(AgendaItem, AgendaItem.case_id == Case.id)
        .where(
            AgendaItem.state != ItemState.WITHDRAWN,
            Case.state.in_(OPEN),
            ~select(Measure.id).where(Measure.case_id == Case.id).exists(),
        )
        .group_by(Case.id)
        .order_by(first)
    ).all()
    listed = [(case, at.astimezone(ENGLAND).date()) for case, at in rows]
    stopped = stopped_among({case.patient_id for case, _ in listed})
    before = planned_before({case.patient_id for case, _ in listed})
    found: dict[uuid.UUID, tuple[Case, date]] = {}
    for case, day in listed:
        is_wanted = is_to_be_planned(day, before.get(case.patient_id), today())
        # Of two cases of one person the one that was listed first asks for both.
        if is_wanted and case.patient_id not in stopped:
            found.setdefault(case.patient_id, (case, day))
    return list(found.values())


def planned_before(patient_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, date]:
    """Return from which listing some people are measured, the latest of each."""
    rows = db.session.execute(
        select(Measure.patient_id, func.max(Measure.listed_on))
        .where(Measure.patient_id.in_(patient_ids))
        .group_by(Measure.patient_id)
    )
    return {patient_id: day for patient_id, day in rows}


def networks_to_plan() -> list[uuid.UUID]:
    """Return the networks in which a case came on a list and nobody has planned to ask."""
    networks = db.session.scalars(
        select(Organisation.id).where(Organisation.kind == OrganisationKind.NETWORK).order_by(Organisation.id)
    ).all()
    found = []
    for each in networks:
        # Each network's cases are hidden from all others.
        with in_network(each):
            if listings_to_plan():
                found.append(each)
    return found


def waves_of(seen: Sequence[MeasureSeen]) -> list[tuple[Wave, date, list[MeasureSeen]]]:
    """Group the measures of the latest listing by wave, each with the day on which that opens."""
    latest = max((each.measure.listed_on for each in seen), default=None)
    if latest is None:
        return []
    mine = [each for each in seen if each.measure.listed_on == latest]
    return [
        (wave, days_of(wave, latest)[0], [each for each in mine if each.measure.wave is wave])
        for wave in Wave
    ]


def answers_on(sheet: AnswerSheet) -> Answers:
    """Read what stands on a sheet."""
    found: dict[str, int | None] = json.loads(sheet.answers)
    return found


def may_ask(viewer: Actor, seen: CaseSeen) -> bool:
    """Say whether somebody may ask, and write down answers: who takes part and reads what is clinical."""
    return seen.access.standing.is_clinical and viewer.may_somewhere(Permission.CONTRIBUTE)


def _links_out() -> Select[MeasureLink]:
    return select(MeasureLink).where(
        MeasureLink.used_at.is_(None), MeasureLink.ended_at.is_(None), MeasureLink.expires_on >= today()
    )


def _measures() -> Select[Measure]:
    return select(Measure).options(
        selectinload(Measure.sheets), joinedload(Measure.case), joinedload(Measure.patient)
    )


def _seen(row: Measure, is_stopped: bool) -> MeasureSeen:
    state = state_of(
        row.opens_on,
        row.closes_on,
        today(),
        has_answers=bool(row.sheets),
        is_skipped=row.skipped is not None,
        is_stopped=is_stopped,
    )
    return MeasureSeen(row, state)


def _place(row: Measure) -> tuple[date, int, str]:
    order = list(instruments())
    place = order.index(row.instrument) if row.instrument in order else len(order)
    return row.opens_on, place, row.instrument
