from dataclasses import replace

from network.people.rules import Details
from network.vocabulary import Discipline
from rota.learners import commands as learners
from rota.learners.rules import Apart, Done, Needs
from rota.programme_packs import commands as packs
from rota.programme_packs.queries import get_pack
from rota.programmes import commands as programmes
from rota.training_books import commands as books
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.makers import MONDAY, make_engagement, make_member
from tests.rota.training_books.books import NINA, book
from tests.rota.training_scene import LEAD, design, learner, programme, requirement, student

PACK = get_pack("nursing_degree")
FURTHER = replace(PACK.requirements[3], key="further", name="Further")


def _retired(cast: Cast):
    programme_id = programme(cast)
    programmes.retire_programme(cast[LEAD], programme_id)
    return programme_id


def _done(cast: Cast):
    return Done(requirement(cast, "hospital").id, 6, MONDAY.replace(year=2025))


def _apart(cast: Cast):
    return Apart("They are married.", member_id=make_member(make_engagement(cast.oak), cast.network).id)


@attempt(programmes.add_programme)
def _add_programme(cast: Cast):
    return by(cast[LEAD], PACK.design, PACK.requirements)


@attempt(programmes.change_programme)
def _change_programme(cast: Cast):
    return by(cast[LEAD], programme(cast), replace(PACK.design, disciplines=(Discipline.PHARMACY,)), 1)


@attempt(programmes.retire_programme)
def _retire_programme(cast: Cast):
    return by(cast[LEAD], programme(cast))


@attempt(programmes.bring_back_programme)
def _bring_back_programme(cast: Cast):
    return by(cast[LEAD], _retired(cast))


@attempt(programmes.add_requirement)
def _add_requirement(cast: Cast):
    return by(cast[LEAD], programme(cast), FURTHER)


@attempt(programmes.change_requirement)
def _change_requirement(cast: Cast):
    return by(cast[LEAD], requirement(cast, "vulnerable").id, replace(PACK.requirements[3], most_weeks=12))


@attempt(programmes.remove_requirement)
def _remove_requirement(cast: Cast):
    return by(cast[LEAD], requirement(cast, "vulnerable").id)


@attempt(packs.use_pack)
def _use_pack(cast: Cast):
    return by(cast[LEAD], "nursing_degree")


@attempt(packs.take_differences)
def _take_differences(cast: Cast):
    return by(cast[LEAD], programme(cast), [], PACK.version)


@attempt(learners.take_on_learner)
def _take_on_learner(cast: Cast):
    return by(cast[LEAD], Details("Nina", "Sample"), cast.elm.id, design(cast))


@attempt(learners.add_learner)
def _add_learner(cast: Cast):
    return by(cast[LEAD], student(cast), design(cast))


@attempt(learners.change_learner)
def _change_learner(cast: Cast):
    return by(cast[LEAD], learner(cast), design(cast, percent=80), 1)


@attempt(learners.end_training)
def _end_training(cast: Cast):
    return by(cast[LEAD], learner(cast))


@attempt(learners.resume_training)
def _resume_training(cast: Cast):
    learner_id = learner(cast)
    learners.end_training(cast[LEAD], learner_id)
    return by(cast[LEAD], learner_id)


@attempt(learners.add_done)
def _add_done(cast: Cast):
    return by(cast[LEAD], learner(cast), _done(cast))


@attempt(learners.remove_done)
def _remove_done(cast: Cast):
    return by(cast[LEAD], learners.add_done(cast[LEAD], learner(cast), _done(cast)))


@attempt(learners.set_needs)
def _set_needs(cast: Cast):
    return by(cast[LEAD], learner(cast), Needs("Large print."))


@attempt(learners.keep_apart)
def _keep_apart(cast: Cast):
    return by(cast[LEAD], learner(cast), _apart(cast))


@attempt(learners.end_keeping_apart)
def _end_keeping_apart(cast: Cast):
    return by(cast[LEAD], learners.keep_apart(cast[LEAD], learner(cast), _apart(cast)))


def _upload(cast: Cast):
    programme(cast)
    return books.upload_training_book(cast[LEAD], "learners.xlsx", book(learners=[NINA]))


@attempt(books.upload_training_book)
def _upload_training_book(cast: Cast):
    programme(cast)
    return by(cast[LEAD], "learners.xlsx", book(learners=[NINA]))


@attempt(books.confirm_training_book)
def _confirm_training_book(cast: Cast):
    return by(cast[LEAD], _upload(cast))


@attempt(books.discard_training_book)
def _discard_training_book(cast: Cast):
    return by(cast[LEAD], _upload(cast))


@attempt(books.note_training_taken_out)
def _note_training_taken_out(cast: Cast):
    return by(cast[LEAD])
