from tests.addresses import address
from tests.cast import Cast
from tests.mdt.self_assessment.scene import asked


@address("self_assessment.show", "self_assessment.answer")
def _assessment(cast: Cast):
    return {"assessment_id": asked(cast)}
