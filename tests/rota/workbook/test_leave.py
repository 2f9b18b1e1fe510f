from network.access.rules import Role
from network.plumbing.unpacking import read_sheets
from network.vocabulary import RoleGroup
from rota.limits.commands import set_limit
from rota.tables.queries import template
from rota.workbook.commands import write_book
from rota.workbook.rules import read_book
from tests.cast import Cast
from tests.makers import MONDAY
from tests.rota import scene
from tests.rota.workbook.sheets import make_workbook

MANAGER = Role.WORKFORCE_MANAGER
LEAVE = ["Name", "From", "To"]


def test_a_preview_says_which_leave_breaks_a_limit(cast: Cast) -> None:
    members = [scene.make_worker(cast, f"Sample{letter}") for letter in "ab"]
    set_limit(cast[MANAGER], cast.elm.id, None, RoleGroup.GP, 1)
    rows = [LEAVE, *([member.name, MONDAY, MONDAY] for member in members)]
    book = read_book(template(), read_sheets(make_workbook(Leave=rows), 100))
    first, second = write_book(cast[MANAGER], book).changes
    assert [each.heading for each in first.differences] == ["State"]
    [_, limit] = second.differences
    assert limit.new == "2 away (GP) on Mon 7 December; 1 is the most"
