"""Problems and plans to JSON and back, for the job's row, and a hash that shows stale input."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from hashlib import sha256
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from rota.solver.staff_rota.problem import Problem
from rota.solver.staff_rota.solution import Plan


def problem_to_json(problem: Problem) -> str:
    """Write a problem so that the same problem always gives the same text."""
    return json.dumps(plain(problem), sort_keys=True, separators=(",", ":"))


def problem_from_json(text: str) -> Problem:
    """Read a problem back."""
    problem: Problem = read(Problem, json.loads(text))
    return problem


def plan_to_json(plan: Plan) -> str:
    """Write a plan so that the same plan always gives the same text."""
    return json.dumps(plain(plan), sort_keys=True, separators=(",", ":"))


def plan_from_json(text: str) -> Plan:
    """Read a plan back."""
    plan: Plan = read(Plan, json.loads(text))
    return plan


def input_hash(problem: Problem) -> str:
    """Give a mark of everything the solver is told; any change of input changes it."""
    return sha256(problem_to_json(problem).encode()).hexdigest()


def plain(value: Any) -> Any:
    """Give a value as lists, dicts with text keys, numbers and text."""
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted((plain(each) for each in value), key=json.dumps)
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def read(kind: Any, value: Any) -> Any:
    """Give a plain value as what an annotation says it is."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        hints = hints_of(kind)
        return kind(**{name: read(hints[name], each) for name, each in value.items()})  # type: ignore[operator]
    if origin in (Union, UnionType):
        return None if value is None else read_union(inner, value)
    if origin is tuple:
        return tuple(read(inner[0], each) for each in value)
    if origin is frozenset:
        return frozenset(read(inner[0], each) for each in value)
    if origin is not None and issubclass(origin, Mapping):
        return {read_key(inner[0], key): read(inner[1], each) for key, each in value.items()}
    return kind.fromisoformat(value) if kind in (date, datetime) else value


def read_union(kinds: tuple[Any, ...], value: Any) -> Any:
    """Read a value that may be nothing, or one of several plain kinds."""
    rest = [kind for kind in kinds if kind is not type(None)]
    return read(rest[0], value) if len(rest) == 1 else value


def read_key(kind: Any, key: str) -> Any:
    """Read a key, which JSON has as text."""
    if kind is date:
        return date.fromisoformat(key)
    return int(key) if kind is int else key


_HINTS: dict[Any, dict[str, Any]] = {}


def hints_of(kind: Any) -> dict[str, Any]:
    """Give the annotations of a dataclass, looked up once."""
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]
