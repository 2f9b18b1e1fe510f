"""Passing on what a coordinator left behind: no case and no plan stays without one."""

import uuid
from collections.abc import Mapping

from mdt.cases.commands import lock_case, tell
from mdt.cases.records import Case
from mdt.plans.queries import coordinators_for
from mdt.plans.records import CarePlan
from mdt.sharing.commands import end_relations, relate
from mdt.sharing.rules import Reason
from mdt.succession.queries import COORDINATED, loads_of, orphaned_cases, orphaned_plans
from mdt.succession.rules import heir
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import current_network, take_turns, today


@command
def pass_on(actor: Actor) -> int:
    """Pass on what those left who coordinate no more, each person to the least laden; return how many."""
    require(actor.may(Permission.BUILD_LISTS))
    take_turns("succession")
    names = {one.account_id: one.name for one in coordinators_for(actor)}
    cases, plans = orphaned_cases(names), orphaned_plans(names)
    loads = loads_of(names)
    chosen: dict[uuid.UUID, uuid.UUID] = {}
    left: list[Case | CarePlan] = [*cases, *plans]
    passed = 0
    for each in left:
        taken = chosen.get(each.patient_id) or heir(loads, names)
        if taken is None:
            break
        if each.patient_id not in chosen:
            chosen[each.patient_id] = taken
            loads[taken] += 1
        passed += _give(actor, each, taken, names)
    record(actor, "pass_on", "network", current_network(), passed=passed)
    return passed


def _give(actor: Actor, left: Case | CarePlan, account_id: uuid.UUID, names: Mapping[uuid.UUID, str]) -> bool:
    name = names[account_id]
    if isinstance(left, CarePlan):
        left.coordinator_id, left.coordinator = account_id, name
        record(actor, "pass_on_plan", "patient", left.patient_id, plan=str(left.id))
        return True
    case = lock_case(left)
    if case.coordinator_id in names or case.state not in COORDINATED:
        # Somebody took it on, or ended it, since it was looked for.
        return False
    before = f"{case.coordinator} coordinates no more; " if case.coordinator else ""
    said = f"{before}{name} {'does' if before else 'coordinates'}."
    if case.coordinator_id is not None:
        end_relations(case.id, today(), account_id=case.coordinator_id)
    case.coordinator_id, case.coordinator = account_id, name
    relate(actor, case.patient, Reason.COORDINATES, account_id=account_id, case_id=case.id, from_id=case.id)
    tell(actor, case, said)
    record(actor, "pass_on_case", "case", case.id, ref=case.ref)
    return True
