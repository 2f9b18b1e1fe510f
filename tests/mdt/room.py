"""A room in which a meeting runs, as tests start from it."""

from mdt.cases.rules import CaseState
from mdt.lists.records import AgendaItem
from mdt.lists.rules import ItemState, ViewHeard
from mdt.meetings.records import Meeting
from mdt.meetings.rules import MeetingState
from mdt.minutes.commands import note_view, save_block
from mdt.minutes.rules import BlockName
from mdt.readback.commands import carry_item, confirm_item, mark_not_reached, note_item
from mdt.run.commands import open_item
from network.access.rules import Actor, Role
from network.plumbing.database import db
from tests.cast import Cast
from tests.mdt.scene import make_case, make_item, make_meeting


def make_room(cast: Cast, cases: int = 2, **changes: object) -> tuple[Meeting, list[AgendaItem]]:
    """Make a meeting that runs, with some cases on its list."""
    meeting = make_meeting(cast, **{"state": MeetingState.RUNNING, **changes})
    items = [
        make_item(meeting, make_case(cast, CaseState.LISTED), position) for position in range(1, cases + 1)
    ]
    db.session.commit()
    return meeting, items


def write(actor: Actor, item: AgendaItem, words: str, seen: int = 0, key: str = "one", **where: BlockName):
    return save_block(actor, item.id, where.get("name", BlockName.DECISION), words, seen=seen, key=key)


def read_back(actor: Actor, item: AgendaItem, words: str = "A medicines review at home.") -> None:
    """Decide a case: open it, write, say whose view was heard, read back."""
    open_item(actor, item.id)
    write(actor, item, words)
    note_view(actor, item.id, ViewHeard.STATEMENT)
    confirm_item(actor, item.id)


def bring_to(cast: Cast, item: AgendaItem, state: ItemState) -> None:
    """Bring a case that is on a list to a state by what is done in the room."""
    chair = cast[Role.CHAIR]
    ways = {
        ItemState.OPEN: lambda: open_item(chair, item.id),
        ItemState.DECIDED: lambda: read_back(chair, item),
        ItemState.NOTED: lambda: note_item(chair, item.id, "An agreed pathway applies."),
        ItemState.CARRIED: lambda: carry_item(chair, item.id, "Her daughter could not come."),
        ItemState.NOT_REACHED: lambda: mark_not_reached(chair, item.id),
    }
    if state in ways:
        ways[state]()
