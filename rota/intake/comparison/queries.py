"""A sheet held against a draft: what it would change, cell by cell, and what is wrong with it."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from network.access.rules import Actor
from network.plumbing.refusals import Invalid
from network.plumbing.typed import plain
from network.vocabulary import Activity, SessionKind
from rota.cover.wording import REMOTE, session_said
from rota.desk.queries import Desk, meant_content
from rota.desk.rules import MOST_CELLS, Change, Deed
from rota.drafts.queries import out_of_reach
from rota.edits.rules import Cell, Content, same_content
from rota.facts.queries import remembered_facts_of
from rota.intake.rules import Period, PersonRow, Typed
from rota.planning.queries import Planned, planned_for
from rota.rotas.records import RotaVersion
from rota.rows.wording import AWAY_CODES, FIXED_CODES, HIDDEN_AWAY
from rota.sheets.queries import texts_of
from rota.sheets.rules import Mark, State
from rota.sheets.wording import USUAL, code_said
from rota.staff.records import RotaMember
from rota.tables.rules import Problem
from rota.workbook.queries import Directory, post_of
from rota.workbook.wording import nearest_said

NOTHING = Mark()
TIME_AWAY = frozenset(plain(code) for code in (*AWAY_CODES.values(), *FIXED_CODES.values(), HIDDEN_AWAY))


@dataclass(frozen=True)
class Wanted:
    """One cell that a sheet changes, in words, and as it is asked for."""

    name: str
    session: str
    old: str
    new: str
    change: Change

    def as_plain(self) -> list[str]:
        """Give it as data for a database."""
        cell = self.change.cell
        where = [str(cell.member_id), cell.day.isoformat(), cell.kind.value]
        return [self.name, self.session, self.old, self.new, *where, self.change.to, self.change.seen]

    @classmethod
    def of_plain(cls, plain: list[str]) -> "Wanted":
        """Read it back."""
        name, session, old, new, member, day, kind, to, seen = plain
        cell = Cell(uuid.UUID(member), date.fromisoformat(day), SessionKind(kind))
        return cls(name, session, old, new, Change(cell, to, seen))


@dataclass
class Comparison:
    """A sheet held against a draft: what it would change, and what is wrong with it."""

    viewer: Actor
    version: RotaVersion
    problems: list[Problem] = field(default_factory=list)
    people: set[uuid.UUID] = field(default_factory=set)

    @cached_property
    def planned(self) -> Planned:
        return planned_for(self.version, remembered_facts_of(self.version.period))

    @cached_property
    def stands(self) -> dict[Cell, Mark]:
        return texts_of(self.viewer, self.version, self.planned)

    @cached_property
    def directory(self) -> Directory:
        directory = Directory()
        for member in self.planned.members.values():
            directory.add(post_of(member.engagement, member.id))
        return directory

    @property
    def period(self) -> Period:
        return Period(self.version.period.starts_on, self.version.period.ends_on)

    def wanted(self, people: list[PersonRow]) -> list[Wanted]:
        """Find the cells that a sheet has otherwise than the draft."""
        typed: dict[Cell, Typed] = {}
        for person in people:
            member_id = self._member(person)
            self.people |= {member_id} if member_id else set()
            for cell in person.cells if member_id else ():
                self._note(typed, Cell(member_id, cell.day, cell.kind), cell)  # type: ignore[arg-type]
        differ = {cell: each for cell, each in typed.items() if self._differs(cell, each.text)}
        if len(differ) > MOST_CELLS:
            raise Invalid(
                f"The sheet changes {len(differ):,} cells, and {MOST_CELLS:,} can be changed at once. Bring "
                "in a week or two at a time: delete the others from the sheet."
            )
        return self._understood(differ)

    def _member(self, person: PersonRow) -> uuid.UUID | None:
        found = self.directory.called(person.name)
        if len(found) > 1:
            beside = {plain(each) for each in person.beside}
            members = self.planned.members
            found = [
                post
                for post in found
                if plain(post.role.label) in beside and beside & _employer_names(members[post.member_id])  # type: ignore[index]
            ] or found
        if len(found) == 1:
            return found[0].member_id
        # A heading between the rows of people has nothing in its cells.
        if not person.is_empty:
            nearest = nearest_said(person.name, self.directory.names)
            said = f"Nobody called {person.name} is on this rota.{nearest} Write the name as the rota has it."
            if found:
                said = (
                    f"More than one person fits {person.name}. Write the role and the employer in the "
                    "columns beside the name, as the downloaded rota does."
                )
            self.problems.append(person.place.problem("Name", said))
        return None

    def _note(self, typed: dict[Cell, Typed], cell: Cell, found: Typed) -> None:
        first = typed.setdefault(cell, found)
        if first is not found and first.text != found.text:
            said = f"The same person and session stand in row {first.place.row} too. Remove one of the two."
            self.problems.append(found.place.problem(self._about(cell), said))

    def _differs(self, cell: Cell, text: str) -> bool:
        mark = self.stands.get(cell, NOTHING)
        if not text:
            # Leave and fixed time are no one's to clear here; an empty cell leaves them as they are.
            return mark.state.is_placed
        # One of the network downloads 'Sick' where another is told 'N/A'.
        if mark.state is State.AWAY and plain(text) in TIME_AWAY:
            return False
        return plain(text) != plain(mark.text)

    def _understood(self, differ: dict[Cell, Typed]) -> list[Wanted]:
        desk = Desk(self.viewer, self.version, list(differ))
        contents: dict[Cell, tuple[Content, Content]] = {}
        found = []
        for cell, typed in differ.items():
            standing = desk.standing[cell]
            try:
                change = Change(cell, _sharpened(desk, cell, typed.text), standing.mark)
                content = meant_content(desk, change)
            except Invalid as refusal:
                self.problems.append(typed.place.problem(self._about(cell), refusal.sentence))
                continue
            if same_content(standing.content, content):
                continue
            contents[cell] = standing.content, content
            old = self.stands.get(cell, NOTHING).text
            name = desk.members[cell.member_id].name
            new = self._said(content)
            found.append(Wanted(name, session_said(cell.day, cell.kind), old, new, change))
        for cell in out_of_reach(self.viewer, contents, desk.members):
            said = "You can change the rota of your own organisation's people and sites only."
            self.problems.append(differ[cell].place.problem(self._about(cell), said))
        return found

    def _said(self, content: Content) -> str:
        """Say what a cell would hold, as the downloaded rota says it."""
        if content is None:
            return ""
        site = self.planned.sites.get(uuid.UUID(content["site_id"])) if content["site_id"] else None
        return code_said(site.code if site else REMOTE, Activity(content["activity"]))

    def _about(self, cell: Cell) -> str:
        return f"{self.planned.members[cell.member_id].name}, {session_said(cell.day, cell.kind)}"


def _sharpened(desk: Desk, cell: Cell, text: str) -> str:
    """Name the usual activity where a site stands alone: a sheet says so where it means a special duty."""
    meant = desk.vocabulary.read(text) if text else None
    if meant is None or meant.deed is not Deed.GO or meant.activity is not None:
        return text
    usual = [
        each
        for each in desk.offers(cell)
        if each.site == meant.site
        and each.activity in USUAL
        and (each.is_current or each.have < each.maximum)
    ]
    if not usual or any(each.is_current for each in usual):
        return text
    # Not the whole word: 'ELM Surgery' may be how the site is called.
    return f"{text} {max(usual, key=lambda each: each.minimum - each.have).activity.label[:-1]}"


def _employer_names(member: RotaMember) -> set[str]:
    employer = member.engagement.employer
    return {plain(employer.name), plain(employer.short_name)}
