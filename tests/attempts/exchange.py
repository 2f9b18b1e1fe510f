from mdt.exchange import commands
from network.access.rules import Role
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.exchange.files import EDITH_SENT, brought, bundle
from tests.mdt.scene import refer

CLINICIAN = Role.CLINICIAN


@attempt(commands.give_case)
def _give_case(cast: Cast):
    return by(cast[CLINICIAN], refer(cast).id, recipient="The community trust", reason="Shared visits.")


@attempt(commands.bring_record)
def _bring_record(cast: Cast):
    refer(cast)
    return by(cast[CLINICIAN], bundle(EDITH_SENT))


@attempt(commands.note_record_compared)
def _note_record_compared(cast: Cast):
    return by(cast[CLINICIAN], brought(cast))


@attempt(commands.take_record_over)
def _take_record_over(cast: Cast):
    return by(cast[CLINICIAN], brought(cast), ["phone"], with_plan=False, seen=1)


@attempt(commands.discard_record)
def _discard_record(cast: Cast):
    return by(cast[CLINICIAN], brought(cast))
