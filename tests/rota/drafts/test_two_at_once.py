"""Two managers whose changes reach the database at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from flask import Flask

from network.access.rules import Actor, Role
from network.accounts.queries import workplace_of
from network.plumbing.database import db, enter_network
from rota.cells.commands import edit_cells
from rota.desk.rules import Change
from rota.drafts.commands import ChangedMeanwhile
from rota.edits.queries import contents_of, last_number
from rota.rows.rules import EMPTY
from tests.cast import Cast, make_account
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER


@pytest.mark.parametrize("same_cell", [True, False])
def test_of_two_changes_at_the_same_moment_none_is_lost(app: Flask, cast: Cast, same_cell: bool) -> None:
    people = scene.make_scene(cast)
    version_id = scene.open_rota(cast).id
    other = workplace_of(make_account(MANAGER, cast.network, cast.elm.id)).actor
    cells = [scene.cell_of(people[0]), scene.cell_of(people[0 if same_cell else 1])]
    db.session.commit()
    start = Barrier(2)

    def change(actor: Actor, change: Change) -> bool:
        with app.app_context():
            enter_network(actor.network_id)
            start.wait(10)
            try:
                edit_cells(actor, version_id, [change])
            except ChangedMeanwhile:
                return False
            finally:
                db.session.remove()
        return True

    wanted = [(cast[MANAGER], Change(cells[0], "ELM", EMPTY)), (other, Change(cells[1], "OAK", EMPTY))]
    with ThreadPoolExecutor(2) as threads:
        jobs = [threads.submit(copy_context().run, change, *each) for each in wanted]
        saved = [job.result(30) for job in jobs]
    assert saved.count(True) == (1 if same_cell else 2)
    assert last_number(version_id) == saved.count(True)
    standing = contents_of(version_id)
    for (_, one), was_saved in zip(wanted, saved, strict=True):
        site = {"ELM": cast.elm_site, "OAK": cast.oak_site}[one.to]
        assert (standing[one.cell]["site_id"] == str(site.id)) == was_saved
