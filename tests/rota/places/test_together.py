"""Somebody takes a place in a clinic while somebody else closes it."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from network.access.rules import Actor, Role
from network.plumbing.database import db, enter_network, now
from network.plumbing.refusals import Refusal
from rota import diary
from rota.clinic_seats.commands import take_clinic
from rota.diary import Asked, PlaceState
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota.clinic_scene import hold_clinic

SOMEBODY_WAITS = text(
    "select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))"
)


def test_nobody_is_given_a_place_in_a_clinic_that_is_being_closed(app: Flask, cast: Cast) -> None:
    clinic_id, coordinator = hold_clinic(cast).id, cast[Role.CARE_COORDINATOR]
    clinic_type_id = take_clinic(clinic_id).clinic_type_id
    with time_machine.travel(MONDAY):
        token = diary.ask_for_place(coordinator, Asked(uuid4(), clinic_type_id))
    take_clinic(clinic_id).closed_at = now()
    db.session.flush()

    def take(actor: Actor) -> None:
        with app.app_context():
            enter_network(actor.network_id)
            try:
                diary.take(actor, token, clinic_id)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(1) as threads:
        job = threads.submit(copy_context().run, take, coordinator)
        end = time.monotonic() + 30
        while not job.done() and not db.session.scalar(SOMEBODY_WAITS):
            assert time.monotonic() < end, "nobody ever waited for the clinic"
            time.sleep(0.01)
        db.session.commit()
        with pytest.raises(Refusal, match="this clinic is closed"):
            job.result(30)
    assert diary.status([token])[token].state is PlaceState.WAITING


def test_whoever_asks_while_a_clinic_is_being_closed_waits_for_a_place_and_not_for_the_other(
    app: Flask, cast: Cast
) -> None:
    clinic_id, coordinator = hold_clinic(cast).id, cast[Role.CARE_COORDINATOR]
    clinic_type_id = take_clinic(clinic_id).clinic_type_id
    db.session.commit()
    take_clinic(clinic_id).closed_at = now()
    db.session.flush()

    def ask(actor: Actor) -> UUID:
        with app.app_context():
            enter_network(actor.network_id)
            try:
                return diary.ask_for_place(actor, Asked(uuid4(), clinic_type_id))
            finally:
                db.session.remove()

    with ThreadPoolExecutor(1) as threads:
        try:
            token = threads.submit(copy_context().run, ask, coordinator).result(30)
        finally:
            # Whoever waits all the same is let go: a red test has to end.
            db.session.commit()
    assert diary.status([token])[token].state is PlaceState.WAITING
