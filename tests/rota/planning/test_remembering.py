"""Facts that pages remember until one of them changes."""

from network.access.rules import Role
from network.vocabulary import SessionKind
from rota.demand.commands import close_site
from rota.facts.queries import remembered_facts_of
from rota.planning.queries import planned_for
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
AM, PM, EVENING = SessionKind.MORNING, SessionKind.AFTERNOON, SessionKind.EVENING


def test_pages_remember_facts_until_one_changes(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    first = remembered_facts_of(version.period)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    assert remembered_facts_of(version.period) is first
    close_site(cast[MANAGER], cast.elm_site.id, MONDAY, "Flood")
    later = remembered_facts_of(version.period)
    assert later is not first
    assert len(later.roster.closures) == 1


def test_what_others_crowd_out_of_memory_is_shown_all_the_same(cast: Cast, monkeypatch) -> None:
    class Crowded(dict):
        def __setitem__(self, *_: object) -> None:
            """Forget at once, as if other requests had remembered much at the same moment."""

    monkeypatch.setattr("rota.facts.queries._remembered", Crowded())
    scene.make_scene(cast)
    assert len(remembered_facts_of(scene.open_rota(cast).period).roster.members) == 3


def test_a_problem_from_remembered_facts_is_the_same(cast: Cast) -> None:
    doctor, *_ = scene.make_scene(cast)
    version = scene.open_rota(cast)
    scene.put(version, doctor, cast.elm_site, cast[MANAGER])
    for _ in range(2):
        remembered = planned_for(version, remembered_facts_of(version.period))
        assert remembered.problem == planned_for(version).problem
        assert remembered.hash == planned_for(version).hash
