"""What a site has for a clinic: rooms, equipment, what contracts allow there, and what others leave of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from network.vocabulary import Discipline, EquipmentKind, RoomKind
from rota.solver.staff_rota.clinics import Kit

# What may be done only where a contract says so.
LICENSED = (Discipline.DENTISTRY, Discipline.OPTOMETRY)
LONGEST_CONTRACT = 120


@dataclass(frozen=True)
class Premises:
    """What a site has for a clinic: its rooms, the equipment that stays there, and what contracts allow."""

    code: str
    name: str
    rooms: Mapping[RoomKind, int] = field(default_factory=dict)
    equipment: Mapping[EquipmentKind, int] = field(default_factory=dict)
    contracts: frozenset[Discipline] = frozenset()
    is_step_free: bool = True


@dataclass(frozen=True)
class Means:
    """What a network has for clinics as the solver takes it: equipment, the codes of the sites at which
    contracts allow each discipline that needs one, and of those that can be reached without steps.
    """

    kit: tuple[Kit, ...] = ()
    licences: Mapping[str, frozenset[str]] = field(default_factory=dict)
    step_free: frozenset[str] = frozenset()


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
