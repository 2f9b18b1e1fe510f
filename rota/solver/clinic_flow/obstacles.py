"""Why a place finds no times in a clinic session: the first thing that does not fit, in a sentence."""

from rota.solver.clinic_flow.problem import FlowProblem, PlaceNeed


def obstacle(problem: FlowProblem, place: PlaceNeed, with_seen: int) -> str:
    """Say what keeps a place out; `with_seen` are the other places that are seen."""
    hours = problem.hours
    for discipline in sorted(place.disciplines):
        if not problem.chairs_of(discipline):
            return f"Place {place.number} needs {discipline}, and nobody of that discipline is there."
    needed = sum(problem.chairs_of(discipline)[0].slot_minutes for discipline in place.disciplines)
    for what, most in (("session has", hours.minutes), ("longest stay is", hours.longest_stay)):
        if needed > most:
            return f"Place {place.number} needs {needed} minutes in all, and the {what} {most}."
    for discipline in sorted(place.disciplines):
        wanted = sum(discipline in each.disciplines for each in problem.places)
        most = sum(hours.minutes // chair.slot_minutes for chair in problem.chairs_of(discipline))
        if wanted > most:
            return (
                f"Place {place.number} does not fit: {wanted} places need {discipline}, "
                f"who can see {most} in the session."
            )
    others = f"{with_seen} others" if with_seen > 1 else "the other one"
    beside = f" beside {others}" if with_seen else ""
    return (
        f"Place {place.number} finds no times{beside}, with waits of at most {hours.longest_wait} "
        f"minutes and stays of at most {hours.longest_stay}."
    )
