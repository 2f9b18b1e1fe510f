import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from flask import Flask
from sqlalchemy import select

from mdt.merging.commands import NotNow, merge_people
from mdt.merging.records import PatientMerge
from network.access.rules import Role
from network.plumbing.database import db, enter_network
from network.plumbing.roles import Addresses
from tests.cast import Cast
from tests.mdt.merging.test_merging import twins


def test_two_who_join_the_same_pair_the_other_way_round_do_not_lose_both(
    app: Flask, cast: Cast, addresses: Addresses
) -> None:
    first, second = twins(cast)
    kept, merged = first.patient_id, second.patient_id
    actor = cast[Role.CARE_COORDINATOR]
    db.session.commit()

    def join() -> None:
        with app.app_context():
            enter_network(actor.network_id)
            merge_people(actor, merged, kept, "Said so.", taken={}, has_compared=True)

    with ThreadPoolExecutor() as pool, psycopg.connect(addresses.owner_url) as other:
        other.execute("update patient set merged_into_id = %s where id = %s", (kept, merged))
        joining = pool.submit(join)
        _wait_for_who_waits(addresses, other)
        other.commit()
        with pytest.raises(NotNow, match="has just joined"):
            joining.result()
    assert not db.session.scalars(select(PatientMerge)).all()


def _wait_for_who_waits(addresses: Addresses, held: psycopg.Connection) -> None:
    """Wait until somebody waits for what an open transaction has changed."""
    waits = "select exists (select from pg_locks where not granted and transactionid = %s::text::xid)"
    (xid,) = held.execute("select pg_current_xact_id()::xid::text").fetchone() or ("",)
    with psycopg.connect(addresses.owner_url, autocommit=True) as onlooker:
        for _ in range(600):
            if onlooker.execute(waits, (xid,)).fetchone() == (True,):
                return
            time.sleep(0.1)
    raise AssertionError("nobody waited")
