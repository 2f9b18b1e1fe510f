from network.access.rules import Role
from rota.jobs.tasks import solve
from rota.planning.commands import ask_to_fill
from rota.rotas.commands import open_period
from rota.solver.limits import Limits
from tests.cast import Cast, client_for
from tests.makers import MONDAY
from tests.rota import scene

QUICK = Limits(seconds=1.0, workers=1)


def test_the_pages_of_a_rota_can_be_seen(cast: Cast) -> None:
    scene.make_scene(cast)
    manager = cast[Role.WORKFORCE_MANAGER]
    version_id = open_period(manager, MONDAY, 1)
    job_id = ask_to_fill(manager, version_id, QUICK)
    solve(manager.network_id, job_id=job_id)
    client = client_for(cast, Role.WORKFORCE_MANAGER)
    for url in (
        "/rota/",
        "/rota/new",
        f"/rota/versions/{version_id}/",
        f"/rota/jobs/{job_id}/",
        f"/rota/versions/{version_id}/publish/",
    ):
        answer = client.get(url)
        assert answer.status_code == 200, (url, answer.text[:3000])
