from dataclasses import replace

import pytest
from sqlalchemy import select

from network.access.rules import SYSTEM, Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, in_network
from network.plumbing.refusals import Invalid, NotAllowed, NotFound, Refusal
from rota.rulebook import commands
from rota.rulebook.queries import get_rule_for, pack, rulebook_for, rules_for_planning, rules_for_rotations
from rota.rulebook.records import RuleSetting
from rota.rulebook.rules import Severity
from tests.cast import Cast

MANAGER = Role.WORKFORCE_MANAGER


def test_a_new_network_gets_the_pack_once(cast: Cast) -> None:
    assert commands.ensure_rulebook(SYSTEM) == len(pack().rules)
    assert commands.ensure_rulebook(cast[MANAGER]) == 0


def test_without_settings_the_defaults_are_planned_with(cast: Cast) -> None:
    before = rules_for_planning()
    commands.ensure_rulebook(cast[MANAGER])
    assert rules_for_planning() == before
    assert [choice.code for choice in before] == [
        rule.rule for rule in pack().rules.values() if rule.is_for_planning and not rule.is_for_rotations
    ]
    assert [choice.code for choice in rules_for_rotations()] == [
        rule.rule for rule in pack().rules.values() if rule.is_for_rotations
    ]


def test_a_changed_rule_is_planned_with_and_accepted_by_name(cast: Cast) -> None:
    manager = cast[MANAGER]
    edit = replace(
        pack().rules["R21"].default, severity=Severity.SOFT, parameters={"soft_days": 4, "hard_days": 6}
    )
    commands.change_rule(manager, "R21", edit, 0)
    seen = get_rule_for(manager, "R21")
    assert (seen.edit, seen.accepted_by, seen.is_default) == (edit, manager.name, False)
    [choice] = [choice for choice in rules_for_planning() if choice.code == "R21"]
    assert (choice.severity, choice.parameters) == ("soft", {"soft_days": 4, "hard_days": 6})
    entry = db.session.scalars(select(AuditEntry)).one()
    assert entry.details["before"] == {"severity": "H1", "parameters": {"soft_days": 5, "hard_days": 7}}


def test_what_a_later_pack_asks_for_as_well_has_its_default_until_somebody_sets_it(cast: Cast) -> None:
    edit = pack().rules["R38"].default
    commands.change_rule(cast[MANAGER], "R38", replace(edit, parameters={**edit.parameters, "bank": 4}), 0)
    row = db.session.scalars(select(RuleSetting).where(RuleSetting.code == "R38")).one()
    row.parameters = {"bank": 4, "gone": 1}
    db.session.commit()
    assert get_rule_for(cast[MANAGER], "R38").edit.parameters == {"bank": 4, "locum": 8, "agency": 15}


def test_a_rule_that_is_off_is_not_planned_with(cast: Cast) -> None:
    commands.change_rule(cast[MANAGER], "R31", replace(pack().rules["R31"].default, is_on=False), 0)
    assert "R31" not in {choice.code for choice in rules_for_planning()}


def test_law_is_refused_with_a_sentence(cast: Cast) -> None:
    with pytest.raises(Invalid, match="'Daily rest' cannot be switched off"):
        commands.change_rule(cast[MANAGER], "R18", replace(pack().rules["R18"].default, is_on=False), 0)


def test_two_managers_do_not_overwrite_each_other(cast: Cast) -> None:
    edit = replace(pack().rules["R21"].default, weight=20)
    commands.change_rule(cast[MANAGER], "R21", edit, 0)
    with pytest.raises(Refusal, match="changed this rule in the meantime"):
        commands.change_rule(cast[Role.ADMINISTRATOR], "R21", replace(edit, weight=30), 0)
    version = get_rule_for(cast[MANAGER], "R21").row_version
    commands.reset_rule(cast[Role.ADMINISTRATOR], "R21", version)
    assert get_rule_for(cast[MANAGER], "R21").is_default


def test_rules_are_accepted_as_they_stand(cast: Cast) -> None:
    manager = cast[MANAGER]
    assert commands.accept_rules(manager) == len(pack().rules)
    assert commands.accept_rules(cast[Role.ADMINISTRATOR]) == 0
    assert {seen.accepted_by for _, rules in rulebook_for(manager) for seen in rules} == {manager.name}


def test_a_practice_manager_reads_the_rules_and_staff_do_not(cast: Cast) -> None:
    edit = pack().rules["R21"].default
    assert rulebook_for(cast[Role.PRACTICE_MANAGER])
    with pytest.raises(NotAllowed):
        commands.change_rule(cast[Role.PRACTICE_MANAGER], "R21", edit, 0)
    for attempt in (
        lambda: rulebook_for(cast[Role.STAFF]),
        lambda: commands.change_rule(cast[Role.STAFF], "R21", edit, 0),
        lambda: commands.reset_rule(cast[Role.STAFF], "R21", 0),
        lambda: commands.accept_rules(cast[Role.STAFF]),
        lambda: commands.ensure_rulebook(cast[Role.STAFF]),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_another_network_has_rules_of_its_own(cast: Cast) -> None:
    commands.change_rule(cast[MANAGER], "R31", replace(pack().rules["R31"].default, weight=99), 0)
    with in_network(cast.stranger.network_id):
        assert get_rule_for(cast.stranger, "R31").edit.weight == 3
