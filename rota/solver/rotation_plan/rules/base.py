"""P14, P17 and P24: what ties a learner to a base, and the half-days that belong to others."""

from rota.solver.rotation_plan.problem import Learner, Offer
from rota.solver.rotation_plan.rules.kinds import StayRule
from rota.solver.rule import Card


class FixedBase(StayRule):
    card = Card(
        code="P14",
        name="Fixed base",
        words="Learners with a fixed base stay there, and see other places by exposure sessions.",
        source="Dental foundation, optometry and ASYE programmes: an approved practice or employer",
        severity="H0",
        tier="T4",
    )

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        programme = self.problem.programme_of(learner)
        if not programme.fixed_base or offer.host == learner.base:
            return None
        if not learner.base:
            return f"{learner.name} has no base yet, which {programme.name} needs."
        base = self.problem.host_by_key[learner.base].name
        return f"{programme.name} keeps {learner.name} at {base}."


class TeachingDays(StayRule):
    card = Card(
        code="P17",
        name="Protected training days",
        words="A placement does not need a learner on the half-days that belong to teaching.",
        source="Programme standards: day release, study days, learning day",
        severity="H0",
        tier="T4",
    )

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        taught = self.problem.programme_of(learner).protected | learner.protected
        if clash := sorted(offer.needs & taught):
            return f"{offer.name} needs {learner.name} on {clash[0]}, which is protected for teaching."
        return None


class ContinuityClinic(StayRule):
    card = Card(
        code="P24",
        name="Continuity clinic",
        words="A learner with a weekly half-day at their base keeps it wherever they are placed.",
        source="Local practice: continuity across blocks",
        severity="H1",
        tier="T4",
        weight=20,
    )

    def refuses(self, learner: Learner, offer: Offer) -> str | None:
        if not learner.continuity or offer.host == learner.base or learner.continuity not in offer.needs:
            return None
        return f"{offer.name} needs {learner.name} on {learner.continuity}, the half-day at their base."
