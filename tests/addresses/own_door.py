from mdt.own_door.commands import stop_own_doors
from tests.addresses import address
from tests.cast import Cast
from tests.mdt.own_door.scene import COORDINATOR, make_link, said
from tests.mdt.scene import refer


@address("own_door.show", "own_door.make", "own_door.lift")
def _own_pages(cast: Cast):
    patient_id = refer(cast).patient_id
    make_link(cast, patient_id)
    stop_own_doors(cast[COORDINATOR], patient_id)
    return {"patient_id": patient_id}


@address("own_page.enter")
def _link(cast: Cast):
    return {"token": make_link(cast, refer(cast).patient_id)}


@address("own_page.correct")
def _words(cast: Cast):
    return {"statement_id": said(cast, refer(cast).patient_id)}
