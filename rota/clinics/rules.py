"""What a kind of one-stop clinic may be, and what a site must have to hold it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from network.vocabulary import Activity, Discipline, EquipmentKind, FundingStream, RoleGroup, RoomKind
from rota.funding.rules import may_pay
from rota.premises.rules import LICENSED, Premises

MOST_PEOPLE = 20
MOST_ROOMS = 20
MOST_PATIENTS = 60
MOST_LEARNERS = 9
LONGEST_NAME, LONGEST_NOTES, LONGEST_SOURCE = 80, 500, 200
LONGEST_SLOT = 120
MOST_MINUTES = 480
MOST_WEEKS = 26
MOST_DAYS = 182
# The longest session of a day: nobody is seen after its end.
SESSION_MINUTES = 270
HUDDLE_MINUTES = 30
# Where people of a group see somebody who comes to them; all others do in a consulting room.
USUAL_ROOMS = {
    RoleGroup.NURSE: RoomKind.TREATMENT,
    RoleGroup.HEALTHCARE_ASSISTANT: RoomKind.TREATMENT,
    RoleGroup.PHYSIOTHERAPIST: RoomKind.TREATMENT,
    RoleGroup.OPTOMETRIST: RoomKind.DARK_ROOM,
    RoleGroup.DENTIST: RoomKind.DENTAL_SURGERY,
    RoleGroup.DENTAL_THERAPIST: RoomKind.DENTAL_SURGERY,
    RoleGroup.LINK_WORKER: RoomKind.INTERVIEW,
    RoleGroup.SOCIAL_WORKER: RoomKind.INTERVIEW,
    RoleGroup.MENTAL_HEALTH: RoomKind.INTERVIEW,
    RoleGroup.CARE_COORDINATOR: RoomKind.INTERVIEW,
}

Pair = tuple[Discipline, Discipline]


@dataclass(frozen=True)
class Design:
    """What a kind of clinic says of itself; rooms are wanted beside those of its seats, times are in minutes.

    `longest_wait` is between two who see somebody, `longest_stay` from the first to the last.
    """

    name: str
    notes: str = ""
    source: str = ""
    weeks_between: int = 4
    fewest_days_apart: int = 14
    setup_minutes: int = 0
    longest_wait: int = 20
    longest_stay: int = 120
    has_huddle: bool = False
    learner_places: int = 0
    rooms: Mapping[RoomKind, int] = field(default_factory=dict)
    equipment: Mapping[EquipmentKind, int] = field(default_factory=dict)
    together: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class SeatDesign:
    """People of one group in a clinic's team: how many are wanted, make it safe, and let it go on at all.

    Needed 0 means that it is good to have them. `visit_order` None means that a patient may see them first
    or last; people with lower numbers are seen before those with higher ones.
    """

    role_group: RoleGroup
    needed: int = 1
    safe: int = 1
    degraded: int = 1
    most: int = 1
    throughput: int = 8
    slot_minutes: int = 20
    visit_order: int | None = None
    room: RoomKind | None = None
    competencies: tuple[str, ...] = ()
    funding: FundingStream = FundingStream.CORE

    @property
    def discipline(self) -> Discipline:
        return self.role_group.discipline


def wrong_with_design(design: Design) -> dict[str, str]:
    """Say what is wrong with a kind of clinic, by the name of its question."""
    wrong: dict[str, str] = {}
    if not design.name.strip():
        wrong["name"] = "Enter the name of the clinic, such as Diabetes one-stop."
    longest = {"name": LONGEST_NAME, "notes": LONGEST_NOTES, "source": LONGEST_SOURCE}
    for name, most in longest.items():
        if len(getattr(design, name)) > most:
            wrong[name] = f"Shorten this to {most} characters."
    ranges = {
        "weeks_between": (1, MOST_WEEKS, "weeks"),
        "fewest_days_apart": (0, MOST_DAYS, "days"),
        "setup_minutes": (0, LONGEST_SLOT, "minutes"),
        "longest_wait": (0, MOST_MINUTES, "minutes"),
        "longest_stay": (1, MOST_MINUTES, "minutes"),
        "learner_places": (0, MOST_LEARNERS, "places"),
    }
    for name, (low, high, unit) in ranges.items():
        if not low <= getattr(design, name) <= high:
            wrong[name] = f"Enter a number of {unit} from {low} to {high}."
    if "fewest_days_apart" not in wrong and design.fewest_days_apart > 7 * design.weeks_between:
        wrong["fewest_days_apart"] = (
            f"A clinic every {weeks_said(design.weeks_between)} cannot keep so many days between two."
        )
    if any(not 1 <= number <= MOST_ROOMS for number in (*design.rooms.values(), *design.equipment.values())):
        wrong["rooms"] = f"Enter numbers of rooms and equipment from 1 to {MOST_ROOMS}, or leave them empty."
    if any(one is other for one, other in design.together):
        wrong["together"] = "Choose two different disciplines for each pair."
    return wrong


def wrong_with_seat(seat: SeatDesign) -> dict[str, str]:
    """Say what is wrong with a seat, by the name of its question."""
    wrong: dict[str, str] = {}
    ranges = {
        "needed": (0, MOST_PEOPLE, "people"),
        "safe": (0, MOST_PEOPLE, "people"),
        "degraded": (0, MOST_PEOPLE, "people"),
        "most": (1, MOST_PEOPLE, "people"),
        "throughput": (1, MOST_PATIENTS, "patients"),
        "slot_minutes": (5, LONGEST_SLOT, "minutes"),
    }
    for name, (low, high, unit) in ranges.items():
        if not low <= getattr(seat, name) <= high:
            wrong[name] = f"Enter a number of {unit} from {low} to {high}."
    if seat.visit_order is not None and not 1 <= seat.visit_order <= MOST_PEOPLE:
        wrong["visit_order"] = f"Enter an order in the visit from 1 to {MOST_PEOPLE}, or leave it empty."
    return wrong or _wrong_with_numbers(seat)


def _wrong_with_numbers(seat: SeatDesign) -> dict[str, str]:
    if seat.safe > seat.needed:
        return {"safe": f"It cannot take more people to be safe than are needed, {seat.needed}."}
    if seat.degraded > seat.safe:
        return {"degraded": f"A degraded clinic cannot need more people than a safe one, {seat.safe}."}
    if seat.most < seat.needed:
        return {"most": f"The most cannot be below the number needed, {seat.needed}."}
    if seat.throughput * seat.slot_minutes > SESSION_MINUTES:
        return {
            "throughput": f"{seat.throughput} patients of {seat.slot_minutes} minutes do not fit in a "
            f"session. Enter {SESSION_MINUTES // seat.slot_minutes} or fewer."
        }
    if seat.funding not in (payers := payers_of(seat.role_group)):
        return {
            "funding": f"{seat.funding.label} does not pay for this group in a clinic. "
            f"Choose {' or '.join(stream.label for stream in payers[:3])}."
        }
    return {}


def payers_of(group: RoleGroup) -> list[FundingStream]:
    """Return the streams that may pay for a group of roles in a clinic."""
    return [
        stream
        for stream in FundingStream
        if any(may_pay(stream, role, Activity.CLINIC) for role in group.roles)
    ]


def troubles_of(design: Design, seats: Sequence[SeatDesign]) -> tuple[str, ...]:
    """Say what keeps a kind of clinic from being planned, whatever the site."""
    needed = [seat for seat in seats if seat.needed]
    if not needed:
        return ("Nobody is needed in its team. Add at least one seat that needs somebody.",)
    found = []
    if not any(seat.degraded for seat in seats):
        found.append("It would never have to close: say of at least one seat how few people are too few.")
    shortest: dict[Discipline, int] = {}
    for seat in needed:
        shortest[seat.discipline] = min(seat.slot_minutes, shortest.get(seat.discipline, LONGEST_SLOT))
    if (takes := sum(shortest.values())) > design.longest_stay:
        found.append(
            f"To see everybody takes {takes} minutes, more than the longest stay of {design.longest_stay}. "
            "Let people stay longer, or shorten the slots."
        )
    found += [*_out_of_order(seats), *_too_long(design, seats)]
    sits = {seat.discipline for seat in seats}
    found += [
        f"{one.label} and {other.label} are worth being together, but {lost.label} has no seat."
        for one, other in design.together
        for lost in (one, other)
        if lost not in sits
    ]
    return tuple(found)


def _too_long(design: Design, seats: Sequence[SeatDesign]) -> list[str]:
    free = SESSION_MINUTES - design.setup_minutes - (HUDDLE_MINUTES if design.has_huddle else 0)
    return [
        f"{seat.role_group.label}: {seat.throughput} patients of {seat.slot_minutes} minutes do not fit "
        "beside the time to set up and the team's meeting."
        for seat in seats
        if seat.throughput * seat.slot_minutes > free
    ]


def _out_of_order(seats: Sequence[SeatDesign]) -> list[str]:
    return [
        f"People see either {one.role_group.label} or {other.role_group.label}, who are of one discipline: "
        "give both the same place in the visit."
        for one, other in combinations(seats, 2)
        if one.discipline is other.discipline and one.visit_order != other.visit_order
    ]


def usual_room(group: RoleGroup) -> RoomKind:
    """Return the kind of room in which people of a group usually see somebody."""
    return USUAL_ROOMS.get(group, RoomKind.CONSULTING)


def disciplines_of(seats: Iterable[SeatDesign]) -> frozenset[Discipline]:
    """Return the disciplines without which a clinic is not held."""
    return frozenset(seat.discipline for seat in seats if seat.needed)


def people_a_session(seats: Sequence[SeatDesign]) -> tuple[int, Discipline | None]:
    """Say how many people a session can see, each by all that it needs, and who of these sees the fewest."""
    seen: Counter[Discipline] = Counter()
    for seat in seats:
        if seat.needed:
            seen[seat.discipline] += seat.needed * seat.throughput
    fewest = min(seen, key=lambda discipline: (seen[discipline], discipline), default=None)
    return (seen[fewest], fewest) if fewest else (0, None)


def rooms_wanted(design: Design, seats: Iterable[SeatDesign]) -> Counter[RoomKind]:
    """Count the rooms that a clinic uses at once: its seats' own, and those beside them."""
    wanted = Counter(dict(design.rooms))
    for seat in seats:
        if seat.room and seat.needed:
            wanted[seat.room] += seat.needed
    return wanted


def lacks(
    design: Design,
    seats: Sequence[SeatDesign],
    site: Premises,
    mobile: Mapping[EquipmentKind, int],
) -> tuple[str, ...]:
    """Say what a site lacks to hold a clinic of this kind; `mobile` is what can be taken there."""
    rooms = [
        f"{_number(count, kind.label)}, and it has {site.rooms.get(kind, 0) or 'none'}"
        for kind, count in rooms_wanted(design, seats).items()
        if site.rooms.get(kind, 0) < count
    ]
    equipment = [
        f"{_number(count, kind.label)}, and there is {have or 'none'} to be had there"
        for kind, count in design.equipment.items()
        if (have := site.equipment.get(kind, 0) + mobile.get(kind, 0)) < count
    ]
    contracts = [
        f"a contract for {discipline.label.lower()} there"
        for discipline in LICENSED
        if discipline in disciplines_of(seats) and discipline not in site.contracts
    ]
    return tuple(f"It needs {each}." for each in (*rooms, *equipment, *contracts))


def weeks_said(weeks: int) -> str:
    """Say a number of weeks: 'week', '4 weeks'."""
    return "week" if weeks == 1 else f"{weeks} weeks"


def pair_kept(pair: Pair) -> str:
    """Write a pair down in one word."""
    return "+".join(sorted(discipline.value for discipline in pair))


def pair_read(kept: str) -> Pair:
    """Read a pair that was written down."""
    one, other = map(Discipline, kept.split("+"))
    return one, other


def _number(count: int, label: str) -> str:
    # Words lose their capital within a sentence, ECG keeps it.
    what = label if label[1].isupper() else label[0].lower() + label[1:]
    if count == 1:
        return f"{'an' if what[0] in 'aeiouE' else 'a'} {what}"
    return f"{count} {what.removesuffix('y')}ies" if what.endswith("y") else f"{count} {what}s"
