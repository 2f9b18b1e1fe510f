"""A dump of the database tells whoever steals it nothing of a patient, and holds no key."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Enum, String
from sqlalchemy.dialects.postgresql import JSONB

from mdt.cases.records import Case
from mdt.invented import InventedPatient, at_other_points, for_today
from mdt.objections.commands import object_to_sharing
from mdt.referrals.commands import refer_patient
from mdt.referrals.rules import Referral
from mdt.sharing.commands import note_disclosure
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import add_carer, note_statement, record_need
from mdt.story.rules import Heard
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.dumping import dumped, find_tool, server_version
from network.plumbing.encryption import BlindIndex, EncryptedText
from network.plumbing.mail import post
from network.plumbing.settings import Settings
from tests.cast import Cast, client_for
from tests.mdt.everything import SECRETS, make_everything
from tests.mdt.scene import home_of, make_action
from tests.whole import import_every

import_every("records")

STAFF = "somebody who works here"
CODE = "words of ours"
SERVICE = "of a service, to everybody"
# Every column of words in the meeting wing that is not sealed, and what stands in it.
CLEAR = {
    "addendum": {"by": STAFF},
    "agenda_item": {"presenter": STAFF, "added_by": STAFF, "invited": CODE, "checklist": CODE},
    "attendance": {"name": STAFF, "deputy": STAFF},
    "booking": {"unsuitable": CODE, "made_by": STAFF, "ended_by": STAFF},
    "care_relation": {"made_by": STAFF},
    "case_event": {"by": STAFF},
    "contribution": {"panel_version": CODE, "named": CODE, "asked_by": STAFF, "given_by": STAFF},
    "decision": {"agreed_by": CODE, "read_back_by": STAFF, "signed_by": STAFF},
    "disclosure": {"what": CODE},
    "emergency_opening": {"name": STAFF, "organisation": STAFF, "reviewed_by": STAFF},
    "learner_visit": dict.fromkeys(("name", "organisation", "informed_by", "let_in_by", "ended_by"), STAFF),
    "letter_head": dict.fromkeys(("team", "address", "phone", "hours"), "the team's own"),
    "mdt_action": {"owner": STAFF, "made_by": STAFF, "ended_by": STAFF},
    "mdt_case": dict.fromkeys(("referrer", "coordinator", "lead", "answered_by"), STAFF)
    | {"risks": CODE, "closed_as": CODE},
    "mdt_letter": {"made_by": STAFF, "given_by": STAFF},
    "meeting": dict.fromkeys(("chair", "minute_taker", "published_by", "signed_by"), STAFF)
    | {"name": "of a meeting, or the reference of a case", "quorum": CODE},
    "meeting_series": {"name": "of a meeting", "purpose": "of a meeting", "quorum": CODE},
    "meeting_visit": {"name": STAFF},
    "minute_block": {"keys": CODE, "by": STAFF},
    "objection_record": {"recorded_by": STAFF},
    "panel_extra_field": dict.fromkeys(("name", "label", "hint", "choices"), "a question to everybody"),
    "patient": {"made_by": STAFF},
    "patient_hold": {"placed_by": STAFF, "lifted_by": STAFF},
    "patient_merge": {"moved": CODE, "merged_by": STAFF, "undone_by": STAFF},
    "patient_need": {"recorded_by": STAFF},
    "patient_pair": {"told_apart_by": STAFF},
    "removal": {"proposed_by": STAFF, "agreed_by": STAFF, "rows": CODE, "figures": CODE},
    "finding_event": {"by": STAFF},
    "finding_rule": {"criteria": CODE, "made_by": STAFF},
    "risk_list": {"counts": "how many rows", "made_by": STAFF},
    "removal_line": {"refs": "references of cases", "why": CODE, "kept_because": CODE},
    "series_member": {"name": STAFF},
    "sharing_agreement": {"reference": "of an agreement", "signed_by": STAFF, "recorded_by": STAFF},
    "sharing_record": {"informed_by": STAFF, "recorded_by": STAFF},
    "statement": {"heard_by": STAFF, "confirmed_by": STAFF, "ended_by": STAFF},
    "subject_request": {"recorded_by": STAFF, "ended_by": STAFF},
    "telling": {"what": CODE, "told_by": STAFF},
    "care_plan": dict.fromkeys(("agreed_by", "coordinator", "begun_by", "ended_by"), STAFF) | {"ticks": CODE},
    "carer_action": {"asked_by": STAFF, "told_by": STAFF},
    "carer_agreement": {"recorded_by": STAFF},
    "carer_assessment_step": {"recorded_by": STAFF},
    "carer_said": {"heard_by": STAFF, "ended_by": STAFF},
    "effort_scheme": dict.fromkeys(("code", "name", "payer"), "of a contract with organisations"),
    "example_verdict": {"by": STAFF},
    "goal": {"ended_by": STAFF},
    "goal_review": {"reviewed_by": STAFF, "taken_back_by": STAFF},
    "goal_wording": {"written_by": STAFF},
    "involvement": {"about": "of which row", "visits": CODE, "noted_by": STAFF, "ended_by": STAFF},
    "learning_example": {"disciplines": CODE, "author": STAFF},
    "local_service": dict.fromkeys(("provider", "name", "what", "for_whom", "area", "languages"), SERVICE)
    | dict.fromkeys(("access", "cost", "how_to_refer", "phone", "email", "website"), SERVICE)
    | {"referrers": CODE, "checked_by": STAFF},
    "measure": {"instrument": CODE, "version": CODE, "skipped_by": STAFF},
    "measure_answers": {"recorded_by": STAFF},
    "measure_link": {"made_by": STAFF, "ended_by": STAFF},
    "measure_opt_out": {"recorded_by": STAFF, "ended_by": STAFF},
    "navigator": {"named_by": STAFF},
    "own_door": {"reads": CODE, "key_hash": "of a secret", "made_by": STAFF, "ended_by": STAFF},
    "own_door_note": {"read_by": STAFF},
    "own_door_stop": {"stopped_by": STAFF, "lifted_by": STAFF},
    "patient_fact": {"key": CODE, "noted_by": STAFF, "taken_back_by": STAFF},
    "prompt_answer": {"code": CODE, "answered_by": STAFF},
    "prompt_setting": {"code": CODE, "thresholds": CODE, "changed_by": STAFF},
    "self_assessment": {"version": CODE, "opened_by": STAFF},
    "self_assessment_action": {"statement": CODE} | dict.fromkeys(("owner", "noted_by", "done_by"), STAFF),
    "self_assessment_sheet": {"answers": CODE},
    "service_file": {"name": SERVICE},
    "service_offer": {"offered_by": STAFF},
    "service_offer_step": {"noted_by": STAFF},
    "service_suggestion": {"made_by": STAFF, "answered_by": STAFF},
}
MONTHS = r"(0?3|mar(ch)?)"


@pytest.fixture
def dump(app: Flask):
    """Take a dump as whoever steals it would read it."""

    def take() -> str:
        db.session.commit()
        url = app.extensions["settings"].owner_url
        tool = find_tool("pg_dump", server_version(url))
        with dumped(url, tool, "--format=plain", "--inserts", "--column-inserts") as words:
            return words.read().decode()

    return take


def clear_columns() -> Iterator[tuple[str, str]]:
    for mapper in db.Model.registry.mappers:
        if mapper.class_.__module__.startswith("mdt."):
            for column in mapper.local_table.columns:
                sealed = isinstance(column.type, EncryptedText | BlindIndex | Enum)
                if isinstance(column.type, String | JSONB) and not sealed:
                    yield mapper.local_table.name, column.name


def test_every_column_of_words_about_people_is_sealed_or_said_to_hold_none() -> None:
    unsaid = [f"{table}.{name}" for table, name in clear_columns() if name not in CLEAR.get(table, {})]
    assert not unsaid, "seal them (EncryptedText), or say above why nobody can be known by them"
    gone = {(table, name) for table, names in CLEAR.items() for name in names} - set(clear_columns())
    assert not gone


def in_any_spacing(words: str) -> re.Pattern[str]:
    """Find words however they are spelt: spaces, dashes and case do not count; parts of others are others."""
    letters = [re.escape(letter) for letter in words if letter.isalnum()]
    return re.compile(r"(?<![0-9a-z_-])" + r"[\W_]{0,3}".join(letters) + r"(?![0-9a-z_-])", re.IGNORECASE)


def test_a_number_is_found_however_it_is_spelt() -> None:
    for spelt in ("9990000018", "999 000 0018", "999-000-0018", "nhs:999.000.0018;"):
        assert in_any_spacing("999 000 0018").search(spelt)
    assert not in_any_spacing("999 000 0018").search("19990000018")


def test_a_dump_tells_nothing_of_anybody_with_everything_there_can_be(
    app: Flask, cast: Cast, dump, addresses
) -> None:
    known = make_everything(cast)
    coordinator = cast[Role.CARE_COORDINATOR]
    case = db.session.get_one(Case, known["case_id"])
    object_to_sharing(coordinator, case.patient_id, ObjectionScope.TOPIC, topic="The borborygmus.")
    make_action(case, None, cast.charity.id, words="Ring the ptarmigan")
    client = client_for(cast, Role.CARE_COORDINATOR)
    for words in (SECRETS[0], "999 000 0018", "04/03/1941"):
        assert client.post("/cases/find", data={"words": words}).status_code == 200
    client.get(f"/cases/{case.id}")
    post("carer@quincunx.example", "A reference", "Words of the letter with a syzygy")
    told = dump()
    assert str(case.id) in told
    secrets = [*SECRETS, "borborygmus", "ptarmigan", "syzygy", "carer@quincunx", "1941-03-04", "04/03/1941"]
    assert not [each for each in secrets if in_any_spacing(each).search(told)]
    assert not re.search(rf"\b0?4[\W_]*{MONTHS}[\W_]*1941|1941[\W_]*{MONTHS}[\W_]*0?4\b", told, re.IGNORECASE)
    settings: Settings = app.extensions["settings"]
    assert not [each for each in (*settings.keys, settings.index_key, settings.secret_key) if each in told]


def refer_invented(cast: Cast, one: InventedPatient, number: int) -> list[str]:
    """Refer one of the demo's people under a name that is no other word; return what must not be told."""
    coordinator = cast[Role.CARE_COORDINATOR]
    identity = replace(one.identity, family_name=f"Zyx{'abcdefghijklm'[number]}wv")
    asked = Referral(one.question, one.wants or "To stay at home.", basis=one.basis, how_informed="At home.")
    home = home_of(cast, Role.CLINICIAN)
    case_id = refer_patient(cast[Role.CLINICIAN], identity, asked, organisation_id=home, contact=one.contact)
    patient_id = db.session.get_one(Case, case_id).patient_id
    for said in one.said:
        note_statement(coordinator, patient_id, Heard(said.kind, said.words, said.by, "A Nurse", today()))
    for kind, words in one.needs.items():
        record_need(coordinator, patient_id, kind, words)
    for carer in one.carers:
        add_carer(coordinator, patient_id, carer)
        note_disclosure(patient_id, carer.name, "what was decided")
    contact = [one.contact.address, one.contact.phone, one.contact.email, one.contact.postcode]
    words = [said.words for said in one.said] + [*one.needs.values(), one.question, one.wants]
    carers = [part for carer in one.carers for part in (carer.name, carer.phone)]
    born = [identity.born_on.isoformat(), f"{identity.born_on:%d/%m/%Y}", f"{identity.born_on:%d-%b-%Y}"]
    return [identity.family_name, identity.nhs_number or "", *contact, *words, *carers, *born]


def test_a_dump_tells_nothing_of_people_like_those_of_the_demo(cast: Cast, dump) -> None:
    people = [*for_today()[:4], *at_other_points()[:3]]
    secrets = [each for number, one in enumerate(people) for each in refer_invented(cast, one, number)]
    told = dump()
    assert sum(len(each) > 3 for each in secrets) > 40
    assert not [each for each in secrets if len(each) > 3 and in_any_spacing(each).search(told)]
