"""What a site has for a clinic: rooms, equipment, and what contracts allow there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
