from tests.addresses import address
from tests.cast import Cast
from tests.mdt.scene import refer


@address("seen.show")
def _whom_somebody_saw(cast: Cast):
    return {"patient_id": refer(cast).patient_id}
