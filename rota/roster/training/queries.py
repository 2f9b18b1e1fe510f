"""What the solver knows of those who learn, and of those who supervise them."""

from rota.roster import rules
from rota.rotas.records import RotaPeriod
from rota.solver.staff_rota import Learner, Supervision
from rota.staff.records import RotaMember


def learner_of(member: RotaMember) -> Learner | None:
    """Give what the rota plans of a learner, where somebody is one."""
    role = member.engagement.role
    if not role.is_learner:
        return None
    return Learner(
        kind=role.value,
        supervision_minutes=member.supervision_minutes or 0,
        supernumerary=role not in rules.COUNTS_AS_COVER,
        strict=role in rules.NEVER_ALONE,
        most_clinical_minutes=member.most_clinical_minutes,
        least_educational_minutes=member.least_educational_minutes or 0,
    )


def supervision_of(member: RotaMember, period: RotaPeriod) -> Supervision | None:
    """Give whom somebody supervises all through a period."""
    holding = [
        each
        for each in member.supervises
        if each.starts_on <= period.starts_on and (each.ends_on is None or each.ends_on >= period.ends_on)
    ]
    if not holding:
        return None
    return Supervision(
        frozenset(each.learner_role.value for each in holding),
        max(each.minutes_per_session for each in holding),
        max(each.most_learners for each in holding),
    )
