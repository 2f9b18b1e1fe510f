import re

from mdt.objections.commands import object_to_sharing
from mdt.referrals.commands import accept_referral
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.mdt.scene import refer

COORDINATOR, CLINICIAN, CHARITY = Role.CARE_COORDINATOR, Role.CLINICIAN, Role.VOLUNTARY_MEMBER


def page(cast: Cast, role: Role, path: str) -> str:
    answer = client_for(cast, role).get(path)
    assert answer.status_code == 200
    return answer.text


def found(cast: Cast, role: Role, words: str) -> str:
    answer = client_for(cast, role).post("/cases/find", data={"words": words})
    assert answer.status_code == 200
    return answer.text


def test_the_list_names_people_in_its_rows_and_nobody_in_its_title(cast: Cast) -> None:
    refer(cast)
    shown = page(cast, COORDINATOR, "/cases")
    assert "SPECIMEN, Edith (Mrs)" in shown
    assert "Specimen" not in shown.split("</title>")[0]


def test_each_list_has_its_cases(cast: Cast) -> None:
    case = refer(cast)
    assert "C-0001" in page(cast, COORDINATOR, "/cases?show=triage")
    assert "C-0001" not in page(cast, COORDINATOR, "/cases?show=ready")
    assert "C-0001" not in page(cast, COORDINATOR, "/cases?show=mine")
    accept_referral(cast[COORDINATOR], case.id, coordinator_id=cast[COORDINATOR].account_id)
    assert "C-0001" in page(cast, COORDINATOR, "/cases?show=ready")
    assert "C-0001" in page(cast, COORDINATOR, "/cases?show=mine")


def test_a_list_or_page_that_is_none_is_the_first(cast: Cast) -> None:
    refer(cast)
    assert "C-0001" in page(cast, COORDINATOR, "/cases?show=nonsense&page=99")


def test_finding_nothing_and_not_being_allowed_look_the_same(cast: Cast) -> None:
    refer(cast)
    hidden, missing = (found(cast, CHARITY, words) for words in ("Specimen", "Specimex"))
    assert "SPECIMEN" not in hidden
    # What was typed, and the tokens of the form and the scripts, differ from page to page.
    apart = re.compile(r'(value|nonce|content)="[^"]*"')
    assert apart.sub("", hidden) == apart.sub("", missing)


def test_an_objection_stands_in_the_row(cast: Cast) -> None:
    case = refer(cast)
    object_to_sharing(
        cast[COORDINATOR], case.patient_id, ObjectionScope.DISCIPLINE, discipline=Discipline.PHARMACY
    )
    assert "Not to be shared with pharmacy" in page(cast, CLINICIAN, "/cases")
