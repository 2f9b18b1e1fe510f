"""Who is watched while random moves are made, and how what they see is compared with the table."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
)

from mdt.cases.queries import cases_for, get_case_for, search
from mdt.cases.rules import CaseState
from mdt.lists.commands import put_on_list
from mdt.lists.records import AgendaItem
from mdt.patients.rules import Identity
from mdt.referrals.commands import accept_referral
from network.access.rules import Actor
from network.plumbing.database import db, enter_network, in_network, now, today
from network.plumbing.refusals import NotFound, Refusal
from tests.mdt.scene import EDITH, NUMBERS
from tests.security.relation_table import PHARMACY, VOLUNTARY, Table, Tie
from tests.security.rewinding import Rewinding

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


class Watched(RuleBasedStateMachine):
    """What was made so far, the table of relations, and what is compared after each move."""

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
