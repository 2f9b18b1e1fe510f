from tests.addresses import address
from tests.attempts.services import waiting_file
from tests.cast import Cast
from tests.mdt.local_services import make_navigator, make_offer, make_service
from tests.mdt.scene import make_case


@address("services.show", "services.change", "services.suggest")
def _service(cast: Cast):
    return {"service_id": make_service().id}


@address("service_lists.preview")
def _file(cast: Cast):
    return {"file_id": waiting_file(cast).id}


@address("offering.show", "offering.choose", "offering.navigator", "offering.paper")
def _case(cast: Cast):
    offer = make_offer(cast)
    make_navigator(offer.case)
    return {"case_id": offer.case_id}


@address("offering.offer")
def _to_offer(cast: Cast):
    return {"case_id": make_case(cast).id, "service_id": make_service().id}


@address("offering.answer")
def _offer(cast: Cast):
    return {"offer_id": make_offer(cast).id}
