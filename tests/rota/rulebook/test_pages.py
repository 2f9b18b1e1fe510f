import pytest

from network.access.rules import Role
from network.plumbing.database import in_network
from rota.rulebook.queries import get_rule_for, pack
from rota.rulebook.rules import Severity
from tests.cast import Cast, client_for

MANAGER = Role.WORKFORCE_MANAGER
RUNS = {
    "is_on": "y",
    "severity": "soft",
    "tier": "T4",
    "weight": "10",
    "number_soft_days": "4",
    "number_hard_days": "6",
    "contracts": ["salaried", "learner"],
    "source": "Partners' meeting of 1 December 2026",
    "effective_from": "2026-04-01",
    "row_version": "0",
}


def test_the_rules_are_listed_with_their_sources_and_accepted(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    page = client.get("/rules").text
    assert "Working Time Regulations 1998, regulation 10" in page
    assert "rules have not been accepted" in page
    assert client.post("/rules/accept").status_code == 303
    assert "Not accepted yet" not in client.get("/rules").text


@pytest.mark.parametrize("code", pack().rules)
def test_every_rule_can_be_looked_at_and_saved_as_it_is(cast: Cast, code: str) -> None:
    client = client_for(cast, MANAGER)
    assert client.get(f"/rules/{code}").status_code == 200
    page = client.get(f"/rules/{code}/change")
    assert page.status_code == 200
    assert "Save and accept" in page.text


def test_a_rule_is_changed_and_reset(cast: Cast) -> None:
    client, manager = client_for(cast, MANAGER), cast[MANAGER]
    assert client.post("/rules/R21/change", data=RUNS).status_code == 303
    assert "Partners&#39; meeting" in client.get("/rules/R21").text
    with in_network(cast.network.id):
        seen = get_rule_for(manager, "R21")
    assert (seen.edit.severity, seen.edit.parameters) == (Severity.SOFT, {"soft_days": 4, "hard_days": 6})
    assert seen.edit.contracts == {"salaried", "learner"}
    assert client.post("/rules/R21/reset").status_code == 303
    assert "5 days" in client.get("/rules/R21").text


def test_a_skill_mix_keeps_its_lists(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    answers = RUNS | {
        "tier": "T1",
        "number_have_roles": ["gp", "nurse"],
        "number_for_roles": ["student_nurse"],
        "number_have_competency": "minor_illness",
        "number_per": "3",
        "number_for_learners": "y",
    }
    assert client.post("/rules/R09A/change", data=answers).status_code == 303
    with in_network(cast.network.id):
        held = get_rule_for(cast[MANAGER], "R09A").edit.parameters
    assert held == {
        "have_roles": "gp,nurse",
        "have_competency": "minor_illness",
        "for_roles": "student_nurse",
        "for_learners": 1,
        "per": 3,
    }


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number_hard_days": "99"}, "Longest run allowed: enter a whole number from 1 to 12."),
        ({"number_hard_days": ""}, "Enter a number: from 1 to 12 days."),
        ({"number_soft_days": "7"}, "cannot be above"),
        ({"weight": "0"}, "Enter a weight from 1 to 1000."),
        ({"severity": "H0"}, "Choose one from the list."),
        ({"contracts": []}, "Choose at least one contract type"),
        ({"source": " "}, "Enter the law, contract or local decision"),
        ({"effective_from": "soon"}, "Enter a real date"),
        ({"effective_from": "2099-01-01"}, "Enter today or an earlier day"),
        ({"row_version": "3"}, "changed this rule in the meantime"),
        ({"row_version": "x"}, "changed this rule in the meantime"),
    ],
)
def test_a_setting_that_cannot_be_comes_back_with_what_to_do(
    cast: Cast, changed: dict, sentence: str
) -> None:
    answer = client_for(cast, MANAGER).post("/rules/R21/change", data=RUNS | changed)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_law_cannot_be_switched_off_by_a_crafted_form(cast: Cast) -> None:
    answers = RUNS | {"number_hours": "11", "number_young_hours": "12"}
    answers.pop("is_on")
    answer = client_for(cast, MANAGER).post("/rules/R18/change", data=answers)
    assert answer.status_code == 422
    assert "The law binds these contract types" in answer.text
    with in_network(cast.network.id):
        assert get_rule_for(cast[MANAGER], "R18").is_default


def test_a_practice_manager_reads_without_buttons(cast: Cast) -> None:
    client = client_for(cast, Role.PRACTICE_MANAGER)
    assert "Change this rule" not in client.get("/rules/R21").text
    assert client.post("/rules/R21/change", data=RUNS).status_code == 403
    assert client_for(cast, Role.STAFF).get("/rules").status_code == 403
    assert client_for(cast, MANAGER).get("/rules/R99").status_code == 404
