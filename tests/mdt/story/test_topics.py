"""What is not to be told is not told by saying so."""

from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from tests.cast import Cast, client_for
from tests.mdt.scene import refer

COORDINATOR, CHARITY = Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER


def test_which_topic_is_read_by_clinical_readers_only(cast: Cast) -> None:
    case = refer(cast, CHARITY)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="her xanthoma")
    for page in (
        f"/cases/{case.id}",
        f"/patients/{case.patient_id}",
        f"/patients/{case.patient_id}/objections",
    ):
        read = client_for(cast, CHARITY).get(page).text
        assert "xanthoma" not in read
        assert "One topic is not to be told" in read
    assert "her xanthoma" in client_for(cast, COORDINATOR).get(f"/cases/{case.id}").text


def test_the_banner_names_no_topic_to_anybody(cast: Cast) -> None:
    case = refer(cast, CHARITY)
    object_to_sharing(cast[COORDINATOR], case.patient_id, ObjectionScope.TOPIC, topic="her xanthoma")
    assert "xanthoma" not in client_for(cast, COORDINATOR).get("/cases").text
