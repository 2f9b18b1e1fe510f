"""Fairness in plain words, for the person it is about."""

from network.plumbing.templating import plural
from rota.fairness.rules import Bearer, Burden

ONE = {
    "evenings": "evening",
    "Saturdays": "Saturday session",
    "Monday mornings": "Monday morning",
    "Friday afternoons": "Friday afternoon",
    "eves of bank holidays": "eve of a bank holiday",
}
MANY = {"Saturdays": "Saturday sessions"}


def counted(burden: str, number: float) -> str:
    """Count sessions of a kind: '1 evening', '4 Saturday sessions'."""
    figure = int(number) if number == int(number) else number
    return plural(figure, ONE.get(burden, burden), MANY.get(burden, burden))


def told_to(own: Bearer, burden: Burden, weeks: int) -> list[str]:
    """Tell somebody how they stand, without naming anybody else."""
    worked = f"You have worked {counted(burden.name, own.before)} in the last {weeks} weeks"
    ahead = f", and {own.here} more {'is' if own.here == 1 else 'are'} planned for you" if own.here else ""
    mine, most = _figure(own.on_a_full_post), _figure(burden.most)
    return [
        f"{worked}{ahead}.",
        f"By your hours the fair share would be {_figure(own.fair)}.",
        f"The most anyone has is {burden.most_sessions}. Counted on a full post you have {mine}, "
        f"and the most is {most}.",
    ]


def standing(own: Bearer) -> tuple[str, str, str]:
    """Say how far from the fair share somebody is: words, tone, mark."""
    if own.above >= 1:
        return f"{_figure(own.above)} above", "warning", "\N{BLACK UP-POINTING TRIANGLE}"
    if own.above <= -1:
        return f"{_figure(-own.above)} below", "plain", "\N{BLACK DOWN-POINTING TRIANGLE}"
    return "Fair", "good", "\N{CHECK MARK}"


def _figure(number: float) -> str:
    return f"{number:g}"
