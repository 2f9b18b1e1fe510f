"""What the pages of evidence count, for whom, and what leaves as a file."""

import csv
import io
from datetime import timedelta

import pytest

from mdt.actions.rules import ActionState, NotDone
from mdt.cases.rules import CaseState
from mdt.effort.commands import add_claimant, end_claimant, end_scheme, tell_preparation
from mdt.effort.queries import effort_for, own_meetings
from mdt.evidence.commands import export_evidence
from mdt.evidence.queries import answer_for, answers_for
from mdt.evidence.rules import WITHHELD, Answer
from mdt.lists.rules import ItemState, ViewHeard
from mdt.meetings.rules import MeetingState
from mdt.periods.queries import get_period
from mdt.periods.rules import Period, quarter_of
from mdt.plans.records import CarePlan
from mdt.plans.rules import PlanState
from network.access.rules import Role
from network.plumbing.database import ENGLAND, db, now, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.effort_given import FUNDS, make_claimant, make_held, make_scheme
from tests.mdt.evidence_given import due, make_people, period_of_yesterday
from tests.mdt.scene import make_item, make_meeting

COORDINATOR, MANAGER, CLINICIAN = Role.CARE_COORDINATOR, Role.PRACTICE_MANAGER, Role.CLINICIAN


def asked(cast: Cast, name: str, role: Role = COORDINATOR) -> Answer:
    return answer_for(cast[role], name, period_of_yesterday())


def rows_of(answer: Answer, title: str, tally: int = 0) -> dict[str, tuple[int | None, ...]]:
    table = next(each for each in answer.shown[tally].tables if each.title == title)
    return {row.label: (*row.numbers, row.of) for row in table.rows}


def test_implementation_is_told_by_deprivation_and_a_manager_sees_their_own_practice(cast: Cast) -> None:
    cases = make_people(cast, elm=11, oak=6)
    for case in cases[:6]:
        due(case, ActionState.DONE)
    for case in cases[6:11]:
        due(case, ActionState.NOT_DONE, NotDone.NO_CAPACITY)
    for case in cases[11:]:
        due(case, ActionState.DONE)
    answer = asked(cast, "implementation")
    assert answer.shown[0].headline.numbers == (12, 5, 0)
    assert answer.shown[0].headline.of == 17
    deprivation = rows_of(answer, "By deprivation of where people live")
    assert deprivation["1: most deprived fifth"] == (6, 5, 0, 11)
    assert deprivation["5: least deprived fifth"] == (6, 0, 0, 6)
    assert rows_of(answer, "Why it was not done") == {NotDone.NO_CAPACITY.label: (5, 5)}
    own = asked(cast, "implementation", MANAGER)
    assert own.shown[0].headline.numbers == (6, 5, 0)
    assert "By practice" not in {table.title for table in own.shown[0].tables}


def test_few_people_are_withheld_on_the_page_and_in_the_file(cast: Cast) -> None:
    for case in make_people(cast, elm=3, oak=6):
        due(case, ActionState.DONE)
    rows = rows_of(asked(cast, "implementation"), "By ethnicity")
    assert rows["Asian"][0] is None
    assert rows["White"][0] is None
    page = client_for(cast, COORDINATOR).get(f"/evidence/implementation?period={period_of_yesterday().value}")
    assert WITHHELD in page.text
    text = export_evidence(cast[COORDINATOR], period_of_yesterday().value, "implementation").decode(
        "utf-8-sig"
    )
    lines = list(csv.DictReader(io.StringIO(text)))
    asian = [line for line in lines if line["Group"] == "Asian" and line["What"] == "done"]
    assert [line["Number"] for line in asian] == [WITHHELD]
    assert {line["Group"] for line in lines} >= {"All", "White"}


def test_referrals_are_counted_with_their_rate_for_each_thousand(cast: Cast) -> None:
    cast.elm.list_size = 8000
    make_people(cast, elm=8)
    make_people(cast, elm=0, oak=6, state=CaseState.DECLINED)
    answer = answer_for(cast[COORDINATOR], "referrals", quarter_of(today()))
    table = next(each for each in answer.shown[0].tables if each.title == "By practice")
    assert {row.label: (row.numbers, row.per_thousand) for row in table.rows} == {
        "Elm Surgery": ((8, 0, 0), 1.0),
        "Oak Surgery": ((0, 6, 0), None),
    }


def test_meetings_tell_minutes_decisions_and_whether_the_view_was_heard(cast: Cast) -> None:
    meeting = make_meeting(cast, MeetingState.SIGNED, now(), began_at=now(), ended_at=now())
    for place, case in enumerate(make_people(cast, elm=11)):
        is_carried = place >= 6
        make_item(
            meeting,
            case,
            place + 1,
            state=ItemState.CARRIED if is_carried else ItemState.DECIDED,
            seconds_taken=60 * (place + 1),
            view_heard=None if is_carried else ViewHeard.IN_PERSON,
            carried_before=1 if is_carried else 0,
        )
    period = quarter_of(today())
    answer = answer_for(cast[COORDINATOR], "meetings", period)
    assert [each.headline.numbers for each in answer.shown[:2]] == [(6, 5, 0), (6, 0)]
    assert answer.spreads[0].values == (1, 2, 3, 4, 5, 6)
    waits = answer_for(cast[COORDINATOR], "waits", period)
    assert waits.shown[0].headline.numbers == (5, 6)
    assert (waits.spreads[0].number, waits.spreads[1].number) == (11, 6)


def test_plans_in_date_stand_as_they_are_today_whatever_the_period(cast: Cast) -> None:
    cases = make_people(cast, elm=12)
    for place, case in enumerate(cases[:7]):
        review = today() + timedelta(days=-1 if place < 1 else 90)
        row = {"state": PlanState.AGREED, "agreed_on": today(), "next_review": review, "begun_by": "Nobody"}
        keep(CarePlan(patient_id=case.patient_id, version=1, **row))
    cases[-1].patient.died_on = today()
    db.session.commit()
    for period in (quarter_of(today()), Period(quarter_of(today()).year - 1)):
        headline = answer_for(cast[COORDINATOR], "plans", period).shown[0].headline
        # Six in date of eleven who live; one overdue, which hides itself and what would tell it.
        assert headline.of == 11
        assert headline.numbers[1] is None


def test_every_question_has_an_answer_where_nothing_happened(cast: Cast) -> None:
    for answer in answers_for(cast[COORDINATOR], quarter_of(today())):
        assert all(each.is_empty for each in answer.shown)
        assert not answer.hides
    assert client_for(cast, Role.CHAIR).get("/evidence").status_code == 200


def test_evidence_is_for_those_who_answer_for_the_team_and_effort_for_who_pays(cast: Cast) -> None:
    for role in (CLINICIAN, Role.VOLUNTARY_MEMBER, FUNDS, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            answer_for(cast[role], "told", quarter_of(today()))
    with pytest.raises(NotAllowed):
        effort_for(cast[CLINICIAN], quarter_of(today()))
    with pytest.raises(NotFound):
        answer_for(cast[COORDINATOR], "league", quarter_of(today()))
    with pytest.raises(Invalid):
        get_period("2026-9")


def test_time_in_meetings_is_counted_without_anybody_typing_it(cast: Cast) -> None:
    meeting, attendance = make_held(cast, minutes=60)
    period = quarter_of(meeting.began_at.astimezone(ENGLAND).date())
    line = effort_for(cast[FUNDS], period).lines[0]
    assert (line.organisation, line.meeting, line.unpaid) == ("Elm Surgery", 60, 60)
    make_claimant(cast, make_scheme(cast), Discipline.PHARMACY)
    tell_preparation(cast[CLINICIAN], meeting.id, 25)
    tell_preparation(cast[CLINICIAN], meeting.id, 20)
    line = effort_for(cast[MANAGER], period).lines[0]
    assert (line.scheme, line.meeting, line.preparation, line.unpaid) == (
        "NB-01 Neighbourhood team fund",
        60,
        20,
        20,
    )
    assert [each.minutes for each in own_meetings(cast[CLINICIAN])] == [20]
    with pytest.raises(Invalid, match="from 0 to 600"):
        tell_preparation(cast[CLINICIAN], meeting.id, 601)
    attendance.from_position = attendance.to_position = 1
    db.session.commit()
    assert effort_for(cast[FUNDS], period).lines[0].meeting == 0


def test_the_same_time_is_not_claimed_under_two_schemes(cast: Cast) -> None:
    first = make_claimant(cast, make_scheme(cast))
    second = make_scheme(cast, "NB-02")
    with pytest.raises(Refusal, match="claimed under NB-01"):
        add_claimant(cast[FUNDS], second, cast.elm.id, Discipline.NURSING, today())
    end_claimant(cast[FUNDS], first, today() - timedelta(days=1))
    add_claimant(cast[FUNDS], second, cast.elm.id, Discipline.NURSING, today())
    with pytest.raises(Refusal, match="choose an earlier day"):
        end_claimant(cast[FUNDS], first, today())


def test_a_scheme_that_goes_on_does_not_bring_back_a_claim_over_another(cast: Cast) -> None:
    ended = make_scheme(cast)
    make_claimant(cast, ended)
    end_scheme(cast[FUNDS], ended, today() - timedelta(days=1))
    add_claimant(cast[FUNDS], make_scheme(cast, "NB-02"), cast.elm.id, None, today())
    with pytest.raises(Refusal, match="claimed under NB-02"):
        end_scheme(cast[FUNDS], ended, None)


def test_what_is_wrong_with_a_scheme_or_a_claim_comes_back_on_the_page(cast: Cast) -> None:
    scheme_id = make_scheme(cast)
    make_claimant(cast, scheme_id)
    client = client_for(cast, FUNDS)
    again = {"code": "NB-01", "name": "Fund", "payer": "The board", "starts_on": today().isoformat()}
    answer = client.post("/effort/schemes", data=again)
    assert (answer.status_code, "choose another code" in answer.text) == (422, True)
    claim = {
        "claim-scheme_id": scheme_id,
        "claim-organisation_id": cast.elm.id,
        "claim-discipline": "",
        "claim-starts_on": today().isoformat(),
    }
    answer = client.post("/effort/schemes/claimants", data=claim)
    assert (answer.status_code, "no minute is claimed twice" in answer.text) == (422, True)
    claim["claim-organisation_id"] = cast.oak.id
    assert client.post("/effort/schemes/claimants", data=claim).status_code == 303
    assert client.post(f"/effort/schemes/{scheme_id}/end", data={}).status_code == 422
    assert "Oak Surgery" in client.get("/effort/schemes").text
    assert client.post("/effort/file", data={}).text.startswith("\ufeffPeriod,Organisation")
