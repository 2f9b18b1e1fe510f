from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import JobRole, RoleGroup
from rota.limits.commands import set_limit
from rota.limits.queries import default_terms, limits_in_force
from tests.cast import Cast, client_for

MANAGER = Role.PRACTICE_MANAGER


def test_a_manager_sets_a_limit_and_removes_it(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    assert "No limit of its own is set" in client.get("/leave/limits").text
    answers = {"place": str(cast.elm.id), "group": "group.gp", "most": "1"}
    assert client.post("/leave/limits", data=answers).status_code == 303
    assert client.post("/leave/limits", data=answers | {"most": "3"}).status_code == 303
    [limit] = limits_in_force().chosen
    assert (limit.group, limit.most) == (RoleGroup.GP, 3)
    page = client.get("/leave/limits").text
    address = page.split("/remove")[0].rsplit('"', 1)[1]
    assert client.post(f"{address}/remove").status_code == 303
    db.session.expire_all()
    assert limits_in_force().chosen == ()


def test_a_form_that_cannot_be_used_comes_back(cast: Cast) -> None:
    client = client_for(cast, MANAGER)
    for changed, sentence in (
        ({"most": ""}, "Enter how many"),
        ({"most": "100"}, "from 0 to 99"),
        ({"group": "nobody"}, "Choose a group"),
        ({"place": str(cast.oak.id)}, "Choose an employer"),
    ):
        answers = {"place": str(cast.elm.id), "group": "role.gp", "most": "1"} | changed
        answer = client.post("/leave/limits", data=answers)
        assert (answer.status_code, sentence in answer.text) == (422, True)


def test_a_practice_manager_sees_only_their_own_limits(cast: Cast) -> None:
    set_limit(cast[Role.WORKFORCE_MANAGER], cast.oak.id, None, JobRole.NURSE, 1)
    assert "Oak Surgery" not in client_for(cast, MANAGER).get("/leave/limits").text
    assert "Oak Surgery" in client_for(cast, Role.WORKFORCE_MANAGER).get("/leave/limits").text


def test_staff_have_no_page_of_limits(cast: Cast) -> None:
    assert client_for(cast, Role.STAFF).get("/leave/limits").status_code == 403


def test_the_default_comes_from_the_rulebook(cast: Cast) -> None:
    assert (default_terms().most, default_terms().notice_days) == (2, 14)
