"""Whatever is done in whatever order, nobody sees a case that the table of relations does not give them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mdt.actions.commands import add_action, finish_action
from mdt.agenda.commands import withdraw_from_list
from mdt.answering.commands import not_known_to_us, nothing_to_add
from mdt.asking.commands import ask_for_contribution
from mdt.cases.queries import cases_for, get_case_for, search
from mdt.cases.rules import CaseState
from mdt.closing.commands import withdraw_case
from mdt.emergencies.commands import end_emergency, open_in_emergency
from mdt.emergencies.queries import own_openings
from mdt.emergencies.rules import EmergencyKind, Wanted
from mdt.learners.commands import end_learning, let_learner_in
from mdt.learners.rules import Told
from mdt.lists.commands import publish_list, put_on_list
from mdt.lists.records import AgendaItem
from mdt.meetings.records import Attendance
from mdt.objections.commands import lift_objection, object_to_sharing
from mdt.patients.rules import Identity
from mdt.referrals.commands import accept_referral, decline_referral, refer_patient
from mdt.sharing.queries import objections_of
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Actor, Role
from network.accounts.queries import workplace_of
from network.accounts.records import RoleGrant
from network.plumbing.database import ENGLAND, db, enter_network, in_network, now, today
from network.plumbing.refusals import NotFound, Refusal
from network.plumbing.roles import Addresses
from network.vocabulary import OrganisationKind
from tests.cast import Cast, make_account
from tests.makers import keep, make_network, make_organisation
from tests.mdt.respondents import make_colleague
from tests.mdt.scene import ASKED, EDITH, NUMBERS, expect, make_meeting
from tests.security.relation_table import GP, PHARMACY, VOLUNTARY, Table, Tie
from tests.security.rewinding import Rewinding, rewinding

PEOPLE = (EDITH, Identity("Specimen", "Albert", EDITH.born_on + timedelta(days=900), NUMBERS[1]))
FORTNIGHT = timedelta(days=14)
MOST_CASES = 3
ALL = frozenset(CaseState)


@dataclass
class Stage:
    """Those who act, by the names of the table, and what was there before the first move."""

    actors: dict[str, Actor]
    places: dict[str, Any]
    network_id: Any
    elsewhere_id: Any
    meeting_id: Any
    meeting_day: Any
    back: Rewinding

    def __getitem__(self, who: str) -> Actor:
        return self.actors[who]


class Moves(RuleBasedStateMachine):
    """Random moves of the trade, each written down in the table by hand."""

    stage: Stage

    def __init__(self) -> None:
        super().__init__()
        self.table = Table()
        self.states: dict[Any, str] = {}
        self.asked: list[Any] = []
        self.actions: list[Any] = []
        self.items: dict[Any, Any] = {}
        self.visits: list[Any] = []
        self.openings: list[tuple[str, Any, Tie]] = []
        self.is_out = False
        enter_network(self.stage.network_id)
        self.clock = time_machine.travel(now(), tick=False)
        self.traveller = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        db.session.remove()
        self.stage.back.wind_back()

    @initialize()
    def begin(self) -> None:
        # The charity refers somebody of Elm Surgery, and so does Oak Surgery; a list with the first of the
        # two cases goes out. From there most moves lead somewhere.
        self.refer("member", 0)
        (first,) = self.states
        self._taken_on(first)
        self._listed(first)
        self.publish()
        self.refer("colleague", 0)
        (second,) = self.states.keys() - {first}
        self._taken_on(second)

    @precondition(lambda self: len(self.states) < MOST_CASES)
    @rule(who=st.sampled_from(["clinician", "member", "colleague", "both"]), person=st.sampled_from([0, 1]))
    def refer(self, who: str, person: int) -> None:
        at = {"clinician": "elm", "member": "charity", "colleague": "oak", "both": "pharmacy"}[who]
        practice = self.stage.places["elm"] if person == 0 else None
        case = self._done(
            refer_patient,
            self.stage[who],
            PEOPLE[person],
            ASKED,
            organisation_id=self.stage.places[at],
            practice_id=practice,
        )
        assert (case is None) == self.table.objects_to_all(person)
        if case is None:
            return
        self.states[case], self.table.persons[case] = "submitted", person
        self._tie("referred", case, at=at, source=case)
        if person == 0:
            self.table.ties.append(Tie("registered", 0, None, today(), at="elm", source=case))

    @precondition(lambda self: "submitted" in self.states.values())
    @rule(data=st.data(), is_taken_on=st.booleans())
    def triage(self, data: Any, is_taken_on: bool) -> None:
        case = self._one_of(data, [each for each, state in self.states.items() if state == "submitted"])
        if case is None:
            return
        if is_taken_on:
            self._taken_on(case)
            return
        decline_referral(self.stage["coordinator"], case, "Ring the falls service.")
        self.states[case] = "over"
        for tie in self.table.from_source(case):
            tie.end_by(today() + FORTNIGHT)

    @rule(
        data=st.data(),
        whom=st.sampled_from(
            [
                ("charity", VOLUNTARY, ""),
                ("pharmacy", PHARMACY, ""),
                ("oak", GP, "colleague"),
                ("pharmacy", PHARMACY, "both"),
            ]
        ),
    )
    def ask(self, data: Any, whom: tuple[str, Any, str]) -> None:
        case = self._open_case(data)
        at, discipline, guest = whom
        if case is None:
            return
        row = self._done(
            ask_for_contribution,
            self.stage["coordinator"],
            case,
            discipline,
            self.stage.places[at],
            self.stage[guest].account_id if guest else None,
            today() + timedelta(days=7),
        )
        if row is not None:
            self.asked.append((row, case))
            last = today() + timedelta(days=7 + 28) if guest else None
            self._tie(
                "guest" if guest else "asked",
                case,
                at="" if guest else at,
                who=guest,
                discipline=discipline,
                last=last,
                source=row,
            )

    @precondition(lambda self: self.asked)
    @rule(data=st.data(), is_known=st.booleans())
    def answer(self, data: Any, is_known: bool) -> None:
        asked = self._one_of(data, self.asked)
        if asked is None:
            return
        said = self._done(
            nothing_to_add if is_known else not_known_to_us, self.stage["coordinator"], asked[0]
        )
        if said is not None:
            self.asked.remove(asked)
            for tie in self.table.from_source(asked[0]):
                if not is_known:
                    tie.end_by(today())

    @precondition(lambda self: "triaged" in self.states.values())
    @rule(data=st.data())
    def put_on_list(self, data: Any) -> None:
        case = self._one_of(data, [each for each, state in self.states.items() if state == "triaged"])
        if case is not None:
            self._listed(case)

    @precondition(lambda self: self.items and not self.is_out)
    @rule()
    def publish(self) -> None:
        if self._done(publish_list, self.stage["coordinator"], self.stage.meeting_id) is not None:
            self.is_out = True
            for item in self.items:
                self._told(item)

    @precondition(lambda self: self.items)
    @rule(data=st.data())
    def take_off(self, data: Any) -> None:
        item = self._one_of(data, list(self.items))
        if item is not None:
            withdraw_from_list(self.stage["coordinator"], item, "No longer needed.")
            self._off(item)

    @rule(data=st.data(), whom=st.sampled_from(["colleague", "member", "charity"]))
    def act(self, data: Any, whom: str) -> None:
        case = self._open_case(data)
        if case is None:
            return
        is_one = whom in self.stage.actors
        owner = (
            {"account_id": self.stage[whom].account_id}
            if is_one
            else {"organisation_id": self.stage.places[whom]}
        )
        action = self._done(
            add_action, self.stage["coordinator"], case, "Ring them", today() + timedelta(days=7), **owner
        )
        if action is not None:
            self.actions.append(action)
            discipline = {"colleague": GP, "member": VOLUNTARY}.get(whom)
            self._tie(
                "action",
                case,
                who=whom if is_one else "",
                at="" if is_one else whom,
                discipline=discipline,
                source=action,
            )

    @precondition(lambda self: self.actions)
    @rule(data=st.data())
    def finish(self, data: Any) -> None:
        action = self._one_of(data, self.actions)
        if action is not None:
            finish_action(self.stage["coordinator"], action)
            self.actions.remove(action)
            for tie in self.table.from_source(action):
                tie.end_by(today() + FORTNIGHT)

    @rule(data=st.data())
    def close(self, data: Any) -> None:
        case = self._open_case(data)
        if case is None or self._refuses(withdraw_case, self.stage["coordinator"], case, "She moved away."):
            return
        self.states[case] = "over"
        for tie in self.table.ties:
            if tie.case == case and tie.reason in ("asked", "guest"):
                tie.end_by(today() + FORTNIGHT)
            elif tie.case == case and tie.reason == "referred":
                tie.last = today() + FORTNIGHT

    @rule(
        data=st.data(),
        what=st.sampled_from(
            [
                ("all", None),
                ("organisation", "charity"),
                ("organisation", "oak"),
                ("organisation", "pharmacy"),
                ("discipline", GP),
                ("discipline", PHARMACY),
                ("discipline", VOLUNTARY),
                ("topic", None),
            ]
        ),
    )
    def object_to(self, data: Any, what: tuple[str, Any]) -> None:
        case = self._one_of(data, list(self.states))
        if case is None:
            return
        kind, which = what
        person = self.table.persons[case]
        patient_id = get_case_for(self.stage["coordinator"], case).case.patient_id
        object_to_sharing(
            self.stage["coordinator"],
            patient_id,
            ObjectionScope(kind),
            organisation_id=self.stage.places[which] if kind == "organisation" else None,
            discipline=which if kind == "discipline" else None,
            topic="Her son" if kind == "topic" else "",
        )
        newest = objections_of([patient_id])[patient_id][-1].id
        self.table.objections[newest] = (person, kind, which)
        for tie in self.table.ties:
            if tie.person == person and tie.reason == "learning":
                tie.end_by(today() - timedelta(days=1))
        if kind == "all":
            for item in [each for each, of in self.items.items() if self.table.persons[of] == person]:
                self._off(item)

    @precondition(lambda self: self.table.objections)
    @rule(data=st.data())
    def lift(self, data: Any) -> None:
        objection = self._one_of(data, list(self.table.objections))
        if objection is None:
            return
        person, _, _ = self.table.objections.pop(objection)
        case = next(each for each, whose in self.table.persons.items() if whose == person)
        patient_id = get_case_for(self.stage["coordinator"], case).case.patient_id
        lift_objection(self.stage["coordinator"], patient_id, objection)

    @rule(data=st.data(), ahead=st.sampled_from([0, 2]))
    def let_learn(self, data: Any, ahead: int) -> None:
        case = self._open_case(data)
        if case is None:
            return
        first = today() + timedelta(days=ahead)
        last = first + timedelta(days=9)
        told = Told("At home.", "A Nurse", today(), did_not_object=True)
        learner = self.stage["learner"].account_id
        visit = self._done(let_learner_in, self.stage["coordinator"], case, learner, first, last, told)
        if visit is not None:
            self.visits.append(visit)
            self._tie("learning", case, who="learner", first=first, last=last, source=visit)

    @precondition(lambda self: self.visits)
    @rule(data=st.data())
    def end_visit(self, data: Any) -> None:
        visit = self._one_of(data, self.visits)
        if visit is not None:
            self.visits.remove(visit)
            self._done(end_learning, self.stage["coordinator"], visit)
            for tie in self.table.from_source(visit):
                tie.end_by(today() - timedelta(days=1))

    @rule(
        who=st.sampled_from(["clinician", "colleague", "both"]),
        person=st.sampled_from([0, 1]),
        kind=st.sampled_from(list(EmergencyKind)),
    )
    def break_glass(self, who: str, person: int, kind: EmergencyKind) -> None:
        cases = [case for case, whose in self.table.persons.items() if whose == person]
        knew_all = all(self._reasons(who, case) for case in cases)
        reason = "danger" if kind is EmergencyKind.DANGER else "emergency"
        tie = Tie(reason, person, None, today(), who=who, until=now() + timedelta(hours=8))
        number = Wanted(PEOPLE[person].nhs_number)
        found = self._done(open_in_emergency, self.stage[who], number, kind, "Found on the floor at home.")
        if found is not None and not knew_all:
            assert not self.table.is_objected(tie, who)
            self.table.ties.append(tie)
            self.openings.append((who, own_openings(self.stage[who])[0].opening.id, tie))

    @precondition(lambda self: self.openings)
    @rule(data=st.data())
    def end_emergency(self, data: Any) -> None:
        opened = self._one_of(data, self.openings)
        if opened is not None:
            who, opening, tie = opened
            self.openings.remove(opened)
            if self._done(end_emergency, self.stage[who], opening, gives=True):
                tie.until = now()

    @rule(hours=st.sampled_from([9, 24, 24 * 8, 24 * 15]))
    def wait(self, hours: int) -> None:
        db.session.rollback()
        self.traveller.shift(timedelta(hours=hours))

    @invariant()
    def nobody_sees_more_or_less_than_the_table_says(self) -> None:
        for who, actor in self.stage.actors.items():
            allowed = {case: reasons for case in self.states if (reasons := self._reasons(who, case))}
            with self._where(who):
                seen = {each.case.id: each.access.relation.reason.value for each in cases_for(actor, ALL)}
                found = {each.case.id for each in search(actor, "Specimen")}
                hidden = {case for case in self.states if case not in allowed and self._hidden(actor, case)}
            assert seen.keys() == allowed.keys(), f"{who} lists {len(seen)}, may see {len(allowed)}"
            assert found == allowed.keys(), f"{who} finds {len(found)}, may see {len(allowed)}"
            assert hidden == self.states.keys() - allowed.keys(), f"{who} opens what is not theirs"
            wrong = {case: reason for case, reason in seen.items() if reason not in allowed[case]}
            assert not wrong, f"{who} is told another reason than one that holds: {wrong}"

    def _taken_on(self, case: Any) -> None:
        coordinator = self.stage["coordinator"]
        accept_referral(coordinator, case, coordinator_id=coordinator.account_id)
        self.states[case] = "triaged"

    def _listed(self, case: Any) -> None:
        item = self._done(
            put_on_list, self.stage["coordinator"], self.stage.meeting_id, case, "It cannot wait."
        )
        if item is not None:
            self.items[item] = case
            self.states[case] = "listed"
            if self.is_out:
                self._told(item)

    def _hidden(self, actor: Actor, case: Any) -> bool:
        try:
            get_case_for(actor, case)
        except NotFound:
            return True
        return False

    @contextmanager
    def _where(self, who: str) -> Iterator[None]:
        if who != "stranger":
            yield
            return
        db.session.rollback()
        with in_network(self.stage.elsewhere_id):
            yield
            db.session.rollback()

    def _reasons(self, who: str, case: Any) -> set[str]:
        return self.table.reasons(who, case, today(), now())

    def _done(self, verb: Callable[..., Any], *args: Any, gives: bool = False, **named: Any) -> Any:
        """Do something that may be refused; give what it returned, or None."""
        try:
            answer = verb(*args, **named)
        except Refusal:
            return None
        return True if gives else answer

    def _refuses(self, verb: Callable[..., Any], *args: Any) -> bool:
        return self._done(verb, *args, gives=True) is None

    def _one_of(self, data: Any, things: list[Any]) -> Any:
        if not things:
            return None
        return things[data.draw(st.integers(0, len(things) - 1))] if data else things[-1]

    def _open_case(self, data: Any) -> Any:
        return self._one_of(data, [case for case, state in self.states.items() if state != "over"])

    def _tie(self, reason: str, case: Any, **more: Any) -> None:
        person = self.table.persons[case]
        self.table.ties.append(Tie(reason, person, case, more.pop("first", today()), **more))

    def _told(self, item: Any) -> None:
        """Write down who comes to the meeting and hears of a case."""
        case = self.items[item]
        invited = db.session.get_one(AgendaItem, item).invited
        for who, discipline in (("chair", None), ("member", VOLUNTARY), ("both", PHARMACY)):
            if who != "chair" and invited and discipline.value not in invited:
                continue
            last = self.stage.meeting_day + FORTNIGHT
            tie = Tie(
                "meeting",
                self.table.persons[case],
                case,
                today(),
                last,
                who=who,
                discipline=discipline,
                source=item,
            )
            knows = any(each.who == who and each.last >= today() for each in self.table.from_source(item))
            if not knows and not self.table.is_objected(tie, who):
                self.table.ties.append(tie)

    def _off(self, item: Any) -> None:
        case = self.items.pop(item)
        if self.states[case] == "listed":
            self.states[case] = "triaged"
        for tie in self.table.from_source(item):
            tie.end_by(today() - timedelta(days=1))


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
