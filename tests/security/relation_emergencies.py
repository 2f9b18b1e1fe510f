"""Opening somebody in an emergency, written down in the table of relations by hand."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
)

from mdt.emergencies.commands import end_emergency, open_in_emergency
from mdt.emergencies.queries import own_openings
from mdt.emergencies.rules import EmergencyKind, Wanted
from network.plumbing.database import now, today
from tests.security.relation_table import Tie
from tests.security.relation_watch import PEOPLE, Watched


class Emergencies(Watched):
    """Emergencies, for a person's own care and for danger."""

    @rule(
        who=st.sampled_from(["clinician", "colleague", "both"]),
        person=st.sampled_from([0, 1]),
        kind=st.sampled_from(list(EmergencyKind)),
    )
    def break_glass(self, who: str, person: int, kind: EmergencyKind) -> None:
        cases = [case for case, whose in self.table.persons.items() if whose == person]
        knew_all = all(self._reasons(who, case) for case in cases)
        reason = "danger" if kind is EmergencyKind.DANGER else "emergency"
        tie = Tie(reason, person, None, today(), who=who, until=now() + timedelta(hours=8))
        number = Wanted(PEOPLE[person].nhs_number)
        found = self._done(open_in_emergency, self.stage[who], number, kind, "Found on the floor at home.")
        if found is not None and not knew_all:
            assert not self.table.is_objected(tie, who)
            self.table.ties.append(tie)
            self.openings.append((who, own_openings(self.stage[who])[0].opening.id, tie))

    @precondition(lambda self: self.openings)
    @rule(data=st.data())
    def end_emergency(self, data: Any) -> None:
        opened = self._one_of(data, self.openings)
        if opened is not None:
            who, opening, tie = opened
            self.openings.remove(opened)
            if self._done(end_emergency, self.stage[who], opening, gives=True):
                tie.until = now()
