"""How the team that a rota was asked for differs from the one that a type of clinic has by now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from network.vocabulary import FundingStream, RoleGroup, RoomKind


@dataclass(frozen=True)
class Asking:
    """What a seat asks of a rota: people, what they can do, their room, and who pays."""

    minimum: int
    desired: int
    maximum: int
    competencies: tuple[str, ...] = ()
    room: RoomKind | None = None
    funding: FundingStream = FundingStream.CORE


def differences(asked: Mapping[RoleGroup, Asking], now: Mapping[RoleGroup, Asking]) -> Iterator[str]:
    """Say what a rota was asked for and is not wanted so any more, in the order of the seats.

    >>> nurse = Asking(1, 1, 2)
    >>> list(differences({RoleGroup.NURSE: nurse}, {RoleGroup.NURSE: Asking(2, 2, 2)}))
    ['Nurse: 1 asked for, 2 needed now.']
    """
    for group, seat in now.items():
        before = asked.get(group)
        if before is None:
            yield f"{group.label}: not asked for, {seat.minimum} needed now."
        elif before.minimum != seat.minimum:
            yield f"{group.label}: {before.minimum} asked for, {seat.minimum} needed now."
        elif before != seat:
            yield f"{group.label}: the most, skills, room or payer changed."
    for group, before in asked.items():
        if group not in now and before.minimum:
            yield f"{group.label}: {before.minimum} asked for, no seat any more."
