from collections import Counter
from dataclasses import replace

import pytest

from network.vocabulary import ContractType, SessionKind
from rota.rulebook.queries import pack
from rota.rulebook.rules import (
    Parameter,
    ParameterKind,
    RuleEdit,
    Severity,
    Tier,
    as_choice,
    as_pack,
    changes,
    wrong_with_edit,
)
from rota.solver import rotation_plan, staff_rota
from rota.staff.queries import competencies

RULES = pack().rules
CARDS = staff_rota.CARDS | rotation_plan.CARDS
SOLVED = {
    *(f"R{number:02}" for number in range(1, 17)),
    *(f"R{number}" for number in (18, 19, 20, 21, 22, 27, 29, 30, 31, 32, 33, 34, 35)),
    *(f"R{number}" for number in (17, *range(23, 27), *range(36, 39), *range(40, 48))),
    *(f"C{number:02}" for number in (1, 2, 3, *range(6, 13), *range(14, 19), *range(20, 24))),
    *(f"P{number:02}" for number in range(1, 33)),
}


def edited(code: str, **changed: object) -> RuleEdit:
    return replace(RULES[code].default, **changed)


def test_every_rule_of_the_solver_is_in_the_pack_and_no_other() -> None:
    assert {rule.rule for rule in RULES.values() if rule.is_for_planning} == set(CARDS) == SOLVED


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.is_for_planning])
def test_the_pack_and_the_solver_agree(code: str) -> None:
    rule, card = RULES[code], CARDS[RULES[code].rule]
    assert {parameter.name for parameter in rule.parameters} == set(card.parameters)
    assert rule.severity == card.severity
    assert rule.tier == card.tier
    assert rule.exempt == card.exempt
    for parameter in rule.parameters:
        assert isinstance(parameter.default, type(card.parameters[parameter.name]))


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_words_a_source_and_a_default_that_fits(code: str) -> None:
    rule = RULES[code]
    assert rule.name
    assert rule.words.endswith(".")
    assert rule.source
    assert wrong_with_edit(rule, rule.default) == {}
    assert as_choice(rule, rule.default).code == rule.rule


def test_only_the_skill_mix_stands_more_than_once() -> None:
    counted = Counter(rule.rule for rule in RULES.values())
    assert [rule for rule, times in counted.items() if times > 1] == ["R09"]


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.is_fixed])
def test_what_is_law_cannot_be_switched_off_or_softened(code: str) -> None:
    rule = RULES[code]
    assert "cannot be switched off" in wrong_with_edit(rule, edited(code, is_on=False))["is_on"]
    for severity in (Severity.HARD, Severity.SOFT):
        assert "must stay" in wrong_with_edit(rule, edited(code, severity=severity))["severity"]


def test_the_law_on_rest_cannot_leave_out_salaried_staff() -> None:
    partners = frozenset({ContractType.PARTNER})
    assert "contracts" in wrong_with_edit(RULES["R18"], edited("R18", contracts=partners))
    everyone = frozenset(ContractType)
    assert wrong_with_edit(RULES["R18"], edited("R18", contracts=everyone)) == {}


@pytest.mark.parametrize("hours", [10, 25, "11", None, 11.5])
def test_rest_must_be_a_whole_number_in_its_range(hours: object) -> None:
    wrong = wrong_with_edit(RULES["R18"], edited("R18", parameters={"hours": hours, "young_hours": 12}))
    assert wrong["hours"] == "Rest: enter a whole number from 11 to 24."


def test_cover_stays_soft_so_that_a_rota_always_exists() -> None:
    assert "severity" in wrong_with_edit(RULES["R06"], edited("R06", severity=Severity.LAW))


def test_a_local_rule_may_be_softened_and_moved() -> None:
    soft = edited("R21", severity=Severity.SOFT, tier=Tier.SERVICE, weight=40)
    assert wrong_with_edit(RULES["R21"], soft) == {}


def test_limits_that_contradict_each_other_are_refused() -> None:
    crossed = edited("R21", parameters={"soft_days": 8, "hard_days": 7})
    assert "cannot be above" in wrong_with_edit(RULES["R21"], crossed)["soft_days"]


def test_a_weight_a_source_and_a_contract_type_are_needed() -> None:
    nothing = edited("R21", weight=0, source=" ", contracts=frozenset())
    assert set(wrong_with_edit(RULES["R21"], nothing)) == {"weight", "source", "contracts"}


def test_words_come_from_their_lists() -> None:
    sessions = Parameter("kinds", "Sessions", ParameterKind.SESSIONS, "AM,PM")
    assert sessions.wrong_with("AM,NIGHT") == "Sessions: choose from the list."
    assert sessions.wrong_with("") == ""
    with pytest.raises(ValueError, match="choose one session"):
        Parameter("evening", "Evening", ParameterKind.SESSION, "")


def test_changes_name_only_what_differs() -> None:
    before, after = changes(edited("R21"), edited("R21", weight=40, contracts=frozenset({ContractType.BANK})))
    assert (before, after) == ({"weight": 10, "contracts": None}, {"weight": 40, "contracts": ["bank"]})


def test_a_pack_that_names_a_code_twice_is_not_loaded() -> None:
    rule = {"code": "R01", "name": "", "words": "", "severity": "H0", "tier": "T1", "weight": 1, "source": ""}
    raw = {"pack": "Double", "effective": None, "chapters": [{"title": "", "rules": [rule, rule]}]}
    with pytest.raises(ValueError, match="stands twice"):
        as_pack(raw)
    with pytest.raises(ValueError, match="Rule R01: 'severity'"):
        as_pack({**raw, "chapters": [{"title": "", "rules": [{"code": "R01", "tier": "T1"}]}]})


def test_the_competencies_a_rule_offers_are_those_that_can_be_signed_off() -> None:
    labels = {code: competency.label for code, competency in competencies().items()}
    for rule in RULES.values():
        for parameter in rule.parameters:
            if parameter.kind is ParameterKind.ONE_OF:
                assert dict(parameter.of).items() <= labels.items()


def test_the_sessions_that_may_not_follow_each_other_are_sessions() -> None:
    [parameter] = RULES["R46"].parameters
    for pair in parameter.of:
        for kind in pair.split(">"):
            SessionKind(kind)
    edit = edited("R46", parameters={"pairs": "EVE>AM,PM>EAM"})
    assert wrong_with_edit(RULES["R46"], edit) == {}
    assert (
        "choose from the list"
        in wrong_with_edit(RULES["R46"], edited("R46", parameters={"pairs": "EVE"}))["pairs"]
    )
