"""How the losses of a rota are told."""

from collections.abc import Sequence

from rota.cover.wording import session_said
from rota.losses.rules import Loss

MOST_NAMED = 3


def losses_said(losses: Sequence[Loss]) -> str:
    """Say what cover is left: 'cover at Elm Surgery on Tuesday 8 December PM would fall to 1 of 2'."""
    named = [
        f"{'' if number else 'cover at '}{loss.place} on {session_said(loss.day, loss.kind)} "
        f"{'' if number else 'would fall '}to {loss.have} of {loss.need}"
        for number, loss in enumerate(losses[:MOST_NAMED])
    ]
    more = len(losses) - len(named)
    if more:
        return f"{', '.join(named)}, and {more} more"
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)
