"""What the person's own page shows, to whom, and in which format."""

import re
from datetime import timedelta

from sqlalchemy import select

from mdt.cases.records import Case
from mdt.involvements.commands import add_involvement
from mdt.involvements.rules import TieDetails, TieKind
from mdt.letters.records import Telling
from mdt.letters.rules import Audience
from mdt.objections.commands import object_to_sharing
from mdt.own_door.queries import doors_for
from mdt.own_door.records import DoorNote
from mdt.own_door.rules import Part
from mdt.patients.records import Patient
from mdt.patients.rules import LetterFormat
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import end_statement
from mdt.story.records import Statement
from network.plumbing.database import db, in_network, today
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.outcomes.scene import started
from tests.mdt.own_door.scene import BORN, COORDINATOR, make_carer, make_link, said
from tests.mdt.own_page.hands import come_in, phone, rows
from tests.mdt.scene import make_action, make_case, make_decision, make_item, make_meeting, refer


def test_a_carer_sees_what_the_person_agreed_to_and_nothing_to_correct(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    said(cast, patient_id)
    said(cast, patient_id, words="I worry about my drinking.")
    carer_id = make_carer(cast, patient_id)
    object_to_sharing(cast[COORDINATOR], patient_id, ObjectionScope.TOPIC, topic="drinking")
    for name in ("Drinking support", "Meals at noon"):
        add_involvement(cast[COORDINATOR], patient_id, TieDetails(TieKind.SERVICE, name))
    visitor = come_in(make_link(cast, patient_id, carer_id=carer_id, shows=(Part.WORDS, Part.TEAM)))
    page = visitor.get("/own").text
    assert "My allotment." in page
    assert "Meals at noon" in page
    assert "drinking" not in page.lower()
    for absent in ("Correct this", "What is being done", "Who has looked at my record"):
        assert absent not in page
    [own, _] = rows(cast, select(Statement).order_by(Statement.noted_at))
    assert visitor.get(f"/own/words/{own.id}").location == "/own?done=changed"
    assert visitor.get("/own/questions").location == "/own"
    visitor.post("/own/write", data={"words": "I cannot come on Friday."})
    [note] = rows(cast, select(DoorNote))
    assert note.said_by == "Ann Example"


def test_what_others_said_and_what_speaks_of_safeguarding_is_not_on_the_page(cast: Cast) -> None:
    case = make_case(cast)
    said(cast, case.patient_id, words="He drinks.", said_by="A neighbour")
    said(cast, case.patient_id, words="I fear his violence.", said_by="Sam")
    make_action(case, None, cast.elm.id, words="Ring the safeguarding team")
    page = come_in(make_link(cast, case.patient_id), **born_of(cast, case)).get("/own").text
    for absent in ("He drinks.", "violence", "safeguarding"):
        assert absent not in page


def born_of(cast: Cast, case: Case) -> dict[str, str]:
    with in_network(cast.network.id):
        born = db.session.get_one(Patient, case.patient_id).born_on
    return {"day": str(born.day), "month": str(born.month), "year": str(born.year)}


def test_nobody_reads_from_the_page_what_nobody_has_told_them(cast: Cast) -> None:
    case = make_case(cast)
    decision = make_decision(make_item(make_meeting(cast), case))
    make_action(case, None, cast.elm.id, words="Refer to the memory clinic", decision_id=decision.id)
    make_action(case, None, cast.elm.id, words="Fit a grab rail")
    telling = keep(
        Telling(
            case_id=case.id, decision_id=decision.id, audience=Audience.PERSON, whom="Them", due_on=today()
        )
    )
    visitor = come_in(make_link(cast, case.patient_id), **born_of(cast, case))
    page = visitor.get("/own").text
    assert "Fit a grab rail" in page
    assert "memory clinic" not in page
    assert "We talk about it with you first" in page
    with in_network(cast.network.id):
        telling.told_on = today()
        db.session.commit()
    assert "Refer to the memory clinic" in visitor.get("/own").text


def test_questions_that_wait_are_answered_at_the_door(cast: Cast) -> None:
    case = started(cast)
    visitor = come_in(make_link(cast, case.patient_id), **born_of(cast, case))
    assert "Answer 2 sets of questions" in visitor.get("/own").text
    assert visitor.post("/own/questions", data={}).status_code == 422
    fields = re.findall(r'type="radio" name="(\w+)" value="3"', visitor.get("/own/questions").text)
    assert visitor.post("/own/questions", data=dict.fromkeys(fields, "3")).status_code == 303
    assert visitor.get("/own/questions").location == "/own"


def test_the_page_is_in_the_persons_format(cast: Cast) -> None:
    case = refer(cast)
    case.patient.letter_format, case.patient.language = LetterFormat.LARGE_EASY_WORDS, "Polish"
    db.session.commit()
    page = come_in(make_link(cast, case.patient_id)).get("/own").text
    assert "own--large" in page
    assert "People who help me" in page
    assert "in Polish" in page


def test_words_that_ended_meanwhile_are_not_corrected_and_the_person_is_told(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    statement_id = said(cast, patient_id)
    visitor = come_in(make_link(cast, patient_id))
    with in_network(cast.network.id):
        end_statement(cast[COORDINATOR], statement_id)
    answer = visitor.post(f"/own/words/{statement_id}", data={"words": "My sister."})
    assert answer.location == "/own?done=changed"
    assert "This has changed" in visitor.get(answer.location).text


def test_a_link_without_a_date_of_birth_asks_for_none(cast: Cast) -> None:
    token = make_link(cast, refer(cast).patient_id, asks_birthday=False)
    assert "born" not in phone().get(f"/own/open/{token}").text
    assert phone().post(f"/own/open/{token}").location == "/own"


def test_the_link_is_shown_once_with_a_code_and_no_name(cast: Cast) -> None:
    patient_id = refer(cast).patient_id
    coordinator = client_for(cast, COORDINATOR)
    asked = {
        "carer_id": "",
        "is_safe": "yes",
        "handed_over": "On her own phone.",
        "expires_on": (today() + timedelta(days=30)).isoformat(),
        "asks_birthday": "y",
    }
    wrong = coordinator.post(f"/patients/{patient_id}/own-page/new", data=asked | {"is_safe": "no"})
    assert wrong.status_code == 422
    assert "Tell them in another way" in wrong.text
    made = coordinator.post(f"/patients/{patient_id}/own-page/new", data=asked)
    assert "<path d=" in made.text
    assert "SPECIMEN" not in made.text
    assert "Specimen" not in made.text
    link = re.search(r"/own/open/[\w.-]+", made.text)
    assert link
    assert phone().post(link.group(), data=BORN).location == "/own"
    assert link.group() not in coordinator.get(f"/patients/{patient_id}/own-page").text
    with in_network(cast.network.id):
        assert len(doors_for(cast[COORDINATOR], patient_id)) == 1
