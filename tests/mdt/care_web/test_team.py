"""Who is around a person is drawn from what is known, told more of by hand, and read by whom it may be."""

import pytest

from mdt.contributions.rules import Visibility
from mdt.involvements import commands
from mdt.involvements.queries import team_of, team_seen
from mdt.involvements.rules import (
    Coming,
    PartOfDay,
    Purpose,
    Rhythm,
    Ring,
    TieDetails,
    TieKind,
    Visit,
)
from mdt.objections.commands import object_to_sharing
from mdt.sharing.queries import access_to
from mdt.sharing.rules import ObjectionScope
from mdt.story.commands import add_carer, end_carer, note_statement
from mdt.story.rules import CarerDetails, CarerRole, Heard, StatementKind
from network.access.rules import Role
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, NotFound
from network.vocabulary import Discipline
from tests.cast import Cast, client_for
from tests.mdt.local_services import make_navigator
from tests.mdt.respondents import ask, give, make_pharmacy
from tests.mdt.scene import make_case

COORDINATOR = Role.CARE_COORDINATOR
MORNINGS = Coming(Rhythm.WEEKLY, frozenset({Visit(1, PartOfDay.MORNING)}))
NURSE = TieDetails(TieKind.SERVICE, "Leg nurse", Discipline.COMMUNITY_NURSING, Purpose.NURSING, "", MORNINGS)


def names_of(patient_id) -> set[str]:
    return {tie.name for tie in team_of(patient_id)}


def test_the_team_is_drawn_from_what_is_known_and_follows_it(cast: Cast) -> None:
    actor, case = cast[COORDINATOR], make_case(cast)
    patient_id = case.patient_id
    pharmacy, pharmacist = make_pharmacy(cast)
    row = ask(cast, case, pharmacy)
    assert names_of(patient_id) == {actor.name}
    give(pharmacist, row)
    carer_id = add_carer(actor, patient_id, CarerDetails("Ann Specimen", "daughter"))
    add_carer(actor, patient_id, CarerDetails("Bob Specimen", "son", role=CarerRole.NOT_INVOLVED))
    for said_by in ("Ann, her daughter", "Mrs Example, neighbour", "Edith"):
        note_statement(actor, patient_id, Heard(StatementKind.STORY, "A story.", said_by, "A Nurse", today()))
    assert names_of(patient_id) == {actor.name, pharmacy.name, "Ann Specimen", "Mrs Example, neighbour"}

    # Told for named disciplines only, it is for no page of the person; objected to, it is for nobody.
    row.visibility = Visibility.NAMED
    db.session.commit()
    assert pharmacy.name not in names_of(patient_id)
    assert pharmacy.name in {tie.name for tie in team_seen(access_to(actor, patient_id))}
    row.visibility = Visibility.CLINICAL
    db.session.commit()
    assert pharmacy.name in names_of(patient_id)
    object_to_sharing(actor, patient_id, ObjectionScope.DISCIPLINE, discipline=Discipline.PHARMACY)
    assert pharmacy.name not in names_of(patient_id)
    end_carer(actor, carer_id)
    # She spoke for her mother nevertheless.
    assert "Ann Specimen" not in names_of(patient_id)


def test_more_is_said_of_who_is_drawn_and_it_stays_when_they_are_drawn_no_more(cast: Cast) -> None:
    actor, patient_id = cast[COORDINATOR], make_case(cast).patient_id
    carer_id = add_carer(actor, patient_id, CarerDetails("Ann Specimen", "daughter"))
    key = f"carer:{carer_id}"
    said = TieDetails(TieKind.SERVICE, "Somebody else", coming=MORNINGS, is_valued=True)
    row_id = commands.say_more(actor, patient_id, key, said)
    tie = next(tie for tie in team_of(patient_id) if tie.key == key)
    assert (tie.name, tie.kind, tie.coming, tie.is_valued) == ("Ann Specimen", TieKind.CARER, MORNINGS, True)
    assert tie.ring is Ring.CLOSE
    with pytest.raises(NotFound):
        commands.say_more(actor, patient_id, key, said)
    end_carer(actor, carer_id)
    assert {tie.name: tie.coming for tie in team_of(patient_id)}["Ann Specimen"] == MORNINGS
    commands.end_involvement(actor, row_id)
    assert "Ann Specimen" not in names_of(patient_id)


def test_an_entry_is_changed_by_one_at_a_time_and_nonsense_is_refused(cast: Cast) -> None:
    actor, patient_id = cast[COORDINATOR], make_case(cast).patient_id
    row_id = commands.add_involvement(actor, patient_id, NURSE)
    commands.change_involvement(actor, row_id, NURSE, seen=1)
    with pytest.raises(commands.ChangedMeanwhile):
        commands.change_involvement(actor, row_id, NURSE, seen=1)
    for wrong in (
        TieDetails(TieKind.SERVICE, " "),
        TieDetails(TieKind.SERVICE, "Nurse", coming=Coming(Rhythm.WEEKLY)),
        TieDetails(TieKind.SERVICE, "Nurse", coming=Coming(Rhythm.EVERY_WEEKS, every_weeks=60)),
        TieDetails(TieKind.SERVICE, "Nurse", coming=Coming(Rhythm.ONCE)),
    ):
        with pytest.raises(Invalid):
            commands.add_involvement(actor, patient_id, wrong)


def test_the_page_draws_and_lists_them_and_a_wrong_form_keeps_what_was_typed(cast: Cast) -> None:
    actor, patient_id = cast[COORDINATOR], make_case(cast).patient_id
    commands.add_involvement(actor, patient_id, NURSE)
    client = client_for(cast, COORDINATOR)
    page = client.get(f"/patients/{patient_id}/care-web").text
    assert "Leg nurse" in page
    assert "Nobody comes on Monday, Wednesday, Thursday or Friday or at the weekend." in page
    assert "Tuesday morning" in client.get(f"/patients/{patient_id}/care-web?as=list").text
    typed = {"kind": "service", "name": "Night nurse", "rhythm": "weekly", "discipline": "", "purpose": ""}
    answer = client.post(f"/patients/{patient_id}/care-web/new", data=typed)
    assert answer.status_code == 422
    assert "Tick when in the week they come." in answer.text
    assert 'value="Night nurse"' in answer.text
    answer = client.post(f"/patients/{patient_id}/care-web/new", data=typed | {"visits": ["5-night"]})
    assert answer.status_code == 303
    assert (
        "Nobody comes on Monday, Wednesday, Thursday, Friday or Sunday."
        in client.get(f"/patients/{patient_id}/care-web").text
    )


def test_who_is_not_clinical_sees_nobody_who_is(cast: Cast) -> None:
    actor, case = cast[COORDINATOR], make_case(cast)
    commands.add_involvement(actor, case.patient_id, NURSE)
    commands.add_involvement(actor, case.patient_id, TieDetails(TieKind.NEIGHBOUR, "Mrs Example"))
    practice = TieDetails(
        TieKind.SERVICE, "The surgery", Discipline.GENERAL_PRACTICE, Purpose.MIND, "Gives insulin", MORNINGS
    )
    commands.add_involvement(actor, case.patient_id, practice)
    ask(cast, case, cast.charity, Discipline.VOLUNTARY)
    volunteer = cast[Role.VOLUNTARY_MEMBER]
    assert {tie.name for tie in team_seen(access_to(volunteer, case.patient_id))} == {
        actor.name,
        "Mrs Example",
        "The surgery",
    }
    page = client_for(cast, Role.VOLUNTARY_MEMBER).get(f"/patients/{case.patient_id}/care-web").text
    assert "Mrs Example" in page
    for clinical in ("Leg nurse", "insulin", Purpose.MIND.label):
        assert clinical not in page
    assert "Nobody comes" not in page
    with pytest.raises(Invalid, match="Choose family"):
        commands.add_involvement(volunteer, case.patient_id, NURSE)


def test_whoever_helps_to_find_the_way_is_in_the_web_as_long_as_they_do(cast: Cast) -> None:
    case = make_case(cast)
    navigator = make_navigator(case)
    [tie] = [each for each in team_of(case.patient_id) if each.name == navigator.name]
    assert tie.sources == ("Helps to find the way between services",)
    navigator.ended_on = today()
    db.session.commit()
    assert navigator.name not in names_of(case.patient_id)
