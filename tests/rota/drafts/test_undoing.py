"""Any walk of edits, undone to its beginning and done again to its end, and two people walking at once."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from bench.statements import counted
from network.access.rules import Actor, Role
from network.accounts.queries import workplace_of
from network.plumbing.database import db
from network.plumbing.refusals import Refusal
from network.vocabulary import Activity, SessionKind
from rota.cells import commands
from rota.desk.rules import Change
from rota.drafts.commands import ChangedMeanwhile, redo, undo
from rota.drafts.queries import standing_in
from rota.edits.queries import contents_of, get_edit, stacks_for
from rota.edits.rules import Cell, Content, EditKind, same_content
from rota.facts.queries import remembered_facts_of
from rota.jobs.tasks import solve
from rota.planning.commands import ask_to_fill
from rota.planning.queries import planned_for
from rota.rotas.queries import get_version_for
from rota.rotas.records import Assignment, RotaVersion
from rota.solver.limits import Limits
from rota.solver.staff_rota import breaches
from rota.staff.records import RotaMember
from tests.cast import Cast, make_account
from tests.makers import MONDAY
from tests.rota import scene

MANAGER = Role.WORKFORCE_MANAGER
TEXTS = ("ELM", "OAK", "REM", "", "pin", "unpin", "OAK clinic")
State = dict[Cell, Content]


class Walk:
    """A draft that is edited at random, by somebody or by several."""

    def __init__(self, cast: Cast, version: RotaVersion, people: list[RotaMember], seed: int) -> None:
        self.cast, self.version_id, self.chance = cast, version.id, Random(seed)
        days = [MONDAY, MONDAY + timedelta(1)]
        kinds = [SessionKind.MORNING, SessionKind.AFTERNOON, SessionKind.EVENING]
        self.cells = [Cell(each.id, day, kind) for each in people for day in days for kind in kinds]
        self.deeds: list[Callable[[Actor], object]] = [
            self.edit,
            self.paste,
            self.make,
            self.clear,
            self.move,
        ]

    @property
    def state(self) -> State:
        return dict(contents_of(self.version_id))

    def seen(self, *cells: Cell) -> list[str]:
        standing = standing_in(self.version_id, cells)
        return [standing[cell].mark for cell in cells]

    def edit(self, actor: Actor) -> object:
        cell = self.chance.choice(self.cells)
        change = Change(cell, self.chance.choice(TEXTS), *self.seen(cell))
        return commands.edit_cells(actor, self.version_id, [change])

    def paste(self, actor: Actor) -> object:
        cells = self.chance.sample(self.cells, 5)
        texts = [self.chance.choice(TEXTS[:4]) for _ in cells]
        changes = [Change(*each) for each in zip(cells, texts, self.seen(*cells), strict=True)]
        return commands.edit_cells(actor, self.version_id, changes, EditKind.PASTE)

    def make(self, actor: Actor) -> object:
        cell, site = self.chance.choice(self.cells), self.chance.choice([None, self.cast.oak_site.id])
        return commands.make_place(actor, self.version_id, cell, site, Activity.CLINIC, *self.seen(cell))

    def clear(self, actor: Actor) -> object:
        cell = self.chance.choice(list(self.state) or self.cells)
        return commands.clear(actor, self.version_id, cell, *self.seen(cell))

    def move(self, actor: Actor) -> object:
        cell = self.chance.choice(list(self.state) or self.cells)
        to = self.chance.choice([each for each in self.cells if each.member_id == cell.member_id])
        return commands.move(actor, self.version_id, cell, to, *self.seen(cell, to))

    def step(self, actor: Actor) -> bool:
        """Do something at random; a refusal leaves everything as it was."""
        before = self.state
        try:
            self.chance.choice(self.deeds)(actor)
        except Refusal:
            assert self.state == before
            return False
        return True


@pytest.fixture
def people(cast: Cast) -> list[RotaMember]:
    return scene.make_scene(cast)


@pytest.fixture
def version(cast: Cast, people: list[RotaMember]) -> RotaVersion:
    return scene.open_rota(cast)


@pytest.mark.parametrize("seed", range(4))
def test_any_walk_undone_gives_the_start_and_done_again_the_end(
    cast: Cast, version: RotaVersion, people: list[RotaMember], seed: int
) -> None:
    walk = Walk(cast, version, people, seed)
    states = [walk.state]
    while len(states) < 16:
        if walk.step(cast[MANAGER]):
            states.append(walk.state)
    for state in reversed(states[:-1]):
        undo(cast[MANAGER], version.id)
        assert walk.state == state
    for state in states[1:]:
        redo(cast[MANAGER], version.id)
        assert walk.state == state
    with pytest.raises(Refusal, match="nothing to do again"):
        redo(cast[MANAGER], version.id)


@pytest.mark.parametrize("seed", range(4))
def test_of_two_who_edit_at_once_each_takes_back_their_own_and_loses_nothing_of_the_others(
    cast: Cast, version: RotaVersion, people: list[RotaMember], seed: int
) -> None:
    account = make_account(MANAGER, cast.network, cast.elm.id)
    db.session.commit()
    both = [cast[MANAGER], workplace_of(account).actor]
    walk, taken_back, refused = Walk(cast, version, people, seed), 0, 0
    for _ in range(40):
        actor = walk.chance.choice(both)
        command = walk.chance.choice([None, None, undo, redo])
        if command is None:
            walk.step(actor)
            continue
        before, stacks = walk.state, stacks_for(actor, version.id)
        edit_id = stacks.to_undo if command is undo else stacks.to_redo
        try:
            command(actor, version.id)
        except ChangedMeanwhile:
            refused += 1
            assert walk.state == before
        except Refusal:
            assert (edit_id, walk.state) == (None, before)
        else:
            taken_back += 1
            assert edit_id is not None
            own_alone(walk, before, edit_id)
    assert taken_back


def own_alone(walk: Walk, before: State, edit_id: object) -> None:
    """See that what was taken back is the edit alone, and that it stood as it was made."""
    edit, after = get_edit(edit_id), walk.state  # type: ignore[arg-type]
    cells = {Cell(each.member_id, each.day, each.kind): each for each in edit.changes}
    for cell in {*before, *after, *cells}:
        if cell in cells:
            assert same_content(before.get(cell), cells[cell].after)
            assert same_content(after.get(cell), cells[cell].before)
        else:
            assert same_content(before.get(cell), after.get(cell))


def test_a_filling_is_one_edit_and_is_taken_back_in_as_few_statements_as_a_single_cell(
    cast: Cast, version: RotaVersion, people: list[RotaMember]
) -> None:
    version_id, cell = version.id, scene.put(version, people[0], cast.oak_site, cast[MANAGER])
    start = dict(contents_of(version_id))
    with counted() as for_one:
        undo(cast[MANAGER], version_id)
    redo(cast[MANAGER], version_id)
    solve(cast.network.id, job_id=ask_to_fill(cast[MANAGER], version_id, Limits(seconds=20, workers=1)))
    filled = dict(contents_of(version_id))
    assert len(filled) > 15
    with counted() as for_all:
        assert len(undo(cast[MANAGER], version_id)) == len(filled) - 1
    assert dict(contents_of(version_id)) == start
    assert start.keys() == {cell}
    # What was filled is emptied, and nothing else is written for it.
    assert len(for_all) <= len(for_one) + 2
    redo(cast[MANAGER], version_id)
    assert dict(contents_of(version_id)) == filled
    assert {row.row_version for row in db.session.query(Assignment)} == {1}


@pytest.mark.parametrize("seed", range(2))
def test_what_pages_remember_agrees_with_a_fresh_look_after_every_step(
    cast: Cast, version: RotaVersion, people: list[RotaMember], seed: int
) -> None:
    walk, version_id = Walk(cast, version, people, seed), version.id
    for number in range(12):
        walk.step(cast[MANAGER])
        if number % 5 == 4:
            undo(cast[MANAGER], version_id)
        fresh = get_version_for(cast[MANAGER], version_id)
        remembered = planned_for(fresh, remembered_facts_of(fresh.period))
        read = planned_for(fresh)
        assert (remembered.problem, remembered.plan) == (read.problem, read.plan)
        assert remembered.breaches == breaches(read.problem, read.plan)
