"""What the rows of a workbook may name: the sites, organisations and people of a network."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from network.access.rules import Actor
from network.organisations.queries import organisations_for, sites_for
from network.people.queries import engagements_seen_by
from network.people.records import Engagement, Person
from network.plumbing.database import db, today
from network.plumbing.typed import plain
from network.vocabulary import JobRole
from rota.staff.queries import competencies
from rota.staff.records import RotaMember
from rota.workbook.rules import Who

TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sister"})
LATER = date(9999, 1, 1)


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
    organisations: dict[str, uuid.UUID] = field(default_factory=dict)
    competencies: dict[str, str] = field(default_factory=dict)
    posts: dict[str, list[Post]] = field(default_factory=dict)

    def add(self, post: Post) -> None:
        """Add a post, or put what is now known of it in place of what was."""
        called = self.posts.setdefault(plain(post.name), [])
        called[:] = [*(known for known in called if known.engagement_id != post.engagement_id), post]

    def called(self, typed: str) -> list[Post]:
        """Return the posts of those whom a name means: 'Amy Example', 'Dr Amy Example', 'Example, Amy'."""
        family, comma, given = typed.partition(",")
        words = plain(f"{given} {family}" if comma else typed).split()
        untitled = words[1:] if words and words[0] in TITLES else words
        return self.posts.get(" ".join(words)) or self.posts.get(" ".join(untitled)) or []


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
    directory = Directory(
        sites={plain(site.code): site.id for site in sites_for(actor)},
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
