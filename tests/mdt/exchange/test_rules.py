"""Bundles out are valid FHIR R4, and come back as they went; what others send is read or refused in words."""

import json
import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest

# R4B (4.3.0) has the resources used here as R4 (4.0.1) has them; the library keeps no R4 besides.
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from mdt.exchange.bundles.rules import bundle_of
from mdt.exchange.incoming.rules import Unreadable, differences, is_another, read_incoming
from mdt.exchange.rules import (
    CaseOut,
    ConsentOut,
    FlagOut,
    GoalOut,
    MemberOut,
    PersonOut,
    PlanOut,
    ResponseOut,
    TaskOut,
)
from mdt.patients.rules import Sex
from tests.mdt.exchange.files import EDITH_SENT, GOAL_SENT, PLAN_SENT, bundle

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2026, 5, 3)
NUMBERS = ("9990000018", "9990000026", "9990000034")
# As forms and imports keep text: one line, no signs that nobody types.
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
MAYBE = st.one_of(st.just(""), WORDS)


@st.composite
def cases(draw: st.DrawFn) -> CaseOut:
    goal = GoalOut(uuid.uuid4(), draw(WORDS), "active", DAY, draw(MAYBE), ((DAY, draw(WORDS)),))
    person = PersonOut(
        id=uuid.uuid4(),
        family_name=draw(WORDS),
        given_name=draw(WORDS),
        born_on=draw(st.dates(date(1900, 1, 1), DAY)),
        nhs_number=draw(st.sampled_from(NUMBERS)),
        title=draw(MAYBE),
        preferred_name=draw(MAYBE),
        sex=draw(st.sampled_from(Sex)),
        address=draw(MAYBE),
        postcode=draw(MAYBE),
        phone=draw(MAYBE),
        email=draw(MAYBE),
        language=draw(MAYBE),
        died_on=draw(st.one_of(st.none(), st.just(DAY))),
        practice=draw(MAYBE),
        practice_code=draw(MAYBE),
    )
    plan = PlanOut(
        uuid.uuid4(), 2, (("What others do", draw(WORDS)),), (goal.id,), DAY, None, "A Nurse", (draw(WORDS),)
    )
    return CaseOut(
        ref="C-0001",
        person=person,
        team_id=uuid.uuid4(),
        team=tuple(MemberOut(draw(WORDS), "Pharmacy") for _ in range(draw(st.integers(0, 2)))),
        plan=draw(st.one_of(st.none(), st.just(plan))),
        goals=(goal,),
        tasks=(
            TaskOut(
                uuid.uuid4(),
                draw(WORDS),
                draw(st.sampled_from(["requested", "failed"])),
                NOW,
                DAY,
                "Elm",
                draw(MAYBE),
            ),
        ),
        consents=(
            ConsentOut(uuid.uuid4(), "Informed", DAY),
            ConsentOut(uuid.uuid4(), draw(WORDS), DAY, is_objection=True),
        ),
        flags=(FlagOut(uuid.uuid4(), draw(WORDS), "Communication", DAY),),
        responses=(
            ResponseOut(
                uuid.uuid4(),
                "ons4",
                "1",
                DAY,
                "By themselves",
                (("a", "How?", draw(st.one_of(st.none(), st.integers(0, 10)))),),
            ),
        ),
    )


@settings(max_examples=20, deadline=None)
@given(cases())
def test_a_case_goes_out_as_valid_fhir_and_its_person_comes_back_as_they_went(case: CaseOut) -> None:
    out = bundle_of(case, NOW, uuid.uuid4())
    Bundle.model_validate(out)
    incoming = read_incoming(json.dumps(out).encode(), only_invented=True)
    person = case.person
    assert incoming.patient.nhs_number == person.nhs_number
    assert incoming.patient.born_on == person.born_on
    assert differences(vars(person), incoming.patient) == []
    assert not is_another([person.given_name, person.family_name], person.born_on, incoming.patient)
    assert incoming.goals == tuple(goal.words for goal in case.goals)


@settings(max_examples=20, deadline=None)
@given(cases())
def test_every_reference_of_a_bundle_leads_to_something_in_it(case: CaseOut) -> None:
    out = bundle_of(case, NOW, uuid.uuid4())
    there = {each["fullUrl"] for each in out["entry"]}
    assert len(there) == len(out["entry"])
    assert set(_references(out)) <= there
    assert "not-validated" in json.dumps(out["meta"])


def _references(value: Any):
    if isinstance(value, dict):
        if "reference" in value:
            yield value["reference"]
        for each in value.values():
            yield from _references(each)
    if isinstance(value, list):
        for each in value:
            yield from _references(each)


def test_the_oracle_refuses_what_is_no_fhir() -> None:
    with pytest.raises(ValueError, match="status"):
        Bundle.model_validate(json.loads(bundle({"resourceType": "Task", "intent": "plan", "status": None})))


def test_a_plan_and_goals_are_read_and_all_else_is_named() -> None:
    other, unnamed = {"resourceType": "Observation"}, {"resourceType": "\ud800"}
    sent = bundle(EDITH_SENT, PLAN_SENT, GOAL_SENT, other, other, unnamed)
    incoming = read_incoming(sent, only_invented=True)
    assert incoming.plan_words == ("Walking: To the gate and back",)
    assert incoming.goals == ("The allotment again",)
    assert incoming.left_out == ("2 Observation", "1 without a name")
    assert incoming.patient.phone == "01632 960001"


def test_a_patient_alone_is_a_file_too() -> None:
    assert (
        read_incoming(json.dumps(EDITH_SENT).encode(), only_invented=True).patient.family_name == "Specimen"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<Bundle/>", "no JSON"),
        (b'{"a": NaN}', "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[]", "no FHIR resource"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 30 + b"]" * 30, "nested too deeply"),
        (b" " * (1024 * 1024 + 1), "larger than 1 MB"),
        (bundle(), "no Patient"),
        (bundle(EDITH_SENT, EDITH_SENT), "2 Patients"),
        (bundle(*[GOAL_SENT] * 501), "more than 500"),
        (b'{"resourceType": "Bundle", "entry": [3]}', "no resource"),
        (json.dumps(EDITH_SENT | {"identifier": []}).encode(), "one NHS number"),
        (json.dumps(EDITH_SENT | {"birthDate": "1941"}).encode(), "no whole date"),
        (bundle(EDITH_SENT).replace(b"9990000018", b"9990000019"), "last digit"),
        (bundle(EDITH_SENT).replace(b"9990000018", b"4010232137"), "begins with 999"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read_incoming(content, only_invented=True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "family", "given", "value", "system", "text", "code", "detail"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["name", "telecom", "address", "communication", "gender", "identifier"]), JSON
    ),
    JSON,
    JSON,
)
def test_whatever_a_well_formed_file_holds_is_read_or_refused_in_words(
    person: dict[str, Any], plan: Any, goal: Any
) -> None:
    sent = bundle(
        EDITH_SENT | person,
        {"resourceType": "CarePlan", "activity": plan, "note": plan, "description": goal},
        {"resourceType": "Goal", "description": goal},
    )
    said = _said_of(sent)
    assert said == "" or said.endswith((".", "]"))


def _said_of(sent: bytes) -> str:
    try:
        read_incoming(sent, only_invented=True)
    except Unreadable as wrong:
        return str(wrong)
    return ""


def test_differences_are_what_the_file_says_otherwise_and_never_what_it_leaves_out() -> None:
    sent = read_incoming(bundle(EDITH_SENT), only_invented=True).patient
    ours = {name: "" for name in vars(sent)} | {
        "family_name": "SPECIMEN",
        "given_name": "Edie",
        "address": "1 Elm Row",
        "sex": Sex.UNKNOWN,
    }
    assert [each.name for each in differences(ours, sent)] == ["title", "given_name", "sex", "phone"]
    assert is_another(["Olive", "Example"], date(1941, 3, 4), sent)
    assert is_another(["Edith", "Specimen"], date(1941, 4, 3), sent)
