"""How well cases are prepared for a list: who has answered, who has met the person, who is coming."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from mdt.cases.records import Case
from mdt.cases.rules import CaseState
from mdt.contributions.records import Contribution
from mdt.contributions.rules import ContributionState
from mdt.meetings.queries import members_expected
from mdt.meetings.rules import STILL_COMING
from mdt.prompts.queries import asks_to_meet
from mdt.readiness.rules import BARS, Concern, Prepared, concerns_of
from mdt.sharing.queries import objections_of
from mdt.sharing.records import ObjectionRecord
from mdt.sharing.rules import SPEAKS_FOR, ObjectionScope
from mdt.sharing.wording import objection_said
from network.plumbing.database import db


def needs_of(cases: Iterable[Case]) -> dict[uuid.UUID, list[str]]:
    """Return the disciplines that cases need at the table: who was asked, and who referred them."""
    found = {
        case.id: {SPEAKS_FOR[case.organisation.kind]} if case.organisation.kind in SPEAKS_FOR else set()
        for case in cases
    }
    for row in _contributions(found):
        if row.state is not ContributionState.NOT_KNOWN:
            found[row.case_id].add(row.discipline)
    return {case_id: sorted(word.value for word in words) for case_id, words in found.items()}


def coming_to(meeting_id: uuid.UUID) -> frozenset[str]:
    """Return the disciplines of those who have not said that they will stay away."""
    return frozenset(
        each.discipline.value for each in members_expected(meeting_id) if each.state in STILL_COMING
    )


def prepared_of(
    cases: Sequence[Case],
    carried: Mapping[uuid.UUID, int],
    needs: Mapping[uuid.UUID, Sequence[str]],
    coming: frozenset[str] | None,
) -> dict[uuid.UUID, Prepared]:
    """Work out how cases are prepared."""
    rows = _contributions(case.id for case in cases)
    answered = {row.case_id for row in rows if row.state is not ContributionState.REQUESTED}
    met = {row.case_id for row in rows if row.has_met}
    objections = objections_of({case.patient_id for case in cases})
    asked_of = asks_to_meet({case.patient_id for case in cases})
    return {
        case.id: Prepared(
            has_question=bool(case.question.strip()),
            is_withdrawn=case.state is CaseState.WITHDRAWN,
            has_died=case.patient.died_on is not None,
            is_refused=_is_refused(objections.get(case.patient_id, ())),
            objections=tuple(_said(each) for each in objections.get(case.patient_id, ())),
            carried=carried.get(case.id, 0),
            is_met=case.id in met,
            is_asked_to_meet=case.patient_id in asked_of,
            is_answered=case.id in answered,
            needs=frozenset(needs.get(case.id, ())),
            coming=coming,
        )
        for case in cases
    }


def bars_to(case: Case) -> list[Concern]:
    """Name what keeps a case off every list."""
    prepared = prepared_of([case], {}, {}, None)[case.id]
    return [concern for concern in concerns_of(prepared) if concern in BARS]


def _contributions(case_ids: Iterable[uuid.UUID]) -> Sequence[Contribution]:
    return db.session.scalars(
        select(Contribution).where(
            Contribution.case_id.in_(list(case_ids)), Contribution.state != ContributionState.WITHDRAWN
        )
    ).all()


def _is_refused(objections: Iterable[ObjectionRecord]) -> bool:
    return any(each.scope is ObjectionScope.ALL for each in objections)


def _said(row: ObjectionRecord) -> str:
    name = row.organisation.name if row.organisation else ""
    return objection_said(row.scope, name, row.discipline, row.topic)
