import pytest

from network.access.rules import Role
from network.people import queries
from tests import makers
from tests.cast import Cast, client_for, sign_in

ANSWERS = {
    "given_name": "Amy",
    "family_name": "Sample",
    "role": "nurse",
    "contract": "salaried",
    "sessions": "7.5",
    "session_minutes": "240",
    "full_time_hours": "37.5",
    "starts_on": "2026-01-05",
}


@pytest.fixture
def manager(cast: Cast):
    return client_for(cast, Role.WORKFORCE_MANAGER)


def add_amy(cast, client) -> str:
    answers = ANSWERS | {"employer_id": str(cast.elm.id)}
    return client.post("/people/add", data=answers, follow_redirects=True).text


def amy(cast):
    (person,) = queries.people_for(cast[Role.WORKFORCE_MANAGER], "Amy Sample")
    return person


def test_somebody_new_is_shown_with_the_first_post(cast, manager):
    page = add_amy(cast, manager)
    assert "Amy Sample is added." in page
    assert "7.5 sessions of 4 h, 30 h a week" in page
    assert "0.80" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"given_name": ""}, "Enter the given name."),
        ({"employer_id": ""}, "Choose the employer."),
        ({"email": "amy"}, "Enter an email address such as name@example.org."),
        ({"sessions": " "}, "Enter the sessions a week."),
        ({"sessions": "lots"}, "Enter a number, such as 37.5."),
        ({"sessions": "nan"}, "Enter a number, such as 37.5."),
        ({"session_minutes": "5"}, "Enter a session length from 30 to 720 minutes."),
        ({"ends_on": "2025-01-01"}, "Enter a last day on or after the first day."),
    ],
)
def test_a_wrong_answer_comes_back_with_what_to_do(cast, manager, change, said):
    answer = manager.post("/people/add", data=ANSWERS | {"employer_id": str(cast.elm.id)} | change)
    assert answer.status_code == 422
    assert said in answer.text


def test_people_are_found_by_name(cast, manager):
    add_amy(cast, manager)
    assert "Amy Sample" in manager.get("/people?name=sampl").text
    assert "Nobody with that name" in manager.get("/people?name=zzz").text


def test_a_further_post_is_added_changed_and_ended(cast, manager):
    add_amy(cast, manager)
    person = amy(cast)
    page = manager.post(f"/people/{person.id}/engage", data=ANSWERS | {"employer_id": str(cast.oak.id)})
    assert page.status_code == 303
    (post,) = [post for post in amy(cast).engagements if post.employer_id == cast.oak.id]
    post_url = f"/people/posts/{post.id}"
    assert 'value="7.5"' in manager.get(f"{post_url}/change").text
    manager.post(f"{post_url}/change", data=ANSWERS | {"sessions": "2"})
    assert "2 sessions of 4 h, 8 h a week" in manager.get(f"/people/{person.id}").text
    page = manager.post(f"{post_url}/end", data={"ends_on": "2026-12-31"}, follow_redirects=True).text
    assert f'action="{post_url}/resume"' in page
    assert "The post goes on." in manager.post(f"{post_url}/resume", follow_redirects=True).text


def test_a_person_is_corrected(cast, manager):
    add_amy(cast, manager)
    answers = {"given_name": "Amy", "family_name": "Sample", "title": "Dr", "email": "amy@example.org"}
    page = manager.post(f"/people/{amy(cast).id}/change", data=answers, follow_redirects=True).text
    assert "Dr Amy Sample" in page


def test_a_practice_manager_engages_for_their_own_practice_alone(cast):
    client = client_for(cast, Role.PRACTICE_MANAGER)
    page = client.get("/people/add").text
    assert "Elm Surgery" in page
    assert "Oak Surgery" not in page
    answer = client.post("/people/add", data=ANSWERS | {"employer_id": str(cast.oak.id)})
    assert answer.status_code == 422


def test_staff_see_their_own_page_without_buttons(cast):
    account = cast.accounts[Role.STAFF]
    makers.make_engagement(cast.elm, account.person)
    makers.db.session.commit()
    person_id = account.person_id
    client = client_for(cast, Role.STAFF)
    page = client.get(f"/people/{person_id}").text
    assert "Posts" in page
    assert "Add a post" not in page
    assert client.get(f"/people/{person_id}/change").status_code == 403


def test_a_stranger_finds_nobody(cast, manager):
    add_amy(cast, manager)
    client = sign_in(client_for(cast, Role.STAFF), cast.stranger_account)
    assert client.get(f"/people/{amy(cast).id}").status_code == 404
    assert "Amy Sample" not in client.get("/people").text
