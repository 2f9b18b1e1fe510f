import html
import re

from network.access.rules import Role
from network.vocabulary import Activity, SessionKind
from rota.publishing.queries import publishing_for
from rota.rotas.records import RotaVersion
from tests.cast import Cast, client_for
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
MORNING = (SessionKind.MORNING,)


def page_of(cast: Cast, version: RotaVersion) -> str:
    answer = client_for(cast, MANAGER).get(f"/rota/versions/{version.id}/publish/")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def unfilled(cast: Cast, *weekdays: int) -> RotaVersion:
    """Open a rota in which nobody is placed; a duty doctor is wanted on the mornings of some weekdays."""
    scene.want(cast.elm_site, activity=Activity.DUTY, weekdays=weekdays, kinds=MORNING)
    scene.want(cast.oak_site, weekdays=(0,), kinds=MORNING)
    return scene.open_rota(cast)


def test_missing_duty_doctors_are_told_in_one_line_apart_from_other_short_sessions(cast: Cast) -> None:
    version = unfilled(cast, 0, 1, 2)
    page = page_of(cast, version)
    line = (
        "<strong>3 duty doctor sessions have nobody:</strong> Elm Surgery on Mon 7 Dec AM, "
        "Elm Surgery on Tue 8 Dec AM and Elm Surgery on Wed 9 Dec AM."
    )
    assert line in page
    assert page.index(line) < page.index("What is short")
    assert [each for each in publishing_for(cast[MANAGER], version.id).short if "Duty" in each] == []
    assert re.search(r"Other cover.*Oak Surgery", page, re.DOTALL)


def test_no_line_about_duty_doctors_where_none_is_missing(cast: Cast) -> None:
    page = page_of(cast, unfilled(cast))
    assert "have nobody" not in page
    assert "What is short" in page


def test_the_button_says_that_publishing_is_under_way(cast: Cast) -> None:
    member = scene.make_worker(cast, "Example")
    version = unfilled(cast)
    scene.put(version, member, cast.oak_site, cast[MANAGER])
    assert re.search(r'<button[^>]*data-busy="Publishing…"[^>]*>Publish</button>', page_of(cast, version))
