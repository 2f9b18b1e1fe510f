"""The rules of rotations about hosts, places and people, in a rotation lead's words."""

from dataclasses import replace

from rota.solver.rotation_plan import CARDS, Approval, Host, Payment, Wishes, breaches
from tests.rota.solver.rotation_plan.makers import (
    ALL_YEAR,
    broken,
    make_learner,
    make_offer,
    make_problem,
    make_programme,
    make_supervisor,
    plan_of,
    told,
)


def test_nobody_has_two_placements_at_once_or_none():
    problem = make_problem("P02", offers=[make_offer(), make_offer(2)])
    assert broken(problem, ALL_YEAR, ("amy", 2, 4, 4)) == [
        "Amy has 2 placements at once in the week of 30 August 2027."
    ]
    assert told(problem, ("amy", 1, 0, 8)) == [
        (200, "Amy has no placement from the week of 27 September 2027 to the week of 18 October 2027.")
    ]


def test_a_placement_begins_and_ends_with_the_calendar_or_with_leave():
    problem = make_problem("P09", "P18", learners=[make_learner(away=frozenset({5, 6}))])
    assert not broken(problem, ("amy", 1, 0, 4), ("amy", 1, 4, 1), ("amy", 1, 7, 1))
    assert broken(problem, ("amy", 1, 1, 3)) == [
        "No block of GP training begins in the week of 9 August 2027."
    ]
    [said] = [each for each in broken(problem, ("amy", 1, 4, 4)) if "away" in each]
    assert said == "Amy is away in the week of 6 September 2027."


def test_others_do_not_hear_why_somebody_is_not_available():
    problem = make_problem("P18", "P29", "P19", learners=[
        make_learner(away=frozenset({5}), never_at=frozenset({"elm"}), unreachable=frozenset({"elm_site"}))
    ], offers=[make_offer(site="elm_site")])  # fmt: skip
    heard = {breach.said_to_peers for breach in breaches(problem, plan_of(ALL_YEAR))}
    assert heard == {"Not available.", "The learner is not available then."}


def test_an_adjustment_rules_out_a_site_even_where_reach_is_only_a_wish():
    amy = make_learner(unreachable=frozenset({"far"}), travel={"far": 90}, longest_travel=60)
    soft = replace(CARDS["P19"].as_choice(), severity="soft")
    problem = make_problem(soft, learners=[amy], offers=[make_offer(site="far")])
    assert broken(problem, ALL_YEAR) == ["An adjustment rules out Offer 1 for Amy."]
    able = make_problem("P19", learners=[replace(amy, unreachable=frozenset())], offers=problem.offers)
    assert broken(able, ALL_YEAR) == ["Offer 1 is 90 minutes away for Amy; 60 is what may be asked."]


def test_learners_kept_apart_are_not_with_one_host_at_once():
    learners = [make_learner(not_with=frozenset({"ben"})), make_learner("ben")]
    problem = make_problem(
        "P29", learners=learners, offers=[make_offer(), make_offer(2), make_offer(3, host="oak")]
    )
    both = breaches(problem, plan_of(("amy", 1, 0, 4), ("ben", 2, 0, 4)))
    assert [each.said_to_peers for each in both] == ["Not available."]
    assert not broken(problem, ("amy", 1, 0, 4), ("ben", 2, 4, 4))
    assert not broken(problem, ("amy", 1, 0, 4), ("ben", 3, 0, 4))


def test_a_host_has_places_by_week_and_stage_and_as_a_whole():
    offer = make_offer(most=(1,) * 8 + (0,) * 4, by_stage={"st1": (0,) * 12})
    problem = make_problem(
        "P10", learners=[make_learner(), make_learner("ben"), make_learner("cy", stage="st1")], offers=[offer]
    )
    assert broken(problem, ("amy", 1, 0, 4), ("ben", 1, 0, 4)) == [
        "Offer 1 has 2 from the week of 2 August 2027 to the week of 23 August 2027; 1 learner is the most."
    ]
    assert broken(problem, ("amy", 1, 8, 4)) == ["Offer 1 has no place in the week of 27 September 2027."]
    assert broken(problem, ("cy", 1, 0, 4)) == ["Offer 1 has no place in the week of 2 August 2027."]
    small = make_problem(
        "P10",
        learners=problem.learners,
        hosts=[Host("elm", "Elm", most=(1,) * 12)],
        offers=[make_offer(), make_offer(2)],
    )
    assert broken(small, ("amy", 1, 0, 4), ("ben", 2, 0, 4))


def test_supervisors_share_out_their_minutes_and_nobody_guides_a_relative():
    offer = make_offer(places=3, supervisors=("dr_ash", "dr_bell"), minutes=60)
    guides = (make_supervisor(not_for=frozenset({"amy"})), make_supervisor("dr_bell"))
    learners = [make_learner(), make_learner("ben")]
    problem = make_problem("P11", "P12", learners=learners, offers=[offer], supervisors=guides)
    assert not broken(problem, ("amy", 1, 0, 4), ("ben", 1, 0, 4))
    three = replace(problem, learners=(*learners, make_learner("cy")))
    assert broken(three, ("amy", 1, 0, 4), ("ben", 1, 0, 4), ("cy", 1, 0, 4)) == [
        "Dr Ash and Dr Bell: 60 minutes of supervision a week are missing from the week of 2 August 2027 to "
        "the week of 23 August 2027 for Amy, Ben, Cy."
    ]
    away = replace(problem, supervisors=(guides[0], replace(guides[1], away=frozenset(range(1, 6)))))
    assert any("Dr Bell: 60 minutes" in said for said in broken(away, ("amy", 1, 0, 4)))
    part_time = replace(three, learners=tuple(replace(each, percent=60) for each in three.learners))
    assert not broken(part_time, ("amy", 1, 0, 4), ("ben", 1, 0, 4), ("cy", 1, 0, 4))


def test_colleagues_cover_a_supervisors_short_absence():
    offer = make_offer(supervisors=("dr_ash",), minutes=60)
    for weeks, is_short in (((3, 4, 5, 6), True), ((3, 4, 5, 6, 7), False)):
        guide = make_supervisor(away=frozenset(weeks))
        problem = make_problem("P11", offers=[offer], supervisors=(guide,))
        assert bool(broken(problem, ALL_YEAR)) is not is_short
    none_covered = replace(CARDS["P11"].as_choice(), parameters={"short": 0})
    strict = make_problem(none_covered, offers=[offer], supervisors=(make_supervisor(away=frozenset({3})),))
    assert broken(strict, ALL_YEAR)


def test_whoever_assesses_does_not_also_supervise():
    programme = make_programme(roles=frozenset({"assessor", "supervisor"}))
    both = frozenset({"assessor", "supervisor"})
    one = make_offer(supervisors=("dr_ash",))
    problem = make_problem(
        "P12", programmes=[programme], offers=[one], supervisors=(make_supervisor(roles=both),)
    )
    assert broken(problem, ALL_YEAR) == [
        "Offer 1 has no different people to be assessor and supervisor for Amy."
    ]
    two = (make_supervisor(roles=both), make_supervisor("dr_bell", roles=frozenset({"assessor"})))
    shared = replace(problem, offers=(replace(one, supervisors=("dr_ash", "dr_bell")),), supervisors=two)
    assert not broken(shared, ALL_YEAR)
    gone = replace(two[1], away=frozenset(range(12)))
    assert broken(replace(shared, supervisors=(two[0], gone)), ALL_YEAR)


def test_an_environment_is_approved_for_the_programme_in_every_week():
    offer = make_offer(approvals=(Approval("gp", 0, 3), Approval("gp", 4, 7)))
    problem = make_problem("P13", programmes=[make_programme(needs_approval=True)], offers=[offer])
    assert not broken(problem, ("amy", 1, 0, 8))
    assert broken(problem, ALL_YEAR) == [
        "Offer 1 is not approved for GP training in the week of 27 September 2027."
    ]
    never = replace(problem, offers=(make_offer(),))
    assert broken(never, ALL_YEAR) == ["Offer 1 is not approved for GP training."]


def test_a_fixed_base_keeps_its_learners():
    problem = make_problem(
        "P14",
        learners=[make_learner(base="oak")],
        programmes=[make_programme(fixed_base=True)],
        offers=[make_offer(), make_offer(2, host="oak")],
    )
    assert broken(problem, ALL_YEAR) == ["GP training keeps Amy at Oak."]
    assert not broken(problem, ("amy", 2, 0, 12))


def test_teaching_and_the_half_day_at_the_base_stay_free():
    offer = make_offer(needs=frozenset({"Wednesday morning"}), host="oak")
    taught = make_problem(
        "P17", programmes=[make_programme(protected=frozenset({"Wednesday morning"}))], offers=[offer]
    )
    assert broken(taught, ALL_YEAR) == [
        "Offer 1 needs Amy on Wednesday morning, which is protected for teaching."
    ]
    amy = make_learner(base="elm", continuity="Wednesday morning")
    assert broken(make_problem("P24", learners=[amy], offers=[offer]), ALL_YEAR) == [
        "Offer 1 needs Amy on Wednesday morning, the half-day at their base."
    ]


def test_every_week_has_a_payer():
    problem = make_problem("P28", learners=[make_learner(payments=(Payment("tariff", 0, 7),))])
    assert broken(problem, ALL_YEAR) == ["Nobody pays for Amy in the week of 27 September 2027."]


def test_employers_lend_as_much_as_they_borrow():
    hosts = [Host("elm", "Elm", employer="Trust"), Host("oak", "Oak", employer="Firm")]
    learners = [make_learner(employer="Trust"), make_learner("ben", employer="Firm")]
    problem = make_problem(
        "P27",
        learners=learners,
        hosts=hosts,
        offers=[make_offer(), make_offer(2, host="oak")],
        exchange={"Trust": 0, "Firm": 0},
    )
    assert told(problem, ("amy", 2, 0, 8)) == [
        (4, "Trust lends 8 weeks of learners more than it borrows."),
        (4, "Firm borrows 8 weeks of learners more than it lends."),
    ]
    assert not told(problem, ("amy", 2, 0, 8), ("ben", 1, 0, 8))


def test_wishes_count_points_moves_and_waiting_and_the_worst_off_once_more():
    wishes = Wishes({1: 5, 2: 3}, most=10, moving=2, waiting=1)
    learners = [make_learner(wishes=wishes), make_learner("ben")]
    problem = make_problem("P25", "P26", learners=learners, offers=[make_offer(), make_offer(2, host="oak")])
    stays = ("amy", 1, 0, 4), ("amy", 2, 8, 4)
    assert told(problem, *stays) == [
        (8, "Amy is left furthest behind in wishes, by 8 points."),
        (8, "Amy gets 2 of 10 points of wishes."),
    ]


def test_few_learners_begin_at_once_and_nobody_is_alone():
    learners = [make_learner(), make_learner("ben"), make_learner("cy")]
    problem = make_problem("P22", "P23", learners=learners, programmes=[make_programme(peers=True)])
    assert told(problem, *((key, 1, 4, 4) for key in ("amy", "ben", "cy"))) == [
        (2, "3 placements with Elm begin in the week of 30 August 2027.")
    ]
    assert told(problem, ("amy", 1, 4, 4)) == [
        (
            4,
            "Amy has no peer of the programme with Elm from the week of 30 August 2027 to the week of "
            "20 September 2027.",
        )
    ]


def test_a_host_is_not_left_short():
    problem = make_problem("P21", hosts=[Host("elm", "Elm", floor=(1,) * 12)])
    assert told(problem, ("amy", 1, 0, 8)) == [
        (40, "Elm needs 1 more learner from the week of 27 September 2027 to the week of 18 October 2027.")
    ]


def test_a_rule_set_not_to_bind_learners_is_left_out():
    rule = replace(CARDS["P29"].as_choice(), contracts=frozenset({"salaried"}))
    learners = [make_learner(never_at=frozenset({"elm"}))]
    assert not broken(make_problem(rule, learners=learners), ALL_YEAR)
    assert broken(make_problem("P29", learners=learners), ALL_YEAR)
