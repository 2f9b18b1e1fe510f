"""What the tests of this subject begin with."""

import pytest

from rota.rotas.records import RotaVersion
from rota.staff.records import RotaMember
from tests.cast import Cast
from tests.rota import scene


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    return scene.make_scene(cast)


@pytest.fixture
def version(cast: Cast, people: list[RotaMember]) -> RotaVersion:
    return scene.open_rota(cast)
