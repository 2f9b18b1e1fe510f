import uuid

import pytest

from mdt.holdings.queries import rows_of
from mdt.removals.commands import TooLate, agree_to_removal, drop_removal, propose_removal
from mdt.retention.queries import waiting_for
from mdt.retention.tasks import remove_agreed
from network.access.rules import Role
from network.accounts.queries import workplace_of
from network.plumbing.database import current_network
from network.plumbing.refusals import Invalid, NotAllowed, NotFound
from tests.cast import Cast, new_account
from tests.makers import keep
from tests.mdt.retention.test_removing import make_old

LEAD, COORDINATOR = Role.GOVERNANCE_LEAD, Role.CARE_COORDINATOR


def test_whoever_proposes_does_not_agree_and_nobody_agrees_unseen(cast: Cast) -> None:
    old = make_old(cast)["patient_id"]
    with pytest.raises(NotAllowed):
        propose_removal(cast[COORDINATOR], [old])
    removal_id = propose_removal(cast[LEAD], [old])
    with pytest.raises(NotAllowed, match="You proposed"):
        agree_to_removal(cast[LEAD], removal_id, has_looked=True)
    with pytest.raises(Invalid):
        agree_to_removal(cast[COORDINATOR], removal_id, has_looked=False)
    with pytest.raises(TooLate, match="Another removal"):
        propose_removal(cast[LEAD], [old])
    remove_agreed(current_network(), removal_id=uuid.uuid4())
    with pytest.raises(NotFound):
        # Nobody agreed, so no worker removes, even where one is asked.
        remove_agreed(current_network(), removal_id=removal_id)
    drop_removal(cast[LEAD], removal_id)
    with pytest.raises(TooLate):
        agree_to_removal(cast[COORDINATOR], removal_id, has_looked=True)
    assert not waiting_for(cast[LEAD])
    assert rows_of(old)


def test_another_account_of_whoever_proposed_does_not_agree(cast: Cast) -> None:
    removal_id = propose_removal(cast[LEAD], [make_old(cast)["patient_id"]])
    again = new_account(COORDINATOR, cast.network, cast.elm.id)
    again.person = cast.accounts[LEAD].person
    actor = workplace_of(keep(again)).actor
    with pytest.raises(NotAllowed, match="You proposed"):
        agree_to_removal(actor, removal_id, has_looked=True)
