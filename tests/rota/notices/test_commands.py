from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from network.access.rules import SYSTEM, Role
from network.plumbing.database import db, now
from network.plumbing.mail import Letter
from network.plumbing.refusals import NotAllowed, NotFound, Refusal
from rota.cells.commands import clear
from rota.drafts.queries import find_assignment
from rota.notices.commands import confirm_notices, note_seen, note_told_in_person, send_letters
from rota.notices.queries import open_notices, told_for
from rota.notices.rules import NoticeState
from rota.notices.tasks import send
from rota.publishing.commands import publish_version, remind_people
from rota.publishing.rules import Reasons
from rota.rotas.commands import copy_version
from rota.rotas.queries import get_version_for
from rota.rotas.records import RotaVersion
from rota.rows.rules import mark_of
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@pytest.fixture(autouse=True)
def before_the_rota_begins():
    with time_machine.travel(datetime.combine(MONDAY - timedelta(weeks=2), time(9), UTC), tick=False):
        yield


@pytest.fixture
def told(cast: Cast) -> RotaVersion:
    """Publish a rota in which the staff member has one morning."""
    return scene.publish_for(cast, Role.STAFF)


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter)))


def change(cast: Cast, version: RotaVersion, why: str = "") -> RotaVersion:
    """Publish a second version in which the only session is gone and nobody else's."""
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], version.id))
    (row, *_) = copy.assignments
    other = scene.make_worker(cast, "Other")
    cell = scene.cell_of(row.member)
    found = find_assignment(copy.id, cell)
    assert found is not None
    clear(cast[MANAGER], copy.id, cell, mark_of(found.id, found.row_version))
    scene.put(copy, other, cast.elm_site, cast[MANAGER], MONDAY + timedelta(1))
    publish_version(cast[MANAGER], copy.id, Reasons(why or "new lists"))
    return copy


def test_the_first_publication_tells_everybody_on_it_once(cast: Cast, told: RotaVersion) -> None:
    (each,) = told_for(cast[MANAGER], told.id).people
    assert (each.reach.name, each.notice.state) == (cast[Role.STAFF].name, NoticeState.UNSEEN)
    assert each.notice.is_first


def test_each_letter_is_sent_once_however_often_its_task_runs(cast: Cast, told: RotaVersion) -> None:
    for _ in range(2):
        send(cast.network.id, version_id=str(told.id))
    (letter,) = letters()
    assert letter.recipient == cast.accounts[Role.STAFF].email
    assert letter.subject == "Your rota from 7 December"
    assert "/my-rota" in letter.body


def test_letters_say_dates_and_nothing_of_what_or_whom_or_why(cast: Cast, told: RotaVersion) -> None:
    copy = change(cast, told, "because of Dr Other")
    send_letters(SYSTEM, copy.id)
    (letter,) = [each for each in letters() if "changed" in each.subject]
    assert "- Monday 7 December" in letter.body
    for secret in ("Elm", "Surgery", "Other", "because", "AM"):
        assert secret not in letter.body + letter.subject


def test_only_who_changed_is_told_of_a_change(cast: Cast, told: RotaVersion) -> None:
    copy = change(cast, told)
    names = {
        each.reach.name: each.notice.version_id == copy.id for each in told_for(cast[MANAGER], copy.id).people
    }
    assert names == {cast[Role.STAFF].name: True, "Alex Other": True}


def test_looking_counts_as_seen_and_a_tap_confirms(cast: Cast, told: RotaVersion) -> None:
    note_seen(cast[Role.STAFF])
    (notice,) = open_notices(cast[Role.STAFF])
    assert notice.state is NoticeState.SEEN
    confirm_notices(cast[Role.STAFF], [notice.id])
    assert open_notices(cast[Role.STAFF]) == []
    assert told_for(cast[MANAGER], told.id).count(NoticeState.CONFIRMED) == 1


def test_nobody_confirms_for_another(cast: Cast, told: RotaVersion) -> None:
    (notice,) = open_notices(cast[Role.STAFF])
    for role in (Role.TRAINEE, MANAGER):
        with pytest.raises(NotFound):
            confirm_notices(cast[role], [notice.id])


def test_who_has_no_account_is_told_in_person_and_ticked_off(cast: Cast, told: RotaVersion) -> None:
    cast.accounts[Role.STAFF].active = False
    db.session.commit()
    (each,) = told_for(cast[MANAGER], told.id).to_tell
    note_told_in_person(cast[MANAGER], told.id, {each.notice.id: True})
    (each,) = told_for(cast[MANAGER], told.id).people
    assert (each.notice.state, each.notice.in_person_by) == (NoticeState.IN_PERSON, cast[MANAGER].name)
    note_told_in_person(cast[MANAGER], told.id, {each.notice.id: False})
    assert told_for(cast[MANAGER], told.id).open


def test_a_reminder_goes_to_those_who_have_not_confirmed_and_not_at_once(
    cast: Cast, told: RotaVersion
) -> None:
    send_letters(SYSTEM, told.id)
    with pytest.raises(Refusal, match="nobody to write to"):
        remind_people(cast[MANAGER], told.id)
    (each,) = told_for(cast[MANAGER], told.id).people
    each.notice.letter_at = now() - timedelta(hours=2)
    remind_people(cast[MANAGER], told.id)
    send_letters(SYSTEM, told.id)
    assert "Reminder: your rota from 7 December" in {letter.subject for letter in letters()}


def test_who_has_not_confirmed_an_earlier_version_stays_on_the_list(cast: Cast, told: RotaVersion) -> None:
    copy = get_version_for(cast[MANAGER], copy_version(cast[MANAGER], told.id))
    other = scene.make_worker(cast, "Other")
    scene.put(copy, other, cast.elm_site, cast[MANAGER], MONDAY + timedelta(1))
    publish_version(cast[MANAGER], copy.id, Reasons("new lists"))
    found = {each.reach.name: each.notice.version.number for each in told_for(cast[MANAGER], copy.id).people}
    assert found == {cast[Role.STAFF].name: 1, "Alex Other": 2}


@pytest.mark.parametrize("role", [Role.STAFF, Role.PRACTICE_MANAGER, Role.CLINICAL_LEAD])
def test_only_who_publishes_sees_who_was_told(cast: Cast, told: RotaVersion, role: Role) -> None:
    with pytest.raises(NotAllowed):
        told_for(cast[role], told.id)


def test_who_is_told_too_late_for_a_letter_is_rung_until_they_know(cast: Cast, told: RotaVersion) -> None:
    eve = datetime.combine(MONDAY - timedelta(1), time(18), UTC)
    with time_machine.travel(eve, tick=False):
        copy = change(cast, told)
        people = {each.reach.name: each for each in told_for(cast[MANAGER], copy.id).to_ring}
        assert set(people) == {cast[Role.STAFF].name, "Alex Other"}
        page = client_for(cast, MANAGER).get("/").text
        assert "To ring" in page
        assert "Alex Other" in page
        assert "To ring" not in client_for(cast, Role.PRACTICE_MANAGER).get("/").text
        ids = [notice.id for notice in open_notices(cast[Role.STAFF])]
        confirm_notices(cast[Role.STAFF], ids)
        note_told_in_person(cast[MANAGER], copy.id, {people["Alex Other"].notice.id: True})
        assert "To ring" not in client_for(cast, MANAGER).get("/").text


def test_nothing_that_was_not_published_is_told(cast: Cast) -> None:
    scene.make_scene(cast)
    version = scene.open_rota(cast)
    assert told_for(cast[MANAGER], version.id).people == ()
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0
