from datetime import timedelta

import pytest
from flask import current_app

from mdt.cases.rules import CaseState
from mdt.merging.commands import merge_people
from mdt.objections.commands import object_to_sharing
from mdt.outcome_links.commands import LinkGone, answer_by_link, end_link, make_link, open_link
from mdt.outcome_links.queries import token_for
from mdt.outcomes.commands import (
    plan_measures,
    record_answers,
    record_wave,
    resume_asking,
    skip_wave,
    start_measures,
    stop_asking,
)
from mdt.outcomes.queries import (
    answers_of,
    changes_shown,
    due_for,
    measures_of,
    opt_out_of,
    waiting_for,
)
from mdt.outcomes.records import AnswerSheet, Measure
from mdt.outcomes.rules import How, MeasureState, Skipped, Wave
from mdt.own_door.commands import lift_stop, stop_own_doors
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import record_death
from network.access.rules import SYSTEM, Actor, Role
from network.plumbing.database import days_ago, db, today
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from tests.cast import Cast, client_for
from tests.mdt.merging.test_merging import twins
from tests.mdt.outcomes.scene import ONS4, TOGETHER, answered, link, measure_of, started, token
from tests.mdt.scene import make_case, make_item, make_meeting

COORDINATOR = Role.CARE_COORDINATOR
HOLDER = Actor(name="Whoever holds a link")
S = MeasureState


def states(case) -> set[MeasureState]:
    return {each.state for each in answers_of(case.patient_id)}


def test_a_case_on_a_list_is_planned_once_for_all_waves(cast: Cast) -> None:
    case = make_case(cast, CaseState.LISTED)
    make_item(make_meeting(cast), case)
    assert plan_measures(SYSTEM) == 1
    assert plan_measures(SYSTEM) == 0
    assert [each.state for each in answers_of(case.patient_id)] == [S.WAITING] * 2 + [S.TO_COME] * 4
    assert [due.case.id for due in due_for(cast[COORDINATOR])] == [case.id]


def test_the_dead_and_who_declined_are_neither_planned_nor_asked(cast: Cast) -> None:
    died, declined = make_case(cast, CaseState.LISTED), make_case(cast, CaseState.LISTED)
    meeting = make_meeting(cast)
    for position, case in enumerate((died, declined), 1):
        make_item(meeting, case, position)
    started(cast, died)
    stop_asking(cast[COORDINATOR], declined.patient_id)
    record_death(cast[COORDINATOR], died.patient_id, today())
    assert plan_measures(SYSTEM) == 0
    assert states(died) == {S.STOPPED}
    assert not waiting_for(died.patient_id)
    assert due_for(cast[COORDINATOR]) == []
    with pytest.raises(Refusal, match="not to be asked"):
        start_measures(cast[COORDINATOR], declined.id)


def test_who_declined_twice_before_two_entries_were_joined_is_asked_again_at_their_word(cast: Cast) -> None:
    kept, merged = (each.patient_id for each in twins(cast))
    for patient_id in (kept, merged):
        stop_asking(cast[COORDINATOR], patient_id)
    merge_people(cast[COORDINATOR], kept, merged, "Said so.", taken={}, has_compared=True)
    assert opt_out_of(kept) is not None
    resume_asking(cast[COORDINATOR], kept)
    assert opt_out_of(kept) is None


def test_a_person_with_two_cases_is_asked_once(cast: Cast) -> None:
    case = started(cast)
    with pytest.raises(Refusal, match="already"):
        start_measures(cast[COORDINATOR], case.id)


def test_answers_change_from_the_start_to_three_months_on(cast: Cast) -> None:
    coordinator = cast[COORDINATOR]
    with days_ago(91):
        case = started(cast)
        answered(cast, case)
    later = measure_of(case, wave=Wave.THREE_MONTHS)
    assert later.state is S.WAITING
    record_answers(coordinator, later.measure.id, ONS4 | {"happy": 6}, How.SELF)
    shown = changes_shown(measures_of(coordinator, case.id))
    happy = next(each for each in shown[0].changes if each.item.name == "happy")
    assert [value for _, value in happy.values] == [3, 6, None]


def test_a_correction_is_appended_and_the_last_sheet_counts(cast: Cast) -> None:
    measure_id = answered(cast)
    with pytest.raises(Invalid, match="why the earlier answers"):
        record_answers(cast[COORDINATOR], measure_id, {"happy": 9}, How.SELF)
    record_answers(cast[COORDINATOR], measure_id, {"happy": 9}, How.SELF, correction="Misheard.")
    sheets = db.session.query(AnswerSheet).filter_by(measure_id=measure_id).count()
    found = next(each for each in _all(measure_id) if each.measure.id == measure_id)
    assert (sheets, dict(found.answers)) == (2, {"happy": 9})


def _all(measure_id):
    return answers_of(db.session.get_one(Measure, measure_id).patient_id)


def test_what_was_not_asked_this_time_can_be_answered_after_all(cast: Cast) -> None:
    case = started(cast)
    skip_wave(cast[COORDINATOR], case.id, Wave.START, Skipped.TOO_UNWELL)
    assert S.WAITING not in states(case)
    given = {measure_of(case).measure.id: ONS4, measure_of(case, "working_together").measure.id: {}}
    record_wave(cast[COORDINATOR], given, How.SELF)
    assert measure_of(case).state is S.ANSWERED
    assert measure_of(case, "working_together").state is S.SKIPPED


def test_a_member_of_the_voluntary_sector_reads_no_answers(cast: Cast) -> None:
    case = started(cast)
    assert client_for(cast, Role.VOLUNTARY_MEMBER).get(f"/cases/{case.id}/outcomes").status_code in {403, 404}
    with pytest.raises((NotAllowed, NotFound)):
        measures_of(cast[Role.VOLUNTARY_MEMBER], case.id)


def test_a_link_is_answered_once_without_an_account(cast: Cast) -> None:
    case = started(cast)
    path = f"/how-you-are/{token(cast, case)}"
    browser = current_app.test_client()
    page = browser.get(path)
    assert page.status_code == 200
    # The address goes to no other site; its own form must say whence it came.
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert case.patient.family_name not in page.text
    assert browser.post(path, data={}).status_code == 422
    sent = {"ons4_happy": "6", "ons4_anxious": "unsaid", "working_together_together": "2"}
    assert browser.post(path, data=sent).status_code == 303
    assert dict(measure_of(case).answers) == {"happy": 6, "anxious": None}
    assert measure_of(case).sheet.recorded_by == "The person, by their link"
    assert measure_of(case, "working_together").score is None
    assert browser.get(path).status_code == 404
    assert browser.post(path, data=sent).status_code == 404


def test_an_answer_beside_the_scale_is_refused_and_the_rest_stays_on_the_form(cast: Cast) -> None:
    path = f"/how-you-are/{token(cast)}"
    page = current_app.test_client().post(path, data={"ons4_happy": "11", "ons4_satisfied": "7"})
    assert page.status_code == 422
    assert 'value="7" checked' in page.text


def test_a_link_that_was_taken_back_is_worth_nothing(cast: Cast) -> None:
    case = started(cast)
    ended = link(cast, case)
    word = token_for(ended)
    end_link(cast[COORDINATOR], ended.id)
    for attempt in (lambda: open_link(HOLDER, word), lambda: answer_by_link(HOLDER, word, {})):
        with pytest.raises(LinkGone):
            attempt()


def test_a_new_link_takes_the_place_of_the_one_before(cast: Cast) -> None:
    case = started(cast)
    first, second = token(cast, case), token(cast, case)
    with pytest.raises(LinkGone):
        open_link(HOLDER, first)
    open_link(HOLDER, second)


def test_a_link_dies_with_its_day_and_with_its_person(cast: Cast) -> None:
    case, other = started(cast), started(cast)
    expired, orphaned = link(cast, case), token(cast, other)
    expired.expires_on = today() - timedelta(days=1)
    db.session.commit()
    record_death(cast[COORDINATOR], other.patient_id, today())
    for word in (token_for(expired), orphaned, f"{orphaned}0", "nonsense"):
        with pytest.raises(LinkGone):
            answer_by_link(HOLDER, word, {})


def test_what_shuts_somebodys_own_page_shuts_their_link_to_answer_too(cast: Cast) -> None:
    case, other = started(cast), started(cast)
    stopped, against = token(cast, case), token(cast, other)
    stop_own_doors(cast[COORDINATOR], case.patient_id)
    object_to_sharing(cast[COORDINATOR], other.patient_id, ObjectionScope.ALL)
    for word in (stopped, against):
        with pytest.raises(LinkGone):
            open_link(HOLDER, word)
    with pytest.raises(Refusal, match="No link can be made"):
        token(cast, case)
    lift_stop(cast[COORDINATOR], case.patient_id, "She lives elsewhere now, she says.")
    with pytest.raises(LinkGone):
        open_link(HOLDER, stopped)
    open_link(HOLDER, token(cast, case))


def test_a_link_answers_nothing_but_its_own_wave_and_person(cast: Cast) -> None:
    case, other = started(cast), started(cast)
    word = token(cast, case)
    with pytest.raises(Refusal, match="not asked any more"):
        answer_by_link(HOLDER, word, {measure_of(other).measure.id: TOGETHER})
    with pytest.raises(Refusal, match="not asked any more"):
        answer_by_link(HOLDER, word, {measure_of(case, wave=Wave.TWELVE_MONTHS).measure.id: ONS4})
    open_link(HOLDER, word)


def test_a_link_is_made_only_where_it_is_safe_and_not_for_long(cast: Cast) -> None:
    case, coordinator = started(cast), cast[COORDINATOR]
    soon = today() + timedelta(days=7)
    for how, until, helper, is_safe, sentence in (
        (How.SELF, soon, "", False, "safe"),
        (How.SELF, today(), "", True, "from tomorrow"),
        (How.SELF, today() + timedelta(days=85), "", True, "from tomorrow"),
        (How.CARER, soon, "", True, "which carer"),
        (How.WITH_HELP, soon, "Amy", True, "write their answers down"),
    ):
        with pytest.raises(Invalid, match=sentence):
            make_link(coordinator, case.id, Wave.START, how, until, helper=helper, is_safe=is_safe)
