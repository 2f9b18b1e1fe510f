from mdt.lists.commands import publish_list, put_on_list
from mdt.lists.queries import items_on
from network.access.rules import Role
from network.plumbing.database import db
from tests.cast import Cast, client_for
from tests.mdt.scene import make_case, make_meeting

COORDINATOR = Role.CARE_COORDINATOR


def test_the_paper_asks_the_question_with_names_and_says_none_without(cast: Cast) -> None:
    meeting, case = make_meeting(cast), make_case(cast)
    put_on_list(cast[COORDINATOR], meeting.id, case.id)
    [item] = items_on(meeting.id)
    item.invited = ["pharmacy", "social_care"]
    db.session.commit()
    publish_list(cast[COORDINATOR], meeting.id)
    browser, where = client_for(cast, COORDINATOR), f"/meetings/{meeting.id}/paper"
    named, bare = browser.get(f"{where}?names=yes").text, browser.get(where).text
    assert f"<td>{case.question}</td>" in named
    assert ">Question</th>" in named
    assert case.question not in bare
    assert ">Question</th>" not in bare
    for page in (named, bare):
        assert f'<span class="nowrap">{case.ref}</span>' in page
        assert "Pharmacy, Social care" in page
