from tests.addresses import address
from tests.cast import Cast
from tests.mdt.outcomes.scene import answered, link, started, token


@address("outcomes.show")
def _of_case(cast: Cast):
    case = started(cast)
    answered(cast, case)
    return {"case_id": case.id}


@address("outcomes.write", "outcomes.skip", "outcome_links.make")
def _wave(cast: Cast):
    return {"case_id": started(cast).id, "wave": "start"}


@address("outcomes.correct")
def _measure(cast: Cast):
    return {"measure_id": answered(cast)}


@address("outcome_links.show")
def _link(cast: Cast):
    return {"link_id": link(cast, started(cast)).id}


@address("outcome_links.answer")
def _token(cast: Cast):
    return {"token": token(cast)}
