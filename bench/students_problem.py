"""A student scheduling instance as a plan of rotations: a programme for each kind of student, an offer for
each discipline in each hospital, and the product's own rules. This only translates.
"""

from collections.abc import Iterator

from bench.students import Instance, Row, Student
from rota.solver.rotation_plan.problem import (
    Group,
    Host,
    Learner,
    Offer,
    Problem,
    Programme,
    Requirement,
    RuleChoice,
    Stay,
    Wishes,
)
from rota.solver.rotation_plan.solution import Plan

COST_TIER = "T4"
ALL = 100  # per cent


def problem_of(instance: Instance) -> Problem:
    """Tell an instance in the product's words. All costs are in one tier."""
    return Problem(
        periods=instance.horizon,
        programmes=tuple(programmes_of(instance)),
        learners=tuple(learner_of(instance, student) for student in instance.students),
        hosts=tuple(
            Host(hospital_key(hospital), f"Hospital {hospital + 1}") for hospital in range(instance.hospitals)
        ),
        offers=tuple(offers_of(instance)),
        rules=rules_of(),
    )


def satisfaction_at_best(problem: Problem) -> int:
    """Give the objective of a plan that costs nothing: nobody can be happier, nor the least happy."""
    most = [learner.wishes.most for learner in problem.learners]
    return sum(most) + max(most)


def solution_rows(instance: Instance, plan: Plan) -> list[Row]:
    """Give a plan as rows of student, discipline, hospital and first period, numbered from 1."""
    return sorted(row_of(instance, stay) for stay in plan.stays)


def plan_of(instance: Instance, rows: list[Row]) -> Plan:
    """Give rows as a plan."""
    return Plan.of(
        Stay(
            student_key(student - 1),
            offer_number(instance, discipline - 1, hospital - 1),
            first - 1,
            instance.duration,
        )
        for student, discipline, hospital, first in rows
    )


def row_of(instance: Instance, stay: Stay) -> Row:
    """Give one stay as a row."""
    hospital, discipline = divmod(stay.offer, instance.disciplines)
    return int(stay.learner.removeprefix("student ")), discipline + 1, hospital + 1, stay.first + 1


def student_key(student: int) -> str:
    """Name a student, numbered from 0."""
    return f"student {student + 1}"


def hospital_key(hospital: int) -> str:
    """Name a hospital, numbered from 0."""
    return f"hospital {hospital + 1}"


def discipline_key(discipline: int) -> str:
    """Name a discipline, numbered from 0."""
    return f"discipline {discipline + 1}"


def offer_number(instance: Instance, discipline: int, hospital: int) -> int:
    """Give the number of the offer of a discipline in a hospital."""
    return hospital * instance.disciplines + discipline


def programme_key(student: Student) -> str:
    """Name the programme of those who need as many disciplines of each group."""
    return "takes " + " and ".join(str(number) for number in student.needs)


def programmes_of(instance: Instance) -> Iterator[Programme]:
    """Give a programme for each number of disciplines that is needed of the groups."""
    requirements = tuple(requirement_of(instance, number) for number in range(instance.disciplines))
    for student in {programme_key(student): student for student in instance.students}.values():
        yield Programme(
            key=programme_key(student),
            name=programme_key(student),
            requirements=requirements,
            starts=tuple(range(instance.horizon)),
            groups=tuple(groups_of(instance, student)),
            needs_approval=False,
            most_per_host=instance.most_in_hospital,
        )


def requirement_of(instance: Instance, discipline: int) -> Requirement:
    """Give a discipline: it is taken once, for a fixed time, after those that come before it."""
    key, length = discipline_key(discipline), instance.duration
    return Requirement(
        key=key,
        name=key,
        fulfilled_by=frozenset({key}),
        most=length,
        shortest_run=length,
        longest_run=length,
        after=tuple((discipline_key(earlier), length) for earlier in sorted(instance.before[discipline])),
        firm=True,
    )


def groups_of(instance: Instance, student: Student) -> Iterator[Group]:
    """Give the groups of disciplines, with how many of each a student takes."""
    for group, needed in enumerate(student.needs):
        members = [each for each in range(instance.disciplines) if instance.group_of[each] == group]
        name = f"group {group + 1}"
        yield Group(name, name, frozenset(discipline_key(each) for each in members), needed)


def offers_of(instance: Instance) -> Iterator[Offer]:
    """Give each discipline in each hospital."""
    for hospital in range(instance.hospitals):
        for discipline in range(instance.disciplines):
            yield Offer(
                number=offer_number(instance, discipline, hospital),
                host=hospital_key(hospital),
                name=f"discipline {discipline + 1} in hospital {hospital + 1}",
                settings={discipline_key(discipline): ALL},
                most=instance.most[hospital][discipline],
                least=instance.least[hospital][discipline],
                firm_least=True,
            )


def learner_of(instance: Instance, student: Student) -> Learner:
    """Give a student."""
    points = {
        offer_number(instance, discipline, hospital): instance.satisfaction_of(student, discipline, hospital)
        for hospital, open_there in student.can.items()
        for discipline in sorted(open_there & student.allowed)
    }
    return Learner(
        key=student_key(student.number),
        name=student_key(student.number).capitalize(),
        programme=programme_key(student),
        first=0,
        last=instance.horizon - 1,
        away=frozenset(range(instance.horizon)) - student.available,
        only=frozenset(points),
        wishes=Wishes(
            points=points,
            most=most_for(instance, student, points),
            moving=-student.weights.change,
            waiting=-student.weights.waiting,
        ),
    )


def most_for(instance: Instance, student: Student, points: dict[int, int]) -> int:
    """Say what a student could have at best: of each group the best disciplines, each where it is best."""
    best: dict[int, int] = {}
    for number, worth in points.items():
        discipline = number % instance.disciplines
        best[discipline] = max(best.get(discipline, 0), worth)
    of_group = (
        sorted((worth for each, worth in best.items() if instance.group_of[each] == group), reverse=True)
        for group in range(len(student.needs))
    )
    return sum(sum(worth[:needed]) for worth, needed in zip(of_group, student.needs, strict=True))


def rules_of() -> tuple[RuleChoice, ...]:
    """Give the product's rules that say what the family's rules say."""
    hard = ("P01", "P04", "P05", "P06", "P07", "P09", "P10", "P18", "P19")
    return (
        *(RuleChoice(code, "H0", "T2", 1) for code in hard),
        RuleChoice("P03", "soft", "T1", 100),
        RuleChoice("P25", "soft", COST_TIER, 1),
        RuleChoice("P26", "soft", COST_TIER, 1, {"absolute": 1}),
    )
