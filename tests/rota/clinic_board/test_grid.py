from network.access.rules import Role
from network.vocabulary import RoleGroup
from tests.cast import Cast, client_for
from tests.rota.clinic_scene import hold_clinic, seat
from tests.rota.scene import make_scene, open_rota


def test_a_seat_in_a_clinic_is_known_as_such_in_the_grid(cast: Cast) -> None:
    make_scene(cast, doctors=1)
    clinic, version = hold_clinic(cast), open_rota(cast)
    seat(cast, version, clinic, RoleGroup.GP)
    page = client_for(cast, Role.WORKFORCE_MANAGER).get(f"/rota/versions/{version.id}/").text
    assert "Clinic: Diabetes one-stop" in page
    assert "seat in a clinic" in page
