"""The copy: all that is held of one person, nothing of another, and others' words only where ticked."""

import io
import json
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from sqlalchemy import func, select

from mdt.carers.commands import CarerWords, note_carer_said
from mdt.carers.rules import SaidKind, Strain
from mdt.cases.commands import note_case_opened
from mdt.contributions.records import Contribution
from mdt.contributions.rules import Visibility
from mdt.holdings.queries import rows_of
from mdt.involvements.commands import add_involvement
from mdt.involvements.rules import TieDetails, TieKind
from mdt.patients.rules import Identity
from mdt.story.commands import add_carer, note_statement
from mdt.story.rules import CarerDetails, Heard, StatementKind
from mdt.subject_access.commands import EndedAlready, end_request, make_copy, record_request, reopen_request
from mdt.subject_access.queries import get_request_for, requests_for
from mdt.subject_access.rules import Apart, AskedBy, RequestOutcome
from network.access.rules import Role
from network.audit.records import AuditEntry
from network.plumbing.database import db, today
from network.plumbing.refusals import NotAllowed, NotFound
from tests.cast import Cast, client_for
from tests.mdt.everything import CLINICAL, FAMILY, PASTED, QUESTION, STATED, WORDS, make_everything
from tests.mdt.scene import NUMBERS, refer
from tests.mdt.whole_person import make_whole_person

COORDINATOR, LEAD = Role.CARE_COORDINATOR, Role.GOVERNANCE_LEAD
OWN_NEEDS, PHONE, DAUGHTER, SENSITIVE = (
    "respite for Ann",
    "01632 960983",
    "She forgets.",
    "Told in confidence",
)
CONFIDED, NEIGHBOUR = "I think of leaving.", "01632 960984"
APART = (OWN_NEEDS, PHONE, DAUGHTER, SENSITIVE, CONFIDED, NEIGHBOUR)


def opened(packed: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture
def known(cast: Cast):
    known = make_everything(cast)
    known |= make_whole_person(cast, known)
    coordinator = cast[COORDINATOR]
    details = CarerDetails("Ann", phone=PHONE, own_needs=OWN_NEEDS)
    carer_id = add_carer(coordinator, known["patient_id"], details)
    confided = CarerWords(SaidKind.STRAIN, CONFIDED, today(), Strain.CANNOT, is_confidential=True)
    note_carer_said(coordinator, carer_id, confided)
    next_door = TieDetails(TieKind.NEIGHBOUR, "Mrs Specimen next door", contact=NEIGHBOUR)
    add_involvement(coordinator, known["patient_id"], next_door)
    heard = Heard(StatementKind.WORRIES, DAUGHTER, "Ann, her daughter", "A Nurse", today())
    note_statement(coordinator, known["patient_id"], heard)
    row = db.session.get_one(Contribution, known["contribution_id"])
    db.session.add(
        Contribution(
            case_id=row.case_id,
            discipline=row.discipline,
            organisation_id=row.organisation_id,
            state=row.state,
            words=SENSITIVE,
            visibility=Visibility.NAMED,
            asked_by="Nobody",
        )
    )
    refer(
        cast, identity=Identity("Somebodyelse", "Sam", date(1950, 5, 6), NUMBERS[1]), question="Of another?"
    )
    note_case_opened(coordinator, known["case_id"])
    db.session.commit()
    return known


def test_the_copy_holds_all_of_one_person_and_nothing_of_another(cast: Cast, known) -> None:
    coordinator = cast[COORDINATOR]
    request_id = record_request(coordinator, known["patient_id"], AskedBy.PERSON, today(), "By letter.")
    copy = make_copy(coordinator, request_id)
    files = opened(copy.packed)
    assert copy.name == "copy-C-0001.zip"
    assert set(files) == {
        "copy.html",
        "copy.json",
        "who-saw-it.html",
        "read-me.txt",
        "letters/letter-01.html",
    }
    for words in (
        FAMILY,
        QUESTION,
        STATED,
        PASTED,
        CLINICAL,
        WORDS,
        "4 March 1941",
        "Good Neighbours",
        "By letter.",
    ):
        assert words in files["copy.html"], words
    assert f"Dear {FAMILY}" in files["letters/letter-01.html"]
    assert "opened your case, because they coordinate care in this network" in files["who-saw-it.html"]
    everything = " ".join(files.values())
    assert "Somebodyelse" not in everything
    assert "Of another?" not in everything

    tables = json.loads(files["copy.json"])["tables"]
    held = rows_of(known["patient_id"])
    left_out = {"statement": 1, "contribution": 1}
    assert {name: len(rows) for name, rows in tables.items()} == {
        name: len(ids) - left_out.get(name, 0)
        for name, ids in held.items()
        # How a link reached the person may tell where they are safe.
        if name not in {"patient_name_beginning", "carer_said", "own_door"}
    }
    assert "nhs_index" not in tables["patient"][0]

    # What is others' is left out and named; the carer stays, without a way to reach them.
    for words in APART:
        assert words not in everything, words
    assert "Mrs Specimen next door" in everything
    assert "What carers told in confidence (1 entry)" in files["read-me.txt"]
    assert "What other people said about the person (1 entry)" in files["read-me.txt"]
    assert "How carers are reached and what they need for themselves (3 entries)" in files["copy.html"]
    all_of_it = " ".join(opened(make_copy(coordinator, request_id, list(Apart)).packed).values())
    for words in (*APART, "Nothing was left out."):
        assert words in all_of_it, words

    given = select(AuditEntry).where(AuditEntry.verb == "give_copy").order_by(AuditEntry.number)
    entries = db.session.scalars(given).all()
    assert [entry.about_id for entry in entries] == [known["patient_id"]] * 2
    assert entries[1].details["included"] == sorted(Apart)
    assert FAMILY not in str([entry.details for entry in entries])


def test_a_request_waits_until_it_ends_and_can_be_opened_again(cast: Cast, known) -> None:
    coordinator = cast[COORDINATOR]
    came = today() - timedelta(days=40)
    request_id = record_request(coordinator, known["patient_id"], AskedBy.CARER, came)
    # What is due first comes first.
    waiting = requests_for(cast[LEAD], is_open=True)[0]
    assert (waiting.request.id, waiting.refs, waiting.patient) == (request_id, ["C-0001"], None)
    assert "day" in client_for(cast, LEAD).get("/").text
    page = client_for(cast, LEAD).get(f"/sharing/copies/{request_id}").text
    assert "C-0001" in page
    assert FAMILY.upper() not in page.upper()
    assert "Make the copy" not in page
    end_request(coordinator, request_id, RequestOutcome.REFUSED, today(), "Not who they said.")
    assert request_id not in {each.request.id for each in requests_for(coordinator, is_open=True)}
    assert [each.request.id for each in requests_for(coordinator, is_open=False)] == [request_id]
    with pytest.raises(EndedAlready):
        make_copy(coordinator, request_id)
    reopen_request(coordinator, request_id)
    assert get_request_for(coordinator, request_id).request.outcome is None
    with pytest.raises(NotAllowed):
        make_copy(cast[LEAD], request_id)
    with pytest.raises(NotFound):
        get_request_for(cast[Role.CLINICIAN], request_id)


def test_the_pages_lead_from_a_request_to_the_archive(cast: Cast, known) -> None:
    client = client_for(cast, COORDINATOR)
    asked = {"asked_by": "person", "received_on": today().isoformat(), "note": "By letter."}
    wrong = client.post("/sharing/copies/new", data=asked | {"whom": "C-9999"})
    assert wrong.status_code == 422
    assert "Nobody is known by that here" in wrong.text
    assert "By letter." in wrong.text
    made = client.post("/sharing/copies/new", data=asked | {"whom": "999 000 0018"})
    assert made.status_code == 303
    assert FAMILY.upper() in client.get(made.location).text
    given = client.post(f"{made.location}/copy", data={"included": ["others"]})
    assert given.headers["Content-Disposition"] == "attachment; filename=copy-C-0001.zip"
    assert given.headers["Cache-Control"] == "no-store"
    assert DAUGHTER in opened(given.data)["copy.html"]
    assert client.post(f"{made.location}/copy", data={"included": ["x"]}).status_code == 422
    ended = client.post(f"{made.location}/end", data={"outcome": "refused", "ended_on": today().isoformat()})
    assert (ended.status_code, "Enter why no copy was given" in ended.text) == (422, True)
    done = client.post(f"{made.location}/end", data={"outcome": "given", "ended_on": today().isoformat()})
    assert done.status_code == 303
    assert "Copy given" in client.get("/sharing/copies").text
    assert db.session.scalar(select(func.count()).where(AuditEntry.verb == "give_copy")) == 1
