"""The demo's year of rotations: planned, answered by half of the hosts, and published."""

from network.access.rules import SYSTEM
from network.demo import Made
from rota.host_answers.commands import answer_placement, ask_hosts
from rota.host_answers.queries import get_asking_for
from rota.host_answers.rules import Answer
from rota.rotation_news.commands import publish_rotations
from rota.rotation_runs.commands import ask_to_plan
from rota.rotation_runs.tasks import plan_rotations
from rota.rotations.commands import make_plan
from rota.solver.limits import Limits
from rota.training_demo import year_starts

FILLING_SECONDS = 4
WEEKS, BLOCK_WEEKS = 52, 4


def make(made: Made) -> None:
    """Plan a year, let every other host accept, and publish it."""
    version_id = make_plan(SYSTEM, "Training year", year_starts(), WEEKS, BLOCK_WEEKS)
    job_id = ask_to_plan(SYSTEM, version_id, Limits(seconds=FILLING_SECONDS))
    # In this process: what waits in the queue finds the job ended.
    plan_rotations(made.network_id, job_id=job_id)
    for asking_id in ask_hosts(SYSTEM, version_id)[::2]:
        for answer in get_asking_for(SYSTEM, asking_id).asked:
            answer_placement(SYSTEM, answer.id, Answer.ACCEPTED)
    publish_rotations(SYSTEM, version_id)
