"""A blueprint of clinics: one, two or four weeks that repeat themselves, planned without anybody's leave."""

from collections.abc import Collection
from dataclasses import replace

from rota.solver.staff_rota.clinic_core import core_of
from rota.solver.staff_rota.clinics import Bundle, ClinicKind, Clinics
from rota.solver.staff_rota.problem import History, Person, Problem

CYCLES = (1, 2, 4)
WEEK = 7


def blueprint_of(problem: Problem, weeks: int) -> Problem:
    """Give the problem of a cycle that repeats itself, out of the first weeks of a dated one.

    Working patterns and demand stay; leave, wishes, pins and what was published do not. People who wait and
    how often clinics are held count in the measure of the cycle.
    """
    if weeks not in CYCLES:
        raise ValueError(f"A blueprint repeats itself every 1, 2 or 4 weeks, not every {weeks}.")
    cycle = set(problem.days[: weeks * WEEK])
    sessions = tuple(session for session in problem.sessions if session.day in cycle)
    kept = frozenset(session.number for session in sessions)
    duties = tuple(duty for duty in problem.duties if duty.session in kept)
    long = max(weeks, round(len(problem.days) / WEEK))
    return core_of(
        replace(
            problem,
            sessions=sessions,
            people=tuple(_usual(person, kept) for person in problem.people),
            duties=duties,
            pins=(),
            published=(),
            part=None,
            unpopular={name: numbers & kept for name, numbers in problem.unpopular.items()},
            meetings=(),
            clinics=_cyclic(problem.clinics, kept, weeks, long),
        )
    )


def _usual(person: Person, kept: Collection[int]) -> Person:
    """Give somebody as they usually work: no leave, nothing owed, nothing wished."""
    return replace(
        person,
        unavailable={
            number: why
            for number, why in person.unavailable.items()
            if number in kept and number not in person.absent
        },
        absent=frozenset(),
        credits={},
        missed_education={},
        commitments=tuple(each for each in person.commitments if each.session in kept),
        wishes=(),
        history=History(),
    )


def _cyclic(clinics: Clinics, kept: Collection[int], weeks: int, long: int) -> Clinics:
    return replace(
        clinics,
        kinds=tuple(_as_often(kind, weeks, long) for kind in clinics.kinds),
        openings=tuple(
            replace(each, is_fixed=False, is_published=False, taken={})
            for each in clinics.openings
            if each.session in kept
        ),
        bundles=tuple(_in_measure(bundle, weeks, long) for bundle in clinics.bundles),
        blueprint_weeks=weeks,
    )


def _as_often(kind: ClinicKind, weeks: int, long: int) -> ClinicKind:
    if kind.every is None:
        return kind
    least, most = kind.every
    return replace(kind, every=(least * weeks // long, -(-most * weeks // long)))


def _in_measure(bundle: Bundle, weeks: int, long: int) -> Bundle:
    return replace(bundle, count=-(-bundle.count * weeks // long), due=None)
