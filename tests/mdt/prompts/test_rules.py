"""Each prompt by example and by property: on what it fires, and that it never fires on less."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mdt.conditions.rules import months_before
from mdt.facts.queries import pack
from mdt.facts.rules import NEVER, Fact
from mdt.panels.rules import OLD_AFTER, FieldKind
from mdt.prompts.queries import PACK, rules
from mdt.prompts.rules import (
    MOST_OPEN,
    DismissReason,
    Prompt,
    PromptOutcome,
    RuleChoice,
    Strength,
    as_rules,
    prompts_of,
    quiet_until,
    wrong_with_choice,
    wrong_with_dismissal,
)
from mdt.prompts.wording import because_said, numbers_said
from network.vocabulary import Discipline

TODAY = date(2026, 12, 7)
KNOWN_ON = date(2026, 6, 9)
SPECS = pack().specs
BY_CODE = {rule.code: rule for rule in rules()}
LONG_AGO, LATELY = "2023-01-01", "2026-11-20"


def known(as_at: date = KNOWN_ON, **values: object) -> list[Fact]:
    return [Fact(key, value, as_at, "Pharmacy, Elm") for key, value in values.items()]


def fired(facts: list[Fact], **given: object) -> dict[str, Prompt]:
    return {each.rule.code: each for each in prompts_of(rules(), facts, TODAY, **given)}


# For each rule: facts on which it fires, and what makes it silent.
EXAMPLES = [
    ("X01", {"dry_mouth": "yes", "medicines": 5}, {"medicines": 4}),
    ("X01", {"dry_mouth": "yes", "acb_score": 3}, {"dry_mouth": "no"}),
    ("X02", {"medicines": 10, "last_smr": LONG_AGO}, {"last_smr": LATELY}),
    ("X02", {"care_home": "yes", "last_smr": NEVER}, {"care_home": "no"}),
    ("X02", {"efi_score": 0.37, "last_smr": LONG_AGO}, {"efi_score": 0.36}),
    ("X02", {"efi_category": "severe", "last_smr": LONG_AGO}, {"efi_category": "moderate"}),
    ("X03", {"falls_12m": 1, "last_sight_test": "2024-12-06"}, {"last_sight_test": "2024-12-07"}),
    ("X03", {"falls_12m": 1, "age": 70, "last_sight_test": "2025-12-06"}, {"age": 69}),
    ("X04", {"vision_loss": "yes", "medicines": 5}, {"vision_loss": "no"}),
    ("X05", {"bone_medicine": "taken"}, {"bone_medicine": "none"}),
    ("X05", {"bone_medicine": "taken", "last_dental": LONG_AGO}, {"last_dental": LATELY}),
    ("X06", {"blood_thinner": "yes", "dental_work": "yes"}, {"dental_work": "no"}),
    ("X07", {"eye_risk_medicine": "yes"}, {"eye_monitoring": "yes"}),
    ("X08", {"alpha_blocker": "yes", "cataract_referral": "yes"}, {"alpha_blocker": "no"}),
    ("X09", {"beta_drops": "yes", "airways": "yes"}, {"airways": "no"}),
    ("X10", {"eating_trouble": "yes", "dentures": "yes"}, {"dentures": "no"}),
    ("X10", {"eating_trouble": "yes", "dentures_fit": "no"}, {"eating_trouble": "no"}),
    ("X11", {"diabetes": "yes", "last_eye_screening": LONG_AGO}, {"last_eye_screening": LATELY}),
    ("X12", {"care_home_since": "2026-11-07"}, {"care_home_since": "2026-11-06"}),
    ("X12", {"care_home_since": LATELY}, {"care_home_since": NEVER}),
    ("X13", {"carer_strain": "yes"}, {"carer_strain": "no"}),
    ("X13", {"carer_ill": "yes"}, {"carer_ill": "no"}),
    ("X14", {"lives_alone": "yes", "hearing_loss": "yes", "contacts_a_week": 2}, {"contacts_a_week": 3}),
    ("X15", {"missed_appointments": 3}, {"missed_appointments": 2}),
    ("X16", {"met": "no"}, {"met": "yes"}),
]


def test_there_are_sixteen_and_each_has_an_example() -> None:
    codes = [f"X{number:02}" for number in range(1, 17)]
    assert sorted(BY_CODE) == codes
    assert {code for code, _, _ in EXAMPLES} == set(codes)


@pytest.mark.parametrize(("code", "facts", "other"), EXAMPLES)
def test_a_rule_fires_on_its_facts_and_is_silent_on_others(code, facts, other) -> None:
    assert code in fired(known(**facts))
    assert code not in fired(known(**(facts | other)))


@pytest.mark.parametrize(("code", "facts", "other"), EXAMPLES)
def test_a_rule_is_silent_when_one_of_its_facts_is_missing_or_old(code, facts, other) -> None:
    for key in facts.keys() - {"last_dental"}:
        rest = {name: value for name, value in facts.items() if name != key}
        old = known(TODAY - OLD_AFTER - timedelta(days=1), **{key: facts[key]})
        assert code not in fired(known(**rest)), key
        assert code not in fired(known(**rest) + old), key


def test_a_year_old_fact_counts_still_and_one_of_tomorrow_does_not() -> None:
    assert "X13" in fired(known(TODAY - OLD_AFTER, carer_strain="yes"))
    assert "X13" not in fired(known(TODAY + timedelta(days=1), carer_strain="yes"))


def test_reasons_are_given_with_source_and_day() -> None:
    facts = [
        Fact("medicines", 12, date(2026, 5, 3), "Pharmacy, Elm"),
        Fact("dry_mouth", "yes", date(2025, 12, 9), "Dentistry, Oak"),
    ]
    prompt = fired(facts)["X01"]
    assert because_said(prompt.facts, SPECS, TODAY) == (
        "12 medicines (Pharmacy, Elm, 3 May); dry mouth (Dentistry, Oak, 9 December 2025)"
    )
    assert prompt.strength is Strength.STRONG
    assert prompt.disciplines == (Discipline.DENTISTRY, Discipline.PHARMACY)


def test_what_holds_besides_is_added_with_its_fact() -> None:
    facts = known(falls_12m=1, last_sight_test=LONG_AGO, housebound="yes")
    prompt = fired(facts)["X03"]
    assert prompt.asides == ("The person is housebound: ask for a visit at home.",)
    assert {each.key for each in prompt.facts} == {"falls_12m", "last_sight_test", "housebound"}
    assert fired(known(falls_12m=1, last_sight_test=LONG_AGO))["X03"].asides == ()


def test_the_strongest_stand_first() -> None:
    facts = known(carer_strain="yes", beta_drops="yes", airways="yes", vision_loss="yes", medicines=6)
    assert list(fired(facts)) == ["X09", "X13", "X04"]


def test_a_network_turns_a_rule_off_and_sets_its_numbers() -> None:
    facts = known(dry_mouth="yes", medicines=6)
    assert "X01" not in fired(facts, choices={"X01": RuleChoice(is_on=False)})
    assert "X01" not in fired(facts, choices={"X01": RuleChoice(thresholds={"many": 7})})
    assert "X01" in fired(facts, choices={"X01": RuleChoice(thresholds={"many": 6})})


def test_a_rule_waits_for_the_day_from_which_it_holds() -> None:
    later = replace(BY_CODE["X13"], effective=TODAY + timedelta(days=1))
    assert prompts_of([later], known(carer_strain="yes"), TODAY) == []


def test_nobody_whom_the_person_shuts_out_is_named() -> None:
    facts = known(dry_mouth="yes", medicines=6)
    assert fired(facts, shut_out={Discipline.DENTISTRY})["X01"].disciplines == (Discipline.PHARMACY,)
    assert fired(facts, shut_out={Discipline.DENTISTRY})["X01"].asides == ("Involve only: Pharmacy.",)
    assert fired(facts)["X01"].asides == ()
    assert "X01" not in fired(facts, shut_out={Discipline.DENTISTRY, Discipline.PHARMACY})
    assert "X16" in fired(known(met="no"), shut_out=set(Discipline))


def test_a_fact_of_the_wrong_kind_is_no_reason_and_no_fault() -> None:
    assert fired(known(medicines="many", dry_mouth="yes", last_smr="?", falls_12m=None)) == {}


@pytest.mark.parametrize(
    ("reason", "words", "wrong"),
    [
        (None, "", "Choose why"),
        (DismissReason.OTHER, " ", "Enter why"),
        (DismissReason.NOT_NOW, "x" * 301, "Shorten"),
        (DismissReason.IN_PLACE, "", ""),
        (DismissReason.OTHER, "Moves next week.", ""),
    ],
)
def test_a_prompt_is_put_aside_with_a_reason(reason, words, wrong) -> None:
    said = wrong_with_dismissal(reason, words)
    assert said.startswith(wrong)
    assert bool(said) == bool(wrong)


@pytest.mark.parametrize(
    ("code", "numbers", "wrong"),
    [
        ("X01", {"many": 1}, "whole number from 2 to 30"),
        ("X01", {"many": 5.5}, "whole number from 2 to 30"),
        ("X02", {"severe": 1.5}, "number from 0.12 to 1"),
        ("X02", {"severe": 0.3, "many": 8}, ""),
    ],
)
def test_numbers_keep_within_their_bounds(code, numbers, wrong) -> None:
    said = wrong_with_choice(BY_CODE[code], numbers)
    assert wrong in said
    assert bool(said) == bool(wrong)


def test_numbers_are_said_as_the_network_has_set_them() -> None:
    said = numbers_said(BY_CODE["X03"], RuleChoice(thresholds={"months": 18}))
    assert said[0] == "Falls in 12 months from 1"
    assert said[2] == "Sight test longer ago than 18 months"


def test_a_prompt_that_was_answered_stays_away_for_ninety_days() -> None:
    assert quiet_until(TODAY) == TODAY + timedelta(days=90)
    assert {each.value for each in PromptOutcome} == {"accepted", "dismissed"}


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 12, 7), 12, date(2025, 12, 7)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_are_counted_back_to_a_day_that_there_is(day, months, before) -> None:
    assert months_before(day, months) == before


def values(key: str) -> st.SearchStrategy[object]:
    field = SPECS[key].field
    if field.kind is FieldKind.NUMBER:
        return st.integers(0, int(field.high)) if field.is_whole else st.floats(0, 1)
    if field.kind is FieldKind.DAY:
        return st.dates(date(2022, 1, 1), TODAY).map(str) | st.just(NEVER)
    return st.sampled_from([*field.words]) if field.words else st.text(max_size=9)


ages = st.dates(TODAY - timedelta(days=800), TODAY)
facts_known = st.fixed_dictionaries(
    {},
    optional={
        key: st.builds(Fact, st.just(key), values(key), ages, st.just("x"))
        for key in sorted(set[str]().union(*(rule.facts for rule in rules())))
    },
).map(lambda found: list(found.values()))
codes = st.sets(st.sampled_from(sorted(BY_CODE)))
shut = st.sets(st.sampled_from(list(Discipline)))


@given(facts_known, codes, shut)
@settings(max_examples=150, deadline=None)
def test_nothing_ever_fires_but_on_facts_that_are_known_and_in_date(facts, quiet, shut_out) -> None:
    found = prompts_of(rules(), facts, TODAY, quiet=quiet, shut_out=shut_out)
    in_date = [each for each in facts if each.as_at >= TODAY - OLD_AFTER]
    # Old facts change nothing: not the prompts, nor their reasons.
    assert found == prompts_of(rules(), in_date, TODAY, quiet=quiet, shut_out=shut_out)
    for prompt in found:
        assert prompt.facts
        assert set(prompt.facts) <= set(in_date)
        assert prompt.rule.code not in quiet
        assert not set(prompt.disciplines) & shut_out
        assert prompt.disciplines or not prompt.rule.disciplines
        # The reasons it gives are enough for it.
        assert any(each.rule is prompt.rule for each in prompts_of(rules(), prompt.facts, TODAY))
        assert because_said(prompt.facts, SPECS, TODAY)


@given(facts_known)
@settings(max_examples=60, deadline=None)
def test_once_all_is_old_nothing_fires(facts) -> None:
    assert prompts_of(rules(), facts, TODAY + timedelta(days=366 + 800)) == []


@given(facts_known, codes)
@settings(max_examples=60, deadline=None)
def test_what_is_quiet_takes_nothing_else_away(facts, quiet) -> None:
    loud = prompts_of(rules(), facts, TODAY)
    assert prompts_of(rules(), facts, TODAY, quiet=quiet) == [p for p in loud if p.rule.code not in quiet]
    assert [*map(list(Strength).index, (p.strength for p in loud))] == sorted(
        map(list(Strength).index, (p.strength for p in loud))
    )


RULE = {
    "code": "Y01",
    "title": "T",
    "asks": "A.",
    "action": "A",
    "strength": "usual",
    "disciplines": ["pharmacy"],
    "when": {"fact": "medicines", "at_least": "many"},
    "thresholds": [{"name": "many", "label": "M", "default": 5, "low": 1, "high": 9}],
    "source": "Own",
    "effective": date(2026, 1, 1),
}


@pytest.mark.parametrize(
    "change",
    [
        {"when": {"fact": "nothing_such", "at_least": "many"}},
        {"when": {"fact": "medicines", "at_least": "few"}},
        {"when": {"fact": "medicines"}},
        {"when": {"all": []}},
        {"when": {"all": [{"fact": "age", "over": "many"}], "any": []}},
        {"when": {"fact": "medicines", "is": ["5"]}},
        {"strength": "huge"},
        {"disciplines": ["astrology"]},
        {"thresholds": [{"name": "many", "label": "M", "default": 10, "low": 1, "high": 9}]},
        {"dose": "5 mg"},
    ],
)
def test_a_pack_that_is_wrong_in_itself_stops_the_start(change) -> None:
    assert as_rules({"rules": [RULE]}, SPECS)
    with pytest.raises(ValueError, match=r"\w"):
        as_rules({"rules": [RULE | change]}, SPECS)


def test_two_rules_of_one_code_stop_the_start() -> None:
    with pytest.raises(ValueError, match=r"\w"):
        as_rules({"rules": [RULE, RULE]}, SPECS)


def test_no_prompt_names_a_dose_or_tells_what_to_take() -> None:
    words = PACK.read_text().casefold()
    assert not [
        bad for bad in (" mg", "microgram", "stop taking", "start taking", "reduce the dose") if bad in words
    ]
    assert MOST_OPEN == 3
