from datetime import timedelta

import pytest

from mdt.answering import commands as answering
from mdt.asking import commands as asking
from mdt.contributions.queries import missing_for, tiles_for
from mdt.contributions.records import Contribution
from mdt.contributions.rules import Given, Visibility
from mdt.objections.commands import object_to_sharing
from mdt.panels.rules import Answer
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Actor, Role
from network.plumbing.database import db, today
from network.plumbing.refusals import NotFound
from network.vocabulary import Discipline, OrganisationKind
from tests.cast import Cast
from tests.mdt.respondents import make_member, make_pharmacy
from tests.mdt.scene import make_case

COORDINATOR, CHARITY = Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER
WORDS = "Two medicines raise the risk of falls."


class Scene:
    """A case about which a pharmacy, a council and a charity are asked."""

    def __init__(self, cast: Cast) -> None:
        self.case = make_case(cast)
        self.pharmacy, self.pharmacist = make_pharmacy(cast)
        self.council, self.social_worker = make_member(
            cast, "Council", OrganisationKind.SOCIAL_CARE, role=Role.SOCIAL_CARE_MEMBER
        )
        asked = (
            (Discipline.PHARMACY, self.pharmacy),
            (Discipline.SOCIAL_CARE, self.council),
            (Discipline.VOLUNTARY, cast.charity),
        )
        self.rows = {
            discipline: asking.ask_for_contribution(
                cast[COORDINATOR], self.case.id, discipline, organisation.id
            )
            for discipline, organisation in asked
        }

    def give(self, actor: Actor, discipline: Discipline, given: Given) -> None:
        answering.give_contribution(actor, self.rows[discipline], given, seen=1)

    def read_by(self, viewer: Actor, discipline: Discipline = Discipline.PHARMACY) -> str:
        tile = next(each for each in tiles_for(viewer, self.case.id) if each.discipline is discipline)
        return tile.words if tile.is_readable else tile.said


@pytest.mark.parametrize(
    ("visibility", "named", "hidden_from"),
    [
        (Visibility.ALL, (), set()),
        (Visibility.CLINICAL, (), {"charity"}),
        (Visibility.NAMED, (Discipline.SOCIAL_CARE,), {"charity", "coordinator", "practice"}),
    ],
)
def test_each_reader_sees_what_is_for_them(cast: Cast, visibility, named, hidden_from: set[str]) -> None:
    scene = Scene(cast)
    given = Given(words=WORDS, visibility=visibility, named=named)
    scene.give(scene.pharmacist, Discipline.PHARMACY, given)
    readers = {
        "pharmacist": scene.pharmacist,
        "council": scene.social_worker,
        "charity": cast[CHARITY],
        "coordinator": cast[COORDINATOR],
        "practice": cast[Role.CLINICIAN],
    }
    said = {name: scene.read_by(viewer) for name, viewer in readers.items()}
    assert {name for name, words in said.items() if words != WORDS} == hidden_from
    assert {said[name] for name in hidden_from} <= {"Given, for other readers only"}


def test_a_stranger_sees_no_tiles(cast: Cast) -> None:
    scene = Scene(cast)
    with pytest.raises(NotFound):
        tiles_for(cast.stranger, scene.case.id)
    with pytest.raises(NotFound):
        tiles_for(cast[Role.PRACTICE_MANAGER], scene.case.id)


def test_safeguarding_stays_among_clinical_readers_even_where_all_may_read(cast: Cast) -> None:
    scene = Scene(cast)
    answers = {"safeguarding": Answer("yes", today()), "housing": Answer("Ground floor", today())}
    given = Given(answers=answers, visibility=Visibility.ALL)
    scene.give(scene.social_worker, Discipline.SOCIAL_CARE, given)

    def lines(viewer: Actor) -> tuple[tuple[str, str], ...]:
        tiles = tiles_for(viewer, scene.case.id)
        return next(each for each in tiles if each.discipline is Discipline.SOCIAL_CARE).lines

    assert lines(scene.pharmacist) == (("Safeguarding enquiry", "Yes"), ("Housing and money", "Ground floor"))
    assert lines(cast[CHARITY]) == (("Housing and money", "Ground floor"),)


def test_what_is_older_than_a_year_is_marked(cast: Cast) -> None:
    scene = Scene(cast)
    answers = {
        "medicines": Answer(11, today() - timedelta(days=400)),
        "dry_mouth": Answer("yes", today()),
    }
    scene.give(scene.pharmacist, Discipline.PHARMACY, Given(answers=answers))
    tile = next(each for each in tiles_for(cast[COORDINATOR], scene.case.id) if each.lines)
    assert tile.old == {"Regular medicines"}


def test_tiles_stand_in_the_order_of_the_disciplines(cast: Cast) -> None:
    scene = Scene(cast)
    tiles = tiles_for(cast[COORDINATOR], scene.case.id)
    assert [each.discipline for each in tiles] == list(scene.rows)
    assert all(each.said.startswith("Asked on") for each in tiles)


def test_who_has_not_answered_is_missing(cast: Cast) -> None:
    scene = Scene(cast)
    answering.nothing_to_add(scene.pharmacist, scene.rows[Discipline.PHARMACY])
    object_to_sharing(
        cast[COORDINATOR], scene.case.patient_id, ObjectionScope.DISCIPLINE, discipline=Discipline.VOLUNTARY
    )
    missing = missing_for([scene.case.id])[scene.case.id]
    assert [(each.discipline, each.organisation, each.is_late) for each in missing] == [
        (Discipline.SOCIAL_CARE, "Council", False)
    ]
    db.session.get_one(Contribution, scene.rows[Discipline.SOCIAL_CARE]).due_on = today() - timedelta(days=1)
    db.session.commit()
    assert missing_for([scene.case.id])[scene.case.id][0].is_late


def test_whoever_is_asked_again_keeps_what_they_gave_before_on_the_tile(cast: Cast) -> None:
    scene = Scene(cast)
    scene.give(scene.pharmacist, Discipline.PHARMACY, Given(words=WORDS))
    asking.ask_for_contribution(cast[COORDINATOR], scene.case.id, Discipline.PHARMACY, scene.pharmacy.id)
    tile = tiles_for(cast[COORDINATOR], scene.case.id)[0]
    assert (tile.is_open, tile.words) == (True, WORDS)
    assert tile.said.startswith("Asked again on")


def test_nothing_to_add_takes_nothing_from_what_was_given_before(cast: Cast) -> None:
    scene = Scene(cast)
    scene.give(scene.pharmacist, Discipline.PHARMACY, Given(words=WORDS))
    again = asking.ask_for_contribution(
        cast[COORDINATOR], scene.case.id, Discipline.PHARMACY, scene.pharmacy.id
    )
    answering.nothing_to_add(scene.pharmacist, again)
    tile = tiles_for(cast[COORDINATOR], scene.case.id)[0]
    assert (tile.said, tile.words) == ("Asked again: nothing to add", WORDS)
    assert tiles_for(cast[CHARITY], scene.case.id)[0].words == ""
