from tests.addresses import address
from tests.cast import Cast
from tests.mdt.learners.scene import let_in
from tests.mdt.scene import make_case


@address("learners.of_case")
def _of_case(cast: Cast):
    case = make_case(cast)
    let_in(cast, case)
    return {"case_id": case.id}
