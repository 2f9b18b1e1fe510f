"""Moves of the trade, each written down in the table of relations by hand."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)

from mdt.actions.commands import add_action, finish_action
from mdt.agenda.commands import withdraw_from_list
from mdt.answering.commands import not_known_to_us, nothing_to_add
from mdt.asking.commands import ask_for_contribution
from mdt.cases.queries import get_case_for
from mdt.closing.commands import withdraw_case
from mdt.learners.commands import end_learning, let_learner_in
from mdt.learners.rules import Told
from mdt.lists.commands import publish_list
from mdt.objections.commands import lift_objection, object_to_sharing
from mdt.referrals.commands import decline_referral, refer_patient
from mdt.sharing.queries import objections_of
from mdt.sharing.rules import ObjectionScope
from network.plumbing.database import db, today
from tests.mdt.scene import ASKED
from tests.security.relation_emergencies import Emergencies
from tests.security.relation_table import GP, PHARMACY, VOLUNTARY, Tie
from tests.security.relation_watch import FORTNIGHT, MOST_CASES, PEOPLE


class Moves(Emergencies):
    """Random moves, where each leads somewhere."""

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

    @rule(hours=st.sampled_from([9, 24, 24 * 8, 24 * 15]))
    def wait(self, hours: int) -> None:
        db.session.rollback()
        self.traveller.shift(timedelta(hours=hours))
