from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from rota.placing.rules import Wanted, as_stay, as_wanted, guides_for, laid, short_notice_weeks
from rota.programmes.rules import SupervisorKind
from rota.rotations.rules import PlacementSource, PlacementState
from tests.rota.rotation_makers import AMY, BEN, ELM, MONDAY, OAK, YEAR, held

SEARCH = PlacementSource.SEARCH


def wanted(learner=AMY, offer=ELM, first=0, weeks=4) -> Wanted:
    return Wanted(learner, offer, YEAR.stretch(first, weeks))


def test_a_stay_and_a_placement_stand_for_each_other() -> None:
    placement = held(first=8, weeks=6)
    stay = as_stay(placement, YEAR, 3)
    assert (stay.learner, stay.offer, stay.first, stay.periods) == (str(AMY), 3, 8, 6)
    assert as_wanted(stay, YEAR, {3: ELM}).is_of(placement)


def test_what_is_there_already_stays_untouched() -> None:
    there = held(state=PlacementState.CONFIRMED)
    assert laid([there], [wanted()], SEARCH) == []


def test_another_host_in_the_same_weeks_is_the_same_stay_moved() -> None:
    there = held(state=PlacementState.HOST_DECLINED)
    [(was, now)] = laid([there], [wanted(offer=OAK)], SEARCH)
    assert was == there
    assert now is not None
    assert (now.stay_id, now.offer_id, now.state) == (there.stay_id, OAK, PlacementState.PROPOSED)


def test_what_is_wanted_no_more_goes_and_what_is_new_comes() -> None:
    gone = held(learner=BEN)
    changes = laid([gone], [wanted(first=20)], SEARCH)
    assert (gone, None) in changes
    [new] = [now for was, now in changes if was is None]
    assert new is not None
    assert (new.learner_id, new.source) == (AMY, SEARCH)


places = st.tuples(st.sampled_from([AMY, BEN]), st.sampled_from([ELM, OAK]), st.integers(0, 10))


@given(st.sets(places, max_size=6), st.sets(places, max_size=6))
def test_whatever_was_there_the_plan_is_what_is_wanted_afterwards(before, after) -> None:
    there = {each.stay_id: each for each in (held(*place) for place in sorted(before, key=str))}
    aims = [wanted(*place) for place in sorted(after, key=str)]
    for was, now in laid(there.values(), aims, SEARCH):
        if was:
            del there[was.stay_id]
        if now:
            there[now.stay_id] = now
    found = {(each.learner_id, each.offer_id, each.stretch) for each in there.values()}
    assert found == {(aim.learner_id, aim.offer_id, aim.stretch) for aim in aims}
    assert len(there) == len(aims)


def test_a_change_nearer_than_the_notice_is_seen_and_one_beyond_is_not() -> None:
    told = [held(first=0, weeks=20)]
    moved = [held(first=0, weeks=10), held(offer=OAK, first=10, weeks=10)]
    found = short_notice_weeks(told, moved, MONDAY, 12)
    assert found == {MONDAY + timedelta(weeks=10), MONDAY + timedelta(weeks=11)}
    assert not short_notice_weeks(told, moved, MONDAY, 10)
    assert not short_notice_weeks(told, told, MONDAY, 52)


def test_weeks_that_are_over_and_weeks_never_told_need_no_notice() -> None:
    told = [held(first=0, weeks=4)]
    later = MONDAY + timedelta(weeks=8)
    assert not short_notice_weeks(told, [], later, 12)
    assert not short_notice_weeks(told, [*told, held(first=4, weeks=4)], MONDAY, 12)


def test_ending_a_placement_early_is_a_change_from_its_last_day_on() -> None:
    told, shorter = held(first=0, weeks=8), held(first=0, weeks=6)
    found = short_notice_weeks([told], [shorter], MONDAY, 12)
    assert found == {MONDAY + timedelta(weeks=6), MONDAY + timedelta(weeks=7)}


def test_each_kind_of_supervisor_is_somebody_else_where_there_is_another() -> None:
    practice, assessor = SupervisorKind.PRACTICE, SupervisorKind.ASSESSOR
    named = dict(
        (kind, member)
        for member, kind in guides_for([(AMY, practice), (BEN, practice), (AMY, assessor)], (), Counter())
    )
    assert named == {assessor: AMY, practice: BEN}


def test_whoever_has_fewest_learners_is_named_and_never_who_is_barred() -> None:
    practice = SupervisorKind.PRACTICE
    both = [(AMY, practice), (BEN, practice)]
    assert guides_for(both, (), Counter({AMY: 2})) == ((BEN, practice),)
    assert guides_for(both, {BEN}, Counter({AMY: 2})) == ((AMY, practice),)
    assert guides_for(both, {AMY, BEN}, Counter()) == ()
