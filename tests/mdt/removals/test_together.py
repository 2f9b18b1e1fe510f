"""Two who propose at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

from flask import Flask

from mdt.removals.commands import TooLate, propose_removal
from mdt.retention.queries import waiting_for
from network.access.rules import Role
from network.plumbing.database import db, enter_network
from tests.cast import Cast
from tests.mdt.retention.test_removing import make_old


def test_of_two_removals_proposed_at_the_same_moment_one_waits(app: Flask, cast: Cast) -> None:
    old, lead = make_old(cast)["patient_id"], cast[Role.GOVERNANCE_LEAD]
    db.session.commit()
    start = Barrier(2)

    def propose() -> bool:
        with app.app_context():
            enter_network(lead.network_id)
            start.wait(10)
            try:
                propose_removal(lead, [old])
            except TooLate:
                return False
            finally:
                db.session.remove()
        return True

    with ThreadPoolExecutor(2) as threads:
        proposed = [threads.submit(copy_context().run, propose) for _ in range(2)]
        assert sorted(each.result(30) for each in proposed) == [False, True]
    assert len(waiting_for(lead)) == 1
