from rota.learners.commands import add_done, keep_apart
from rota.learners.rules import Apart, Done
from rota.training_books.commands import upload_training_book
from tests.addresses import address
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota.training_books.books import NINA, book
from tests.rota.training_scene import LEAD, learner, programme, requirement


@address("programmes.show", "programmes.change", "programmes.add_requirement", "programme_packs.compare")
def _programme(cast: Cast):
    return {"programme_id": programme(cast), "pack": "nursing_degree"}


@address("programmes.change_requirement")
def _requirement(cast: Cast):
    return {"requirement_id": requirement(cast, "hospital").id}


@address("trainees.show", "trainees.change", "trainees.add_done", "trainees.needs", "trainees.keep_apart")
def _learner(cast: Cast):
    learner_id = learner(cast)
    done = Done(requirement(cast, "hospital").id, 6, MONDAY.replace(year=2025))
    apart = Apart("They worked there.", site_id=cast.oak_site.id)
    return {
        "learner_id": learner_id,
        "done_id": add_done(cast[LEAD], learner_id, done),
        "apart_id": keep_apart(cast[LEAD], learner_id, apart),
    }


@address("training_books.preview")
def _upload(cast: Cast):
    programme(cast)
    content = book(learners=[NINA, ("Otto", "Sample", "Elm Surgery", NINA[3], "7 Dec 2026", 100)])
    return {"upload_id": upload_training_book(cast[LEAD], "learners.xlsx", content)}
