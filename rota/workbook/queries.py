"""What the rows of a workbook may name: the sites, organisations and people of a network; and one import."""

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from network.access.rules import Actor
from network.organisations.queries import organisations_for, sites_for
from network.people.queries import engagements_seen_by
from network.people.records import Engagement, Person
from network.plumbing.database import db, today
from network.plumbing.refusals import Refusal
from network.plumbing.typed import plain
from network.vocabulary import JobRole
from rota.staff.queries import competencies
from rota.staff.records import RotaMember
from rota.tables.rules import Place, Problem, SheetName, Who
from rota.workbook.rules import Difference, RowChange, What
from rota.workbook.wording import nearest_said

TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sister"})
LATER = date(9999, 1, 1)
NOTHING: Mapping[str, tuple[str, str]] = MappingProxyType({})


Named = Mapping[uuid.UUID, dict[str, object]]


@dataclass(frozen=True)
class Post:
    """A post in the network, by what rows may know of it."""

    person_id: uuid.UUID
    engagement_id: uuid.UUID
    name: str
    email: str
    employer_id: uuid.UUID
    role: JobRole
    member_id: uuid.UUID | None

    def fits(self, who: Who, employer_id: uuid.UUID | None) -> bool:
        """Say whether all that is known of somebody, besides the name, fits this post."""
        return (
            employer_id in (None, self.employer_id)
            and who.role in (None, self.role)
            and (not who.email or who.email.casefold() == self.email.casefold())
        )


@dataclass
class Directory:
    """Sites by code, organisations by any of their names, and the posts that have not ended by name."""

    sites: dict[str, uuid.UUID] = field(default_factory=dict)
    site_names: dict[str, str] = field(default_factory=dict)
    codes: dict[uuid.UUID, str] = field(default_factory=dict)
    organisations: dict[str, uuid.UUID] = field(default_factory=dict)
    competencies: dict[str, str] = field(default_factory=dict)
    posts: dict[str, list[Post]] = field(default_factory=dict)

    def add(self, post: Post) -> None:
        """Add a post, or put what is now known of it in place of what was."""
        called = self.posts.setdefault(plain(post.name), [])
        called[:] = [*(known for known in called if known.engagement_id != post.engagement_id), post]

    @property
    def names(self) -> dict[str, str]:
        """Everybody's name as it is compared and as it is written."""
        return {called: posts[0].name for called, posts in self.posts.items() if posts}

    def called(self, typed: str) -> list[Post]:
        """Return the posts of those whom a name means: 'Amy Example', 'Dr Amy Example', 'Example, Amy'."""
        family, comma, given = typed.partition(",")
        # A comma may be part of a name too: as it is written comes first.
        for name in (typed, f"{given} {family}") if comma else (typed,):
            words = plain(name).split()
            untitled = words[1:] if words and words[0] in TITLES else words
            if found := self.posts.get(" ".join(words)) or self.posts.get(" ".join(untitled)):
                return found
        return []


def directory_for(actor: Actor) -> Directory:
    """Return what rows of a workbook may name."""
    organisations = organisations_for(actor)
    names = {
        plain(name): organisation.id
        for organisation in reversed(organisations)
        for name in (organisation.short_name, organisation.name, organisation.ods_code)
        if name
    }
    found = db.session.execute(
        select(Engagement, RotaMember.id)
        .join(Engagement.person)
        .outerjoin(RotaMember, RotaMember.engagement_id == Engagement.id)
        .where(engagements_seen_by(actor), or_(Engagement.ends_on.is_(None), Engagement.ends_on >= today()))
        .options(contains_eager(Engagement.person))
        .order_by(Person.family_name, Person.given_name, Engagement.starts_on)
    )
    known = competencies().values()
    sites = sites_for(actor)
    directory = Directory(
        sites={plain(name): site.id for site in sites for name in (site.name, site.code)},
        site_names={site.code: site.name for site in sites},
        codes={site.id: site.code for site in sites},
        organisations=names,
        competencies={plain(name): one.code for one in known for name in (one.code, one.label)},
    )
    for engagement, member_id in found:
        directory.add(post_of(engagement, member_id))
    return directory


def post_of(engagement: Engagement, member_id: uuid.UUID | None) -> Post:
    person = engagement.person
    name = f"{person.given_name} {person.family_name}"
    return Post(
        person.id, engagement.id, name, person.email or "", engagement.employer_id, engagement.role, member_id
    )


def names_of(members: Sequence[RotaMember]) -> Named:
    """Name each member so that only they are meant; the email only where nothing else tells them apart."""
    posts = {member.id: post_of(member.engagement, member.id) for member in members}
    shared = Counter((plain(post.name), post.employer_id, post.role) for post in posts.values())
    employers = {member.id: member.engagement.employer.name for member in members}
    return {
        member_id: {
            "name": post.name,
            "employer": employers[member_id],
            "role": post.role.label,
            "email": post.email if shared[plain(post.name), post.employer_id, post.role] > 1 else "",
        }
        for member_id, post in posts.items()
    }


class Skipped(Exception):
    """The row is noted as a problem; go on with the next."""


@dataclass
class Import:
    """One import: who does it, what rows may name, and what came of them so far."""

    actor: Actor
    directory: Directory
    problems: list[Problem] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    first_rows: dict[object, int] = field(default_factory=dict)
    held: list[RotaMember] = field(default_factory=list)

    def note(
        self, place: Place, about: str, what: What, differences: Mapping[str, tuple[str, str]] = NOTHING
    ) -> None:
        """Keep what a row does, for the preview."""
        told = tuple(
            Difference(heading, *pair) for heading, pair in differences.items() if pair[0] != pair[1]
        )
        self.changes.append(RowChange(place.sheet, place.row, about, what, told))

    def wrong(self, place: Place, column: str, said: str) -> Skipped:
        self.problems.append(place.problem(column, said))
        return Skipped()

    @contextmanager
    def row(self, place: Place, column: str) -> Iterator[None]:
        """Note what a command refuses as a problem of the row."""
        try:
            yield
        except Skipped:
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
            names = self.directory.site_names
            nearest = nearest_said(
                code, {**{name: each for each, name in names.items()}, **{c: c for c in names}}
            )
            known = ", ".join(sorted(names)) or "none yet"
            raise self.wrong(place, column, f"There is no site '{code}'.{nearest} The sites are: {known}.")
        return site_id

    def employer(self, place: Place, name: str) -> uuid.UUID:
        employer_id = self.directory.organisations.get(plain(name))
        if employer_id is None:
            nearest = nearest_said(name, {each: each.title() for each in self.directory.organisations})
            said = f"There is no organisation '{name}' in this network.{nearest}"
            raise self.wrong(place, "employer", f"{said} Enter its name as under Network.")
        return employer_id

    def member(self, place: Place, who: Who) -> uuid.UUID:
        """Find the one member whom a row means."""
        employer_id = self.employer(place, who.employer) if who.employer else None
        called = self.directory.called(who.name)
        found = [post for post in called if post.member_id and post.fits(who, employer_id)]
        if not found and any(problem.sheet == SheetName.STAFF for problem in self.problems):
            # Their own row may be among those that could not be read.
            raise Skipped
        if not found:
            nearest = nearest_said(who.name, self.directory.names)
            said = f"Nobody called {who.name} is on the rota.{nearest}"
            raise self.wrong(place, "name", f"{said} Check the row, or add one to the Staff sheet.")
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
