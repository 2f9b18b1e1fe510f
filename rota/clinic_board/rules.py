"""What a site has left for a clinic beside those that are held at the same time."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from network.vocabulary import EquipmentKind, RoomKind
from rota.premises.rules import Premises


@dataclass(frozen=True)
class Use:
    """What a clinic uses, and at which site."""

    code: str
    rooms: Counter[RoomKind]
    equipment: Counter[EquipmentKind]


def left_at(
    site: Premises, sites: Iterable[Premises], mobile: Counter[EquipmentKind], others: Iterable[Use]
) -> Premises:
    """Give a site with the rooms that others leave, and the equipment that is there or can be brought.

    >>> room, camera = RoomKind.CONSULTING, EquipmentKind.RETINAL_CAMERA
    >>> elm = Premises("ELM", "Elm", {room: 2}, {})
    >>> other = Use("ELM", Counter({room: 1}), Counter({camera: 1}))
    >>> left = left_at(elm, [elm], Counter({camera: 1}), [other])
    >>> left.rooms[room], left.equipment[camera]
    (1, 0)
    """
    rooms = Counter[RoomKind]()
    used: defaultdict[str, Counter[EquipmentKind]] = defaultdict(Counter)
    for use in others:
        used[use.code] += use.equipment
        if use.code == site.code:
            rooms += use.rooms
    elsewhere = Counter[EquipmentKind]()
    for each in sites:
        if each.code != site.code:
            elsewhere += used[each.code] - Counter(each.equipment)
    there = Counter(site.equipment) + (mobile - elsewhere) - used[site.code]
    return replace(site, rooms=Counter(site.rooms) - rooms, equipment=there)
