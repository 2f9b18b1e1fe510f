import re
from datetime import timedelta

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, in_network, today
from network.plumbing.mail import Letter
from network.plumbing.refusals import Refusal
from rota.host_answers.commands import answer_placement, ask_hosts
from rota.host_answers.queries import askings_for, declined_for, get_asking_for, link_token
from rota.host_answers.records import HostAnswer, HostAsking
from rota.host_answers.rules import Answer
from rota.rotations.commands import discard_plan_version, restore_plan_version
from rota.rotations.records import Placement
from rota.rotations.rules import PlacementState
from tests.cast import Cast, client_for
from tests.rota.host_scene import HOST_LEAD, LEAD, asked, host, offer, placed


def visitor() -> FlaskClient:
    """Open a browser in which nobody is signed in."""
    return current_app.test_client()


def the_link(cast: Cast, asking_id) -> str:
    return f"/placements/answer/{link_token(get_asking_for(cast[LEAD], asking_id).row)}"


def state_of(cast: Cast, placement_id) -> PlacementState:
    db.session.expire_all()
    with in_network(cast.network.id):
        return db.session.get_one(Placement, placement_id).state


def sent(cast: Cast, page, answer: str, **more: str):
    """Answer the first placement of a page as its form does."""
    found = re.search(r'name="placement" value="([0-9a-f-]{36})"', page.text)
    assert found
    return {"placement": found.group(1), "answer": answer, **more}


def test_a_host_answers_by_the_link_of_its_letter_without_an_account(cast: Cast) -> None:
    placement = placed(cast, offer(cast))
    lead = client_for(cast, LEAD)
    page = lead.get(f"/hosts/ask/{placement.version_id}")
    assert "Hana Example" in page.text
    lead.post(f"/hosts/ask/{placement.version_id}", data={"hosts": [str(host(cast))]})
    [letter] = db.session.scalars(select(Letter)).all()
    assert letter.recipient == "hana@example.org"
    assert placement.learner.name not in letter.body
    link = re.search(r"/placements/answer/\S+", letter.body)
    assert link
    asks = visitor().get(link.group())
    # The address goes to no other site; its own form must say whence it came.
    assert asks.headers["Referrer-Policy"] == "same-origin"
    assert placement.learner.name in asks.text
    answered = visitor().post(link.group(), data=sent(cast, asks, "accepted"), follow_redirects=True)
    assert "Thank you. It is accepted." in answered.text
    assert state_of(cast, placement.id) is PlacementState.HOST_ACCEPTED
    # Both the look and the answer are in the trail, under the name of whoever leads the host.
    with in_network(cast.network.id):
        said = db.session.execute(select(AuditEntry.verb, AuditEntry.actor)).all()
    assert ("open_host_link", "Hana Example, by link") in said
    assert ("answer_placement", "Hana Example, by link") in said


def test_whoever_declines_says_why_and_the_lead_alone_reads_it(cast: Cast) -> None:
    asking_id = asked(cast)
    link = the_link(cast, asking_id)
    [one] = get_asking_for(cast[LEAD], asking_id).asked
    asks = visitor().get(f"{link}?decline={one.id}")
    empty = visitor().post(link, data=sent(cast, asks, "declined", reason=""))
    assert empty.status_code == 422
    assert "Enter why you cannot take this placement." in empty.text
    said = sent(cast, asks, "declined", reason="Our supervisor leaves in spring.")
    assert "It is declined." in visitor().post(link, data=said, follow_redirects=True).text
    assert state_of(cast, one.placement.id) is PlacementState.HOST_DECLINED
    [(_, declined)] = declined_for(cast[LEAD])
    assert declined.reason == "Our supervisor leaves in spring."
    letter = f"/hosts/answers/{asking_id}"
    reads = {role: client_for(cast, role).get(letter).text for role in (LEAD, HOST_LEAD)}
    assert "leaves in spring" in reads[LEAD]
    assert "leaves in spring" not in reads[HOST_LEAD]
    assert "leaves in spring" not in visitor().get(link).text
    assert "leaves in spring" in client_for(cast, LEAD).get("/hosts/answers").text
    assert "1 placement" in client_for(cast, LEAD).get("/").text
    with in_network(cast.network.id):
        details = db.session.scalars(select(AuditEntry.details)).all()
    assert "leaves in spring" not in str(details)


def test_a_link_that_was_taken_back_is_out_of_date_or_not_ours_shows_nothing(cast: Cast) -> None:
    asking_id = asked(cast)
    link = the_link(cast, asking_id)
    client_for(cast, LEAD).post(f"/hosts/answers/{asking_id}/end")
    gone = visitor().get(link)
    assert gone.status_code == 404
    assert "taken back or is out of date" in gone.text
    assert visitor().post(link, data={"answer": "accepted", "placement": "all"}).status_code == 404
    with in_network(cast.network.id):
        row = db.session.get_one(HostAsking, asking_id)
        row.ended_at, row.expires_on = None, today() - timedelta(1)
        db.session.commit()
    assert visitor().get(link).status_code == 404
    assert visitor().get(link[:-1] + ("0" if link[-1] != "0" else "1")).status_code == 404
    # Sent again, it holds again, and all that waits can be accepted at once.
    client_for(cast, LEAD).post(f"/hosts/answers/{asking_id}/remind")
    answered = visitor().post(link, data={"answer": "accepted", "placement": "all"}, follow_redirects=True)
    assert "Thank you" in answered.text
    assert visitor().post(link, data={"answer": "declined", "placement": "all"}).status_code == 404


def test_a_placement_that_was_moved_since_needs_no_answer_and_takes_none(cast: Cast) -> None:
    asking_id = asked(cast)
    [one] = get_asking_for(cast[LEAD], asking_id).asked
    db.session.commit()
    row = db.session.get_one(Placement, one.placement.id)
    row.starts_on += timedelta(7)
    db.session.commit()
    [moved] = get_asking_for(cast[LEAD], asking_id).asked
    assert moved.placement is None
    lead = client_for(cast, HOST_LEAD)
    refused = lead.post(f"/hosts/answers/one/{one.id}/accept")
    assert "needs no answer any more" in refused.text
    assert "no answer needed" in lead.get(f"/hosts/answers/{asking_id}").text
    assert state_of(cast, row.id) is PlacementState.PROPOSED


def test_a_host_lead_answers_in_the_app_and_is_reminded_on_the_first_page(cast: Cast) -> None:
    asking_id = asked(cast)
    [one] = get_asking_for(cast[LEAD], asking_id).asked
    lead = client_for(cast, HOST_LEAD)
    assert "1 placement to be answered" in lead.get("/").text
    page = lead.get(f"/hosts/answers/{asking_id}")
    assert "The link, to hand over" not in page.text
    empty = lead.post(f"/hosts/answers/one/{one.id}/decline", data={"reason": ""})
    assert empty.status_code == 422
    lead.post(f"/hosts/answers/one/{one.id}/decline", data={"reason": "No room."})
    assert state_of(cast, one.placement.id) is PlacementState.HOST_DECLINED
    lead.post(f"/hosts/answers/one/{one.id}/accept")
    assert state_of(cast, one.placement.id) is PlacementState.HOST_ACCEPTED
    assert "to be answered" not in lead.get("/").text
    # Others see the letter without buttons, or not at all.
    assert "Decline" not in client_for(cast, Role.WORKFORCE_MANAGER).get(f"/hosts/answers/{asking_id}").text
    assert client_for(cast, Role.TRAINEE).get(f"/hosts/answers/{asking_id}").status_code == 403


def test_a_placement_that_is_over_takes_no_answer_and_a_replaced_version_asks_nobody(cast: Cast) -> None:
    asking_id = asked(cast)
    [one] = get_asking_for(cast[LEAD], asking_id).asked
    discard_plan_version(cast[LEAD], one.placement.version_id)
    with pytest.raises(Refusal, match="no host is asked"):
        ask_hosts(cast[LEAD], one.placement.version_id)
    restore_plan_version(cast[LEAD], one.placement.version_id)
    weeks = timedelta(weeks=20)
    for row in (db.session.get_one(HostAnswer, one.id), db.session.get_one(Placement, one.placement.id)):
        row.starts_on, row.ends_on = row.starts_on - weeks, row.ends_on - weeks
    db.session.commit()
    with pytest.raises(Refusal, match="needs no answer"):
        answer_placement(cast[LEAD], one.id, Answer.DECLINED, "No room.")


def test_a_host_is_asked_once_for_the_same_weeks(cast: Cast) -> None:
    placement = placed(cast, offer(cast))
    lead = client_for(cast, LEAD)
    address = f"/hosts/ask/{placement.version_id}"
    lead.post(address, data={"hosts": [str(host(cast))]})
    assert "Every host has been asked" in lead.get(address).text
    assert len(askings_for(cast[LEAD])) == 1


def test_a_host_is_asked_of_a_placement_that_its_learner_was_told_first(cast: Cast) -> None:
    placement = placed(cast, offer(cast), published=True)
    client_for(cast, LEAD).post(f"/hosts/ask/{placement.version_id}", data={"hosts": [str(host(cast))]})
    [asking] = askings_for(cast[LEAD])
    [one] = get_asking_for(cast[LEAD], asking.row.id).asked
    answer_placement(cast[LEAD], one.id, Answer.DECLINED, "No room.")
    assert state_of(cast, placement.id) is PlacementState.HOST_DECLINED
