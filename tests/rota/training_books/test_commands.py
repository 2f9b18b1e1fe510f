import io

from openpyxl import load_workbook

from network.plumbing.refusals import Refusal
from network.plumbing.spreadsheets import write_workbook
from network.vocabulary import Discipline
from rota.hosts.queries import find_host_at
from rota.learners.commands import keep_apart, set_needs
from rota.learners.queries import learners_for
from rota.learners.rules import Apart, Needs
from rota.training_books.commands import confirm_training_book, upload_training_book
from rota.training_books.queries import training_preview_for, training_sheets_for
from rota.workbook.rules import What
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota.training_books.books import NINA, NURSING, book
from tests.rota.training_scene import LEAD, learner, programme, requirement

NURSES = "Nursing team in general practice"
EVERYTHING = {
    "requirements": [(NURSING, "School nursing", "Community nursing team", 0, 6)],
    "learners": [NINA],
    "done": [("Nina Sample", "Hospital ward", 6, "City Hospital", "01/06/2026")],
    "offers": [("ELM", "Treatment", "Nursing", NURSING, f"{NURSES}, Ward", "07/12/2026", 2)],
}


def outcome_of(cast: Cast, content: bytes):
    return training_preview_for(cast[LEAD], upload_training_book(cast[LEAD], "t.xlsx", content)).outcome


def test_a_year_comes_in_from_one_workbook_as_a_whole_and_a_second_time_changes_nothing(cast: Cast) -> None:
    programme(cast)
    upload_id = upload_training_book(cast[LEAD], "t.xlsx", book(**EVERYTHING))
    shown = training_preview_for(cast[LEAD], upload_id)
    assert [(change.about, change.what) for change in shown.outcome.changes] == [
        (f"{NURSING}: School nursing", What.ADDED),
        ("Nina Sample", What.ADDED),
        ("Nina Sample: Hospital ward", What.ADDED),
        ("ELM: Treatment", What.ADDED),
    ]
    assert not learners_for(cast[LEAD], MONDAY), "a preview writes nothing"
    confirm_training_book(cast[LEAD], upload_id)
    (nina,) = learners_for(cast[LEAD], MONDAY)
    assert (nina.percent, nina.ends_on.isoformat(), nina.history[0].weeks) == (80, "2027-07-04", 6)
    assert requirement(cast, "school_nursing").is_local
    offer = find_host_at(cast.elm_site.id).offers[0]
    assert (offer.most, offer.discipline, len(offer.settings)) == (2, Discipline.NURSING, 2)
    again = outcome_of(cast, book(**EVERYTHING))
    assert not again.problem_count
    assert not again.change_count


def test_what_quorate_holds_comes_back_as_it_is_and_without_what_is_need_to_know(cast: Cast) -> None:
    learner_id = learner(cast)
    set_needs(cast[LEAD], learner_id, Needs("Large print."))
    keep_apart(cast[LEAD], learner_id, Apart("They are married.", site_id=cast.oak_site.id))
    packed = write_workbook(training_sheets_for(cast[LEAD], filled=True))
    words = {str(cell) for sheet in load_workbook(io.BytesIO(packed)) for row in sheet.values for cell in row}
    assert NURSING in words
    assert not {word for word in words if "print." in word or "married" in word}
    back = outcome_of(cast, packed)
    assert not back.problem_count
    assert not back.change_count


def test_every_mistake_is_told_with_its_cell_and_nothing_is_written(cast: Cast) -> None:
    programme(cast)
    wrong = book(
        requirements=[(NURSING, "Hospital ward", "Hospital", 12, 6)],
        learners=[("Nina", "Sample", "Elm Surgery", "Nursing degree", "31/02/2026", 30), NINA],
        done=[("Nobody Here", "Hospital ward", 6, "", "01/06/2026")],
        offers=[("ELX", "Room", "Nursing", NURSING, "Moon base", "07/12/2026", 2)],
    )
    upload_id = upload_training_book(cast[LEAD], "t.xlsx", wrong)
    problems = training_preview_for(cast[LEAD], upload_id).outcome.problems
    assert {(problem.sheet, problem.cell) for problem in problems} >= {
        ("Requirements", "B2"),
        ("Learners", "E2"),
        ("Done before", "A2"),
        ("Offers", "E2"),
    }
    try:
        confirm_training_book(cast[LEAD], upload_id)
    except Refusal:
        assert not learners_for(cast[LEAD], MONDAY)
    else:
        raise AssertionError("what has problems must not be written")
