"""A checker of student scheduling solutions that shares nothing with the product: its rules are written down
here once more, so that a rule told wrongly to the solver cannot hide.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from bench.students import Instance, Row, Student

# Discipline, hospital and first period, numbered from 0.
Stay = tuple[int, int, int]


def assess(instance: Instance, rows: Iterable[Row]) -> tuple[int, list[str]]:
    """Give what a solution is worth, and every hard rule that it breaks, in a sentence each."""
    stays, broken = stays_of(instance, rows)
    for student in instance.students:
        broken += broken_by(instance, student, stays[student.number])
    broken += broken_hospitals(instance, stays)
    worth = [satisfaction(instance, student, stays[student.number]) for student in instance.students]
    return sum(worth) + min(worth), broken


def stays_of(instance: Instance, rows: Iterable[Row]) -> tuple[list[list[Stay]], list[str]]:
    """Give the stays of each student in order of time."""
    stays: list[list[Stay]] = [[] for _ in instance.students]
    broken = []
    for student, discipline, hospital, start in rows:
        is_known = (
            1 <= student <= len(stays)
            and 1 <= discipline <= instance.disciplines
            and 1 <= hospital <= instance.hospitals
            and 1 <= start <= len(instance.starts)
        )
        if is_known:
            stays[student - 1].append((discipline - 1, hospital - 1, start - 1))
        else:
            broken.append(f"There is no student {student} in {discipline} at {hospital} from {start}.")
    return [sorted(each, key=lambda stay: stay[2]) for each in stays], broken


def broken_by(instance: Instance, student: Student, stays: Sequence[Stay]) -> Iterator[str]:
    """Tell the hard rules that one student's stays break."""
    who = f"Student {student.number + 1}"
    for group, needed in enumerate(student.needs):
        taken = sum(instance.group_of[discipline] == group for discipline, _, _ in stays)
        if taken != needed:
            yield f"{who} takes {taken} of group {group + 1}, not {needed}."
    for discipline, times in Counter(discipline for discipline, _, _ in stays).items():
        if times > 1:
            yield f"{who} takes discipline {discipline + 1} {times} times."
    for hospital, times in Counter(hospital for _, hospital, _ in stays).items():
        if times > instance.most_in_hospital:
            yield f"{who} takes {times} disciplines in hospital {hospital + 1}."
    for one, other in pairwise(stays):
        if other[2] < one[2] + instance.duration:
            yield f"{who} is in two places in period {other[2] + 1}."
    ends = {discipline: start + instance.duration for discipline, _, start in stays}
    for discipline, hospital, start in stays:
        place = f"{who} in discipline {discipline + 1} at hospital {hospital + 1}"
        if discipline not in student.allowed:
            yield f"{place}: the discipline is not allowed."
        if discipline not in student.can[hospital]:
            yield f"{place}: not able to."
        if not student.available.issuperset(range(start, start + instance.duration)):
            yield f"{place}: away from period {start + 1}."
        for earlier in instance.before[discipline]:
            if ends.get(earlier, instance.horizon + 1) > start:
                yield f"{place}: discipline {earlier + 1} comes before."


def broken_hospitals(instance: Instance, stays: Sequence[Sequence[Stay]]) -> Iterator[str]:
    """Tell where a hospital has too many or too few students."""
    present = Counter(
        (hospital, discipline, start + period)
        for own in stays
        for discipline, hospital, start in own
        for period in range(instance.duration)
    )
    places = product(range(instance.hospitals), range(instance.disciplines), range(instance.horizon))
    for hospital, discipline, period in places:
        number = present[hospital, discipline, period]
        least, most = (table[hospital][discipline][period] for table in (instance.least, instance.most))
        if not least <= number <= most:
            yield (
                f"Hospital {hospital + 1} has {number} students in discipline {discipline + 1} in period "
                f"{period + 1}, not {least} to {most}."
            )


def satisfaction(instance: Instance, student: Student, stays: Sequence[Stay]) -> int:
    """Say how satisfied a student is."""
    if not stays:
        return 0
    wishes = sum(instance.satisfaction_of(student, discipline, hospital) for discipline, hospital, _ in stays)
    changes = sum(one[1] != other[1] for one, other in pairwise(stays))
    waiting = stays[-1][2] + instance.duration - instance.duration * len(stays)
    return wishes + student.weights.change * changes + student.weights.waiting * waiting
