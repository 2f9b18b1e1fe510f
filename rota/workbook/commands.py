"""Writing what a workbook says, through the same commands as the pages: all of it, or nothing."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date

from sqlalchemy import select

from network.access.guard import require
from network.access.rules import Actor, Permission
from network.audit.commands import record
from network.people.commands import add_person, change_engagement, change_person, engage_person
from network.people.records import Engagement, Person
from network.people.rules import FULL_TIME_MINUTES, Details, Terms, weekly_minutes
from network.plumbing.commands import command
from network.plumbing.database import db, today
from network.plumbing.refusals import Invalid, Refusal
from network.plumbing.typed import plain
from rota.demand.commands import add_demand, change_demand
from rota.demand.queries import as_want
from rota.demand.records import DemandTemplate
from rota.demand.rules import Want
from rota.leave.commands import approve_leave, report_sickness, request_leave
from rota.leave.queries import as_away
from rota.leave.records import Absence
from rota.leave.rules import STANDS, AbsenceKind, AbsenceState
from rota.staff.commands import (
    add_member,
    change_member,
    set_working_pattern,
    sign_off_competency,
    split_funding,
)
from rota.staff.records import RotaMember
from rota.staff.rules import Availability, Choices, Planning
from rota.tables.rules import Place, Problem, SheetName
from rota.workbook.queries import Directory, Post, directory_for
from rota.workbook.rules import Book, DemandLine, LeaveLine, PatternLine, StaffLine, Who

SAME, CHANGED, ADDED = ORDER = ("same", "changed", "added")


class Unfit(Invalid):
    """The workbook cannot be written as it is; `problems` name every cell."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("The workbook has problems. Nothing was written.")
        self.problems = problems


class _Skipped(Exception):
    """The row is noted as a problem; go on with the next."""


@dataclass
class Import:
    """One import: who does it, what rows may name, and what came of them so far."""

    actor: Actor
    directory: Directory
    problems: list[Problem] = field(default_factory=list)
    counts: dict[SheetName, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    first_rows: dict[object, int] = field(default_factory=dict)

    def wrong(self, place: Place, column: str, said: str) -> _Skipped:
        self.problems.append(place.problem(column, said))
        return _Skipped()

    @contextmanager
    def row(self, place: Place, column: str) -> Iterator[None]:
        """Note what a command refuses as a problem of the row."""
        try:
            yield
        except _Skipped:
            return
        except Refusal as refusal:
            self.problems.append(place.problem(column, refusal.sentence))

    def once(self, key: object, place: Place, column: str, said: str) -> None:
        """Refuse a second row about the same."""
        first = self.first_rows.setdefault(key, place.row)
        if first != place.row:
            raise self.wrong(place, column, f"{said} stands in row {first} already. Remove one of the two.")

    def site(self, place: Place, column: str, code: str) -> uuid.UUID:
        site_id = self.directory.sites.get(plain(code))
        if site_id is None:
            known = ", ".join(sorted(code.upper() for code in self.directory.sites)) or "none yet"
            raise self.wrong(place, column, f"There is no site '{code}'. The sites are: {known}.")
        return site_id

    def employer(self, place: Place, name: str) -> uuid.UUID:
        employer_id = self.directory.organisations.get(plain(name))
        if employer_id is None:
            said = f"There is no organisation '{name}' in this network. Enter its name as under Network."
            raise self.wrong(place, "employer", said)
        return employer_id

    def member(self, place: Place, who: Who) -> uuid.UUID:
        """Find the one member whom a row means."""
        employer_id = self.employer(place, who.employer) if who.employer else None
        called = self.directory.called(who.name)
        found = [post for post in called if post.member_id and post.fits(who, employer_id)]
        if not found and any(problem.sheet == SheetName.STAFF for problem in self.problems):
            # Their own row may be among those that could not be read.
            raise _Skipped
        if not found:
            said = f"Nobody called {who.name} is on the rota. Check the row, or add one to the Staff sheet."
            raise self.wrong(place, "name", said)
        if len(found) > 1:
            said = (
                f"More than one post fits {who.name}. Enter the employer, the role or the email address too."
            )
            raise self.wrong(place, "name", said)
        assert found[0].member_id is not None
        return found[0].member_id

    def competencies(self, place: Place, names: tuple[str, ...]) -> tuple[str, ...]:
        known = self.directory.competencies
        if unknown := [name for name in names if plain(name) not in known]:
            raise self.wrong(place, "competencies", f"'{unknown[0]}' is not a competency that Quorate knows.")
        return tuple(dict.fromkeys(known[plain(name)] for name in names))


@command
def write_book(actor: Actor, book: Book) -> dict[str, dict[str, int]]:
    """Write all that a workbook says, or raise `Unfit`; count by sheet what is new, changed or the same."""
    require(actor.may(Permission.IMPORT_WORKBOOK))
    work = Import(actor, directory_for(actor), list(book.problems))
    for line in book.staff:
        with work.row(line.place, "family_name"):
            work.counts[SheetName.STAFF][_write_staff(work, line)] += 1
    _write_patterns(work, book.patterns)
    for leave in book.leave:
        with work.row(leave.place, "starts_on"):
            work.counts[SheetName.LEAVE][_write_leave(work, leave)] += 1
    for demand in book.demand:
        with work.row(demand.place, "session"):
            work.counts[SheetName.DEMAND][_write_demand(work, demand)] += 1
    if work.problems:
        raise Unfit(work.problems)
    counts = {str(sheet): dict(counted) for sheet, counted in work.counts.items()}
    record(actor, "import_workbook", "workbook", counts=counts)
    return counts


def _write_staff(work: Import, line: StaffLine) -> str:
    place, name = line.place, f"{line.given_name} {line.family_name}"
    employer_id = work.employer(place, line.employer)
    home_site_id = work.site(place, "home_site", line.home_site) if line.home_site else None
    codes = work.competencies(place, line.competencies)
    post = _post_of(work, line, name, employer_id)
    if post is None:
        member_id, answer = _take_on(work, line, name, employer_id, home_site_id), ADDED
    else:
        member_id, answer = _bring_up_to_date(work, line, post, home_site_id)
    work.once((SheetName.STAFF, member_id), place, "family_name", name)
    return max(answer, _add_what_is_missing(work, line, member_id, codes), key=ORDER.index)


def _post_of(work: Import, line: StaffLine, name: str, employer_id: uuid.UUID) -> Post | None:
    """Find the post that a row is about, None where it is new."""
    found = [
        post for post in work.directory.called(name) if post.fits(Who(name, role=line.role), employer_id)
    ]
    same = [post for post in found if post.email.casefold() == line.email.casefold()]
    if len(same) == 1:
        return same[0]
    if len(found) > 1:
        said = (
            f"There are several people called {name} in this post. Enter the email address of the one meant."
        )
        raise work.wrong(line.place, "email", said)
    if found and line.email and found[0].email:
        said = f"{name} has another email address here. Change it on the person's own page first."
        raise work.wrong(line.place, "email", said)
    return found[0] if found else None


def _take_on(
    work: Import, line: StaffLine, name: str, employer_id: uuid.UUID, home_site_id: uuid.UUID | None
) -> uuid.UUID:
    namesakes = work.directory.called(name)
    same = [post for post in namesakes if line.email and post.email.casefold() == line.email.casefold()]
    if namesakes and not line.email:
        said = (
            f"There is another {name} already. Enter the email address, to say whether they are one person."
        )
        raise work.wrong(line.place, "email", said)
    terms = _terms_of(line, employer_id)
    if same:
        person_id = same[0].person_id
        engagement_id = engage_person(work.actor, person_id, terms)
    else:
        details = Details(line.given_name, line.family_name, line.title, line.email)
        person_id, engagement_id = add_person(work.actor, details, terms)
    planning = Planning(planned_from=line.starts_on, home_site_id=home_site_id)
    member_id = add_member(work.actor, engagement_id, planning=planning)
    post = Post(person_id, engagement_id, name, line.email, employer_id, line.role, member_id)
    work.directory.add(post)
    return member_id


def _bring_up_to_date(
    work: Import, line: StaffLine, post: Post, home_site_id: uuid.UUID | None
) -> tuple[uuid.UUID, str]:
    engagement = db.session.get_one(Engagement, post.engagement_id)
    answer = SAME
    terms = _terms_of(line, engagement.employer_id, engagement)
    if any(getattr(engagement, name) != value for name, value in asdict(terms).items()):
        change_engagement(work.actor, engagement.id, terms)
        answer = CHANGED
    answer = CHANGED if _change_details(work, line, engagement.person) else answer
    if post.member_id is None:
        planning = Planning(planned_from=line.starts_on, home_site_id=home_site_id)
        member_id = add_member(work.actor, engagement.id, planning=planning)
        work.directory.add(replace(post, member_id=member_id))
        return member_id, CHANGED
    member = db.session.get_one(RotaMember, post.member_id)
    if home_site_id and member.home_site_id != home_site_id:
        kept = {each.name: getattr(member, each.name) for each in fields(Planning)}
        change_member(work.actor, member.id, Planning(**{**kept, "home_site_id": home_site_id}))
        answer = CHANGED
    return member.id, answer


def _terms_of(line: StaffLine, employer_id: uuid.UUID, known: Engagement | None = None) -> Terms:
    """Give the terms of a row; what it leaves empty stays as it is."""
    full_time = round(line.full_time_hours * 60) if line.full_time_hours else None
    return Terms(
        employer_id=employer_id,
        role=line.role,
        contract=line.contract,
        weekly_minutes=weekly_minutes(line.sessions, line.session_minutes),
        session_minutes=line.session_minutes,
        starts_on=line.starts_on,
        ends_on=line.ends_on or (known.ends_on if known else None),
        full_time_minutes=full_time or (known.full_time_minutes if known else FULL_TIME_MINUTES),
        annualised=line.annualised if line.annualised is not None else bool(known and known.annualised),
    )


def _change_details(work: Import, line: StaffLine, person: Person) -> bool:
    title, email = line.title or person.title, line.email or person.email or ""
    if (title, email) == (person.title, person.email or ""):
        return False
    details = Details(person.given_name, person.family_name, title, email, person.phone, person.born_on)
    change_person(work.actor, person.id, details)
    return True


def _add_what_is_missing(work: Import, line: StaffLine, member_id: uuid.UUID, codes: tuple[str, ...]) -> str:
    member, answer = db.session.get_one(RotaMember, member_id), SAME
    with work.row(line.place, "competencies"):
        for code in sorted(set(codes) - {held.code for held in member.competencies}):
            sign_off_competency(work.actor, member_id, code)
            answer = CHANGED
    with work.row(line.place, "funding"):
        if line.funding and line.funding != {split.stream: split.percent for split in member.funding}:
            split_funding(work.actor, member_id, line.funding)
            answer = CHANGED
    return answer


def _write_patterns(work: Import, lines: list[PatternLine]) -> None:
    patterns: dict[tuple[uuid.UUID, date], list[PatternLine]] = defaultdict(list)
    for line in lines:
        with work.row(line.place, "name"):
            member_id = work.member(line.place, line.who)
            said = f"Week {line.week} of {line.who.name}'s pattern"
            work.once((member_id, line.starts_on, line.week), line.place, "week", said)
            patterns[member_id, line.starts_on].append(line)
    for (member_id, starts_on), weeks in patterns.items():
        with work.row(weeks[0].place, "starts_on"):
            answer = _write_pattern(work, member_id, starts_on, weeks)
            work.counts[SheetName.PATTERNS][answer] += len(weeks)


def _write_pattern(work: Import, member_id: uuid.UUID, starts_on: date, lines: list[PatternLine]) -> str:
    weeks = {line.week for line in lines}
    if missing := set(range(1, max(weeks) + 1)) - weeks:
        raise work.wrong(lines[0].place, "week", f"The pattern has no row for week {min(missing)}.")
    choices = {slot: choice for line in lines for slot, choice in line.choices.items()}
    member = db.session.get_one(RotaMember, member_id)
    same = next((pattern for pattern in member.patterns if pattern.starts_on == starts_on), None)
    if same and (same.cycle_weeks, _worked(same.value.choices)) == (len(weeks), choices):
        return SAME
    answer = CHANGED if same else ADDED
    set_working_pattern(work.actor, member_id, choices, starts_on=starts_on, cycle_weeks=len(weeks))
    return answer


def _worked(choices: Choices) -> Choices:
    return {slot: choice for slot, choice in choices.items() if choice.availability is not Availability.NEVER}


def _write_leave(work: Import, line: LeaveLine) -> str:
    away, member_id = line.away, work.member(line.place, line.who)
    work.once((SheetName.LEAVE, member_id, away), line.place, "starts_on", f"This leave of {line.who.name}")
    standing = select(Absence).where(Absence.member_id == member_id, Absence.state.in_(STANDS))
    known = [row for row in db.session.scalars(standing) if replace(as_away(row), member_id=None) == away]
    if known:
        if known[0].state is AbsenceState.REQUESTED and line.approved:
            approve_leave(work.actor, known[0].id)
            return CHANGED
        return SAME
    if away.kind is AbsenceKind.SICKNESS:
        report_sickness(work.actor, member_id, away)
        return ADDED
    absence_id = request_leave(work.actor, member_id, away)
    if line.approved:
        with work.row(line.place, "state"):
            approve_leave(work.actor, absence_id)
    return ADDED


def _write_demand(work: Import, line: DemandLine) -> str:
    site_id = work.site(line.place, "site", line.site)
    codes = work.competencies(line.place, line.wants[0].competencies if line.wants else ())
    answers = {SAME}
    for want in line.wants:
        want = replace(want, competencies=codes)
        key = (site_id, want.session, want.role_group, want.activity, want.starts_on)
        work.once(key, line.place, "session", want.said)
        answers.add(_write_want(work, site_id, want))
    return max(answers, key=ORDER.index)


def _write_want(work: Import, site_id: uuid.UUID, want: Want) -> str:
    rows = db.session.scalars(
        select(DemandTemplate).where(
            DemandTemplate.site_id == site_id,
            DemandTemplate.weekday == want.weekday,
            DemandTemplate.kind == want.kind,
            DemandTemplate.role_group == want.role_group,
            DemandTemplate.activity == want.activity,
        )
    )
    dated = replace(want, starts_on=want.starts_on or today())
    known = [row for row in rows if as_want(row).asks_the_same(dated)]
    known.sort(key=lambda row: row.starts_on != want.starts_on)
    if not known:
        add_demand(work.actor, site_id, want)
        return ADDED
    row = known[0]
    wanted = replace(want, starts_on=want.starts_on or row.starts_on, ends_on=want.ends_on or row.ends_on)
    if wanted == as_want(row):
        return SAME
    change_demand(work.actor, row.id, wanted)
    return CHANGED
