"""Problems and plans to JSON and back, for a job's row, and a hash that shows stale input."""

import json
from hashlib import sha256
from typing import Any

from rota.solver.rotation_plan.problem import Problem
from rota.solver.rotation_plan.solution import Plan
from rota.solver.staff_rota.archive import plain, read

__all__ = ["input_hash", "plain", "plan_from", "problem_from"]


def problem_from(kept: Any) -> Problem:
    """Read a problem back from plain data."""
    problem: Problem = read(Problem, kept)
    return problem


def plan_from(kept: Any) -> Plan:
    """Read a plan back from plain data."""
    plan: Plan = read(Plan, kept)
    return plan


def input_hash(problem: Problem) -> str:
    """Give a mark of everything the solver is told; any change of input changes it."""
    return sha256(json.dumps(plain(problem), sort_keys=True).encode()).hexdigest()
