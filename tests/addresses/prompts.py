from tests.addresses import address
from tests.cast import Cast
from tests.mdt.prompted import dry_mouth
from tests.mdt.scene import make_case


@address("prompts.show")
def _prompt(cast: Cast):
    return {"code": "X01"}


@address("prompting.of_case")
def _prompts_of_case(cast: Cast):
    return {"case_id": dry_mouth(cast).id}


@address("prompting.ask", "prompting.act", "prompting.bring", "prompting.dismiss")
def _open_prompt(cast: Cast):
    return {"case_id": dry_mouth(cast).id, "code": "X01"}


@address("facts.show")
def _facts(cast: Cast):
    return {"patient_id": dry_mouth(cast).patient_id}


@address("facts.note")
def _group(cast: Cast):
    return {"patient_id": make_case(cast).patient_id, "group": 0}


@address("facts.history")
def _history(cast: Cast):
    return {"patient_id": dry_mouth(cast).patient_id, "key": "medicines"}
