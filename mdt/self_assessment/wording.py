"""How results and their changes read."""

from mdt.self_assessment.rules import Mean, change_of


def mean_said(mean: Mean) -> str:
    """Say a mean with how many answered, or that too few did."""
    return "Too few answers" if mean.value is None else f"{mean.value} ({mean.count} answers)"


def change_said(now: Mean, before: Mean | None) -> str:
    """Say how a mean has moved since the year before."""
    change = change_of(now, before)
    if change is None:
        return "Nothing to compare with"
    if change == 0:
        return "The same as the year before"
    return f"{abs(change)} {'higher' if change > 0 else 'lower'} than the year before"
