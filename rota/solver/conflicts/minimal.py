"""A minimal set of groups that exclude each other: without any one of them there would be a way."""

from collections.abc import Sequence
from dataclasses import dataclass

from rota.solver.conflicts.groups import Group
from rota.solver.conflicts.question import Deadline, NotKnown, Question
from rota.solver.row import Row


@dataclass(frozen=True)
class Member:
    """A group of a minimal set, and a choice of cells that breaks it alone: so it is needed."""

    group: Group
    witness: frozenset[int]


def minimal_conflict(
    firm: Sequence[Row], groups: Sequence[Group], deadline: Deadline, near: frozenset[int] = frozenset()
) -> list[Member] | None:
    """Find a minimal set of groups that cannot all be kept beside the firm rows; None when all can.

    Groups stand in order of weight: of several sets, those with the first groups are preferred. Every answer
    rests on solves of its own: one shows that the set excludes itself, one for each member that it would not
    without it. The witnesses are as near to `near` as can be.
    """
    core = _first_cut(firm, groups, deadline)
    if core is None:
        return None
    core = _filtered(Question(firm, core, deadline), core)
    question = Question(firm, core, deadline)
    found = []
    for group in core:
        witness = question.choice_with([each for each in core if each is not group], near)
        if witness is None:
            raise NotKnown
        found.append(Member(group, witness))
    if question.choice_with(core) is not None:
        raise NotKnown
    return found


def _first_cut(firm: Sequence[Row], groups: Sequence[Group], deadline: Deadline) -> list[Group] | None:
    question = Question(firm, groups, deadline)
    if question.choice_with(groups) is not None:
        return None
    beginning = _shortest_beginning(question, groups)
    core = Question(firm, beginning, deadline).first_cut()
    # Never trusted: what CP-SAT names may be wrong, so it must exclude itself once more.
    return core if question.choice_with(core) is None else beginning


def _shortest_beginning(question: Question, groups: Sequence[Group]) -> list[Group]:
    """Give the shortest beginning of the list that excludes itself: what weighs less is not needed."""
    least, most = 0, len(groups)
    while least < most:
        middle = (least + most) // 2
        if question.choice_with(groups[:middle]) is None:
            most = middle
        else:
            least = middle + 1
    return list(groups[:most])


def _filtered(question: Question, core: list[Group]) -> list[Group]:
    """Leave out one group after the other that is not needed, the last first."""
    for group in reversed(list(core)):
        rest = [each for each in core if each is not group]
        if question.choice_with(rest) is None:
            core = rest
    return core
