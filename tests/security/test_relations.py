"""Whatever is done in whatever order, nobody sees a case that the table of relations does not give them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    run_state_machine_as_test,
)

from mdt.emergencies.rules import EmergencyKind
from mdt.meetings.records import Attendance
from network.access.rules import Role
from network.accounts.queries import workplace_of
from network.accounts.records import RoleGrant
from network.plumbing.database import ENGLAND, db, now
from network.plumbing.roles import Addresses
from network.vocabulary import OrganisationKind
from tests.cast import Cast, make_account
from tests.makers import keep, make_network, make_organisation
from tests.mdt.respondents import make_colleague
from tests.mdt.scene import expect, make_meeting
from tests.security.relation_moves import Moves
from tests.security.relation_table import GP, PHARMACY, VOLUNTARY
from tests.security.relation_watch import Stage
from tests.security.rewinding import rewinding


@pytest.fixture
def stage(cast: Cast, addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Set the scene once: every run of moves is wound back to it."""
    pharmacy = make_organisation(cast.network, "Corner Pharmacy", OrganisationKind.PHARMACY)
    both = make_account(Role.CLINICIAN, cast.network, pharmacy.id)
    keep(
        RoleGrant(
            account_id=both.id, network_id=cast.network.id, organisation_id=cast.oak.id, role=Role.CLINICIAN
        )
    )
    elsewhere = make_network("Farfields")
    # Who coordinates another network sees all of it, and nothing of this one.
    stranger = make_account(Role.CARE_COORDINATOR, elsewhere, elsewhere.id)
    meeting = make_meeting(cast, starts_at=now() + timedelta(days=5))
    expect(cast, meeting, Role.VOLUNTARY_MEMBER, VOLUNTARY)
    db.session.commit()
    actors = {
        "coordinator": cast[Role.CARE_COORDINATOR],
        "chair": cast[Role.CHAIR],
        "clinician": cast[Role.CLINICIAN],
        "colleague": make_colleague(cast, cast.oak),
        "member": cast[Role.VOLUNTARY_MEMBER],
        "both": workplace_of(both).actor,
        "learner": cast[Role.LEARNER],
        "stranger": workplace_of(stranger, elsewhere.id).actor,
    }
    keep(
        Attendance(
            meeting_id=meeting.id,
            account_id=both.id,
            name=both.name,
            organisation_id=pharmacy.id,
            discipline=PHARMACY,
        )
    )
    places = {
        "elm": cast.elm.id,
        "oak": cast.oak.id,
        "charity": cast.charity.id,
        "pharmacy": pharmacy.id,
    }
    fixed: dict[str, Any] = dict(
        network_id=cast.network.id,
        elsewhere_id=elsewhere.id,
        meeting_id=meeting.id,
        meeting_day=meeting.starts_at.astimezone(ENGLAND).date(),
    )
    db.session.commit()
    with rewinding(addresses.app_url, monkeypatch) as back:
        yield Stage(actors=actors, places=places, back=back, **fixed)


def walker(stage: Stage) -> type[Moves]:
    return type("Walk", (Moves,), {"stage": stage})


def walk(stage: Stage, runs: int, moves: int) -> None:
    run_state_machine_as_test(
        walker(stage),
        settings=settings(
            max_examples=runs,
            stateful_step_count=moves,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


# Each move at least once, in an order in which it leads somewhere; where there is a choice, the latest.
ONCE: tuple[Callable[[Moves], None], ...] = (
    Moves.begin,
    lambda moves: moves.ask(None, ("charity", VOLUNTARY, "")),
    lambda moves: moves.ask(None, ("pharmacy", PHARMACY, "both")),
    lambda moves: moves.act(None, "member"),
    lambda moves: moves.let_learn(None, 0),
    lambda moves: moves.object_to(None, ("discipline", PHARMACY)),
    lambda moves: moves.lift(None),
    lambda moves: moves.object_to(None, ("discipline", GP)),
    lambda moves: moves.lift(None),
    lambda moves: moves.object_to(None, ("organisation", "oak")),
    lambda moves: moves.break_glass("colleague", 0, EmergencyKind.CARING_NOW),
    lambda moves: moves.break_glass("colleague", 0, EmergencyKind.DANGER),
    lambda moves: moves.end_emergency(None),
    lambda moves: moves.lift(None),
    lambda moves: moves.object_to(None, ("all", None)),
    lambda moves: moves.lift(None),
    lambda moves: moves.break_glass("colleague", 0, EmergencyKind.CARING_NOW),
    lambda moves: moves.wait(9),
    lambda moves: moves.put_on_list(None),
    lambda moves: moves.take_off(None),
    lambda moves: moves.let_learn(None, 2),
    lambda moves: moves.wait(24 * 2),
    lambda moves: moves.end_visit(None),
    lambda moves: moves.finish(None),
    lambda moves: moves.answer(None, False),
    lambda moves: moves.refer("both", 1),
    lambda moves: moves.triage(None, False),
    lambda moves: moves.wait(24 * 15),
    lambda moves: moves.close(None),
    lambda moves: moves.wait(24 * 15),
)


def test_after_each_move_of_the_trade_everybody_sees_what_the_table_gives_them(stage: Stage) -> None:
    moves = walker(stage)()
    try:
        for number, move in enumerate(ONCE):
            move(moves)
            try:
                moves.nobody_sees_more_or_less_than_the_table_says()
            except AssertionError as wrong:
                raise AssertionError(f"After move {number}: {wrong}") from wrong
    finally:
        moves.teardown()
    reasons = "referred registered asked guest meeting action learning emergency danger"
    assert {tie.reason for tie in moves.table.ties} == set(reasons.split())


def test_nobody_sees_more_than_the_table_of_relations_allows(stage: Stage) -> None:
    walk(stage, runs=2, moves=8)


@pytest.mark.long
def test_nobody_sees_more_than_the_table_of_relations_allows_however_long_one_goes_on(stage: Stage) -> None:
    walk(stage, runs=40, moves=25)
