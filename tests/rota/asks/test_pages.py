"""Asking why something cannot be: what the page names, and what its ways do."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import SessionKind
from rota.asks.queries import Why, why_for
from rota.asks.records import RotaAsking
from rota.asks.rules import Wanted
from rota.asks.wording import OF_OTHERS
from rota.drafts.commands import undo
from rota.edits.records import Edit
from rota.leave.commands import record_leave
from rota.leave.rules import AbsenceKind, Away
from rota.rotas.records import Assignment, DemandLine, RotaVersion
from rota.solver.staff_rota.ask import Verdict, WayKind
from rota.staff.records import RotaMember, SiteInduction
from tests.cast import Cast, sign_in
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    """Let four doctors be there: one who works afternoons only, one without an induction at Elm."""
    people = scene.make_scene(cast, doctors=2)
    people.append(scene.make_worker(cast, "Afternoons", kinds=(SessionKind.AFTERNOON,)))
    people.append(scene.make_worker(cast, "Newcomer", employer=cast.oak))
    induction = select(SiteInduction).where(
        SiteInduction.member_id == people[3].id, SiteInduction.site_id == cast.elm_site.id
    )
    db.session.delete(db.session.scalars(induction).one())
    db.session.commit()
    return people


def line_of(cast: Cast, version: RotaVersion, member: RotaMember) -> DemandLine:
    return scene.line_on(version, cast.elm_site, scene.cell_of(member))


def ask(cast: Cast, version: RotaVersion, member: RotaMember, number: int, role: Role = MANAGER) -> Why:
    wanted = Wanted(line_of(cast, version, member).id, number, keeps_cover=False)
    return why_for(cast[role], version.id, wanted)


def test_what_stands_in_the_way_is_named_with_three_ways_out(cast: Cast, people: list[RotaMember]) -> None:
    version = scene.open_rota(cast)
    why = ask(cast, version, people[0], 3)
    assert why.verdict is Verdict.IMPOSSIBLE
    afternoons, newcomer = people[2].name, people[3].name
    assert [(each.said, each.may_be_set_aside) for each in why.in_the_way] == [
        ((f"{newcomer} has had no induction at Elm Surgery by then.",), True),
        ((f"{afternoons} is unavailable on Mon 7 Dec AM: does not work then.",), False),
    ]
    assert [way.kind for way in why.ways] == [WayKind.ASK, WayKind.BANK, WayKind.OVERRIDE]
    asked, bank, override = why.ways
    assert [name for _, name in asked.to_ask] == [afternoons]
    assert (bank.bank, override.wants_reason) == (1, True)


def test_what_can_be_is_done_as_one_edit_that_can_be_undone(
    cast: Cast, people: list[RotaMember], client: FlaskClient
) -> None:
    version = scene.open_rota(cast)
    why = ask(cast, version, people[0], 2)
    assert why.verdict is Verdict.POSSIBLE
    sign_in(client, cast.accounts[MANAGER])
    send(client, version, why, why.ways[0])
    rows = db.session.scalars(select(Assignment).where(Assignment.version_id == version.id)).all()
    assert sorted(row.member_id for row in rows) == sorted(each.id for each in people[:2])
    undo(cast[MANAGER], version.id)
    assert not db.session.scalars(select(Assignment).where(Assignment.version_id == version.id)).all()


def send(client: FlaskClient, version: RotaVersion, why: Why, way, **fields):
    data = {
        "line": str(why.wanted.line_id),
        "number": str(why.number),
        "kind": way.kind,
        "step": [step.as_sent for step in way.steps],
    }
    return client.post(f"/rota/versions/{version.id}/why/do", data=data | fields)


def test_setting_a_rule_aside_wants_a_reason_which_stays_with_the_edit(
    cast: Cast, people: list[RotaMember], client: FlaskClient
) -> None:
    version = scene.open_rota(cast)
    why = ask(cast, version, people[0], 3)
    override = why.ways[2]
    sign_in(client, cast.accounts[MANAGER])
    refused = send(client, version, why, override)
    assert refused.status_code == 422
    assert "Say why the rule is set aside" in refused.text
    among_others = send(client, version, why, override, kind="short", sets_aside="1")
    assert among_others.status_code == 422
    done = send(client, version, why, override, reason="Shown round on Friday")
    assert done.status_code == 303
    edit = db.session.scalars(select(Edit).where(Edit.version_id == version.id)).one()
    assert (edit.said, edit.by) == ("Shown round on Friday", cast[MANAGER].name)


def test_a_way_that_came_too_late_changes_nothing(
    cast: Cast, people: list[RotaMember], client: FlaskClient
) -> None:
    version = scene.open_rota(cast)
    why = ask(cast, version, people[0], 2)
    scene.put(version, people[0], cast.oak_site, cast[MANAGER])
    sign_in(client, cast.accounts[MANAGER])
    late = send(client, version, why, why.ways[0])
    assert late.status_code == 422
    assert db.session.scalars(select(Edit).where(Edit.version_id == version.id)).one().number == 1


def test_somebody_outside_their_pattern_is_asked_and_the_bank_is_told_of_once(
    cast: Cast, people: list[RotaMember], client: FlaskClient
) -> None:
    version = scene.open_rota(cast)
    line = line_of(cast, version, people[0])
    sign_in(client, cast.accounts[MANAGER])
    base = f"/rota/versions/{version.id}/why"
    client.post(f"{base}/ask-person", data={"line": str(line.id), "member": str(people[2].id)})
    client.post(f"{base}/open-to-bank", data={"line": str(line.id)})
    twice = client.post(f"{base}/open-to-bank", data={"line": str(line.id)})
    assert twice.status_code != 303
    rows = db.session.scalars(select(RotaAsking)).all()
    assert {row.member_id for row in rows} == {people[2].id, None}
    page = client.get(f"{base}/?line={line.id}").text
    assert f"{people[2].name} was asked" in page
    ended = re.findall(r"askings/[0-9a-f-]+/end", page)
    for address in ended:
        client.post(f"{base}/{address}")
    assert "Already under way" not in client.get(f"{base}/?line={line.id}").text


def test_nobody_is_written_to_about_a_session_in_which_they_are_away(
    cast: Cast, people: list[RotaMember], client: FlaskClient
) -> None:
    version = scene.open_rota(cast)
    line = line_of(cast, version, people[0])
    record_leave(cast[MANAGER], people[1].id, Away(AbsenceKind.PARENTAL, line.day, line.day))
    # The leave was entered under another post of theirs.
    people[2].engagement.person_id = people[1].engagement.person_id
    db.session.commit()
    sign_in(client, cast.accounts[MANAGER])
    asked = {"line": str(line.id), "member": str(people[2].id)}
    answer = client.post(f"/rota/versions/{version.id}/why/ask-person", data=asked)
    assert answer.status_code == 409
    assert "is not available then" in answer.text
    assert not db.session.scalars(select(RotaAsking)).all()


def test_a_colleague_learns_nothing_of_why(cast: Cast, people: list[RotaMember], client: FlaskClient) -> None:
    version = scene.open_rota(cast)
    line = line_of(cast, version, people[0])
    sign_in(client, cast.accounts[Role.STAFF])
    assert client.get(f"/rota/versions/{version.id}/why/?line={line.id}").status_code in (403, 404)


def test_a_practice_manager_reads_no_reason_of_another_practices_people(
    cast: Cast, people: list[RotaMember]
) -> None:
    version = scene.open_rota(cast)
    why = ask(cast, version, people[0], 3, Role.PRACTICE_MANAGER)
    said = [each for rule in why.in_the_way for each in rule.said]
    assert f"{people[3].name} is not available." in said
    assert not any("no induction" in each for each in said)
    assert not any("induction" in each.rule for each in why.in_the_way)
    assert OF_OTHERS in [each.rule for each in why.in_the_way]


def test_only_whoever_may_ask_is_offered_to(cast: Cast, people: list[RotaMember]) -> None:
    version = scene.open_rota(cast)
    of_elm, of_oak = (
        scene.line_on(version, site, scene.cell_of(people[0])) for site in (cast.elm_site, cast.oak_site)
    )
    for line, may in ((of_elm, True), (of_oak, False)):
        wanted = Wanted(line.id, 4, keeps_cover=False)
        ways = why_for(cast[Role.PRACTICE_MANAGER], version.id, wanted).ways
        bank = next(way for way in ways if way.bank)
        assert bank.may_ask is may
    scene.make_chosen(version)
    ways = why_for(cast[MANAGER], version.id, Wanted(of_elm.id, 4, keeps_cover=False)).ways
    assert not any(way.may_ask for way in ways)


def test_nonsense_in_an_address_is_not_found_and_no_number_is_changed_silently(
    cast: Cast, people: list[RotaMember], client: FlaskClient
) -> None:
    version = scene.open_rota(cast)
    line = line_of(cast, version, people[0])
    sign_in(client, cast.accounts[MANAGER])
    base = f"/rota/versions/{version.id}/why/"
    assert client.get(base).status_code == 404
    assert client.get(f"{base}?line={line.id}&member={line.id}").status_code == 404
    for number in ("999999", "0", "-1", "x", "9" * 30):
        wrong = client.get(f"{base}?line={line.id}&number={number}")
        assert wrong.status_code == 422
        assert "Enter how many people, as a number from 1 to 20." in wrong.text
        assert f'value="{number}"' in wrong.text
    assert client.get(f"{base}?line={line.id}&number=").status_code == 200
    broken = client.post(f"{base}do", data={"line": str(line.id), "step": "nonsense", "kind": "move"})
    assert broken.status_code == 422


def test_somebody_is_let_off_by_one_edit_that_puts_another_there(
    cast: Cast, people: list[RotaMember], client: FlaskClient
) -> None:
    version = scene.open_rota(cast)
    cell = scene.put(version, people[0], cast.elm_site, cast[MANAGER])
    wanted = Wanted(line_of(cast, version, people[0]).id, member_id=people[0].id, is_off=True)
    pinned = why_for(cast[MANAGER], version.id, wanted)
    assert (pinned.question, pinned.verdict) == (f"Can {people[0].name} be off?", Verdict.IMPOSSIBLE)
    assert [each.rule for each in pinned.in_the_way] == ["Pinned"]
    unpin = pinned.ways[0]
    assert unpin.kind is WayKind.UNPIN
    sign_in(client, cast.accounts[MANAGER])
    assert send(client, version, pinned, unpin, member=str(people[0].id), off="1").status_code == 303
    rows = db.session.scalars(select(Assignment).where(Assignment.version_id == version.id)).all()
    assert [row.member_id for row in rows] == [people[1].id]
    assert (rows[0].day, rows[0].kind) == (cell.day, cell.kind)
    page = client.get(
        f"/rota/versions/{version.id}/cell?member={people[1].id}&day={cell.day}&kind={cell.kind}"
    )
    assert f"Could {people[1].name} be off then?" in page.text
