from mdt.lists.commands import publish_list, put_on_list
from mdt.lists.queries import items_on
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
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


def test_every_list_warns_of_what_is_not_to_be_told_without_telling_it(cast: Cast) -> None:
    meeting, case = make_meeting(cast), make_case(cast)
    put_on_list(cast[COORDINATOR], meeting.id, case.id)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="Her son")
    publish_list(cast[COORDINATOR], meeting.id)
    browser = client_for(cast, COORDINATOR)
    for path in (f"/meetings/{meeting.id}/paper", f"/meetings/{meeting.id}/paper?names=yes"):
        shown = browser.get(path).text
        assert "✕ One topic is not to be told" in shown
        assert "Her son" not in shown
    assert "✕ One topic is not to be told" in browser.get(f"/meetings/{meeting.id}").text
