"""What would change if: a copy is made on what is supposed, filled, and compared."""

import uuid

from flask.testing import FlaskClient
from sqlalchemy import select

from network.access.rules import Role
from network.plumbing.database import db
from network.vocabulary import JobRole
from rota.comparing.queries import Comparison, comparing_for
from rota.jobs.records import SolveJob
from rota.jobs.tasks import solve
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, RotaVersion
from rota.trials.commands import try_closed, try_unpinned, try_with_locum
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
QUICK = {"seconds": 1.0, "workers": 1, "seed": 1, "deterministic": True}


def solved(cast: Cast, version: RotaVersion, copy_id: uuid.UUID) -> Comparison:
    """Fill a copy at once, and compare it with what it is a copy of."""
    job_id = get_version_for(cast[MANAGER], copy_id).job_id
    db.session.get_one(SolveJob, job_id).limits = QUICK
    db.session.commit()
    solve(cast[MANAGER].network_id, job_id=job_id)
    found = comparing_for(cast[MANAGER], version.period_id, version.id, copy_id).comparison
    assert found is not None
    return found


def figures(comparison: Comparison) -> dict[str, tuple[str, str]]:
    return {line.name: (line.first, line.second) for line in comparison.lines}


def test_a_closed_site_wants_nobody_and_its_people_go_where_they_are_needed(cast: Cast) -> None:
    amy, *_ = scene.make_scene(cast, doctors=1)
    version = scene.open_rota(cast)
    scene.put(version, amy, cast.elm_site, cast[MANAGER])
    found = solved(cast, version, try_closed(cast[MANAGER], version.id, cast.elm_site.id, (MONDAY, MONDAY)))
    (said,) = found.supposed
    assert "Elm Surgery is closed on 7 December" in said
    # Two of Elm's sessions are not wanted any more.
    assert figures(found)["Sessions short"][0].endswith("of 20")
    assert figures(found)["Sessions short"][1].endswith("of 18")
    rows = db.session.scalars(
        select(Assignment).where(
            Assignment.version_id == found.second.id,
            Assignment.day == MONDAY,
            Assignment.site_id == cast.elm_site.id,
        )
    ).all()
    assert rows == []


def test_one_locum_more_is_compared_in_sessions_without_being_anybody(cast: Cast) -> None:
    scene.make_scene(cast, doctors=1)
    version = scene.open_rota(cast)
    copy_id = try_with_locum(cast[MANAGER], version.id, JobRole.GP, 4)
    waiting = comparing_for(cast[MANAGER], version.period_id, version.id, copy_id).comparison
    assert waiting
    # Figures of what is being filled would be those of before.
    assert (waiting.lines, waiting.people) == ((), ())
    assert waiting.running == get_version_for(cast[MANAGER], copy_id).job_id
    found = solved(cast, version, copy_id)
    taken = int(figures(found)["Sessions for the locum"][1])
    assert taken >= 4
    short = [int(each.split()[0]) for each in figures(found)["Sessions short"]]
    placed = int(figures(found)["Sessions placed"][1])
    assert short == [20, 20 - placed]
    # The list of versions counts the locum too.
    assert get_version_for(cast[MANAGER], copy_id).summary["short"] == 20 - placed
    stored = db.session.scalars(select(Assignment).where(Assignment.version_id == copy_id)).all()
    assert len(stored) == placed - taken


def test_without_pins_what_was_set_by_hand_may_move(cast: Cast) -> None:
    amy, *_ = scene.make_scene(cast, doctors=1)
    version = scene.open_rota(cast)
    scene.put(version, amy, cast.elm_site, cast[MANAGER])
    copy_id = try_unpinned(cast[MANAGER], version.id)
    rows = db.session.scalars(select(Assignment).where(Assignment.version_id == copy_id)).all()
    assert [row.is_pinned for row in rows] == [False]
    assert solved(cast, version, copy_id).supposed == ("Version 2 supposes that what was pinned may move.",)
    kept = db.session.scalars(select(Assignment).where(Assignment.version_id == version.id)).one()
    assert kept.is_pinned


def test_the_page_says_what_is_wrong_and_goes_on_to_the_comparison(cast: Cast) -> None:
    scene.make_scene(cast, doctors=1)
    version = scene.open_rota(cast)
    client: FlaskClient = client_for(cast, MANAGER)
    base = f"/rota/versions/{version.id}/what-would-change"
    page = client.get(f"{base}/")
    assert page.status_code == 200
    wrong = client.post(f"{base}/close", data={"site": str(cast.elm_site.id), "first": "2031-01-01"})
    assert wrong.status_code == 422
    assert "Choose days of this rota: 7 December to 13 December." in wrong.text
    many = client.post(f"{base}/locum", data={"role": JobRole.GP.value, "sessions": "99"})
    assert many.status_code == 422
    assert "from 1 to 10" in many.text
    gone_on = client.post(f"{base}/locum", data={"role": JobRole.GP.value, "sessions": "2"})
    assert gone_on.status_code == 303
    compared = client.get(gone_on.headers["Location"]).text
    assert "still being filled" in compared
    assert "a locum more (GP, 2 sessions a week)" in compared
