"""Writing the sheet of staff: people taken on, and brought up to date."""

import uuid
from dataclasses import asdict, fields, replace

from network.people.commands import add_person, change_engagement, change_person, engage_person
from network.people.records import Engagement, Person
from network.people.rules import FULL_TIME_MINUTES, Details, Terms, weekly_minutes
from network.plumbing.database import db
from rota.staff.commands import add_member, change_member, sign_off_competency, split_funding
from rota.staff.queries import competencies
from rota.staff.records import RotaMember
from rota.staff.rules import Planning
from rota.tables.rules import SheetName, Who
from rota.workbook.queries import Import, Post
from rota.workbook.rules import What
from rota.workbook.staff.rules import StaffLine
from rota.workbook.wording import said

# What a salaried general practitioner's contract calls a session.
USUAL_MINUTES = 250


def write_staff(work: Import, line: StaffLine) -> None:
    """Take somebody on, or bring their post up to date; nothing that a row leaves empty is changed."""
    place, name = line.place, f"{line.given_name} {line.family_name}"
    employer_id = work.employer(place, line.employer)
    home_site_id = work.site(place, "home_site", line.home_site) if line.home_site else None
    codes = work.competencies(place, line.competencies)
    post = _post_of(work, line, name, employer_id)
    before = _shown(work, post) if post else {}
    if post is None:
        member_id = _take_on(work, line, name, employer_id, home_site_id)
    else:
        member_id = _bring_up_to_date(work, line, post, home_site_id)
    work.once((SheetName.STAFF, member_id), place, "family_name", name)
    _add_what_is_missing(work, line, member_id, codes)
    after = _shown(work, next(each for each in work.directory.called(name) if each.member_id == member_id))
    changed = {heading: (before.get(heading, ""), value) for heading, value in after.items()}
    what = What.ADDED if post is None else What.SAME if before == after else What.CHANGED
    work.note(place, name, what, changed)


def _shown(work: Import, post: Post) -> dict[str, str]:
    """Say all that the sheet of staff can change about somebody."""
    engagement = db.session.get_one(Engagement, post.engagement_id)
    labels = {code: competency.label for code, competency in competencies().items()}
    values = {
        "Title": engagement.person.title,
        "Email": engagement.person.email,
        "Role": engagement.role,
        "Contract": engagement.contract,
        "Sessions a week": round(engagement.weekly_minutes / engagement.session_minutes, 2),
        "Minutes of a session": engagement.session_minutes,
        "Full-time hours": round(engagement.full_time_minutes / 60, 2),
        "Annualised": engagement.annualised,
        "First day": engagement.starts_on,
        "Last day": engagement.ends_on,
    }
    if post.member_id is not None:
        member = db.session.get_one(RotaMember, post.member_id)
        held = [labels.get(each.code, each.code) for each in member.competencies]
        values |= {
            "On the rota": True,
            "Home site": work.directory.codes.get(member.home_site_id) if member.home_site_id else None,
            "Competencies": ", ".join(sorted(held)),
            "Paid by": ", ".join(
                f"{split.stream.label} {split.percent}%"
                for split in sorted(member.funding, key=lambda split: (-split.percent, split.stream))
            ),
        }
    return {heading: said(value) for heading, value in values.items()}


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
    work.held.append(db.session.get_one(RotaMember, member_id))
    work.directory.add(Post(person_id, engagement_id, name, line.email, employer_id, line.role, member_id))
    return member_id


def _bring_up_to_date(work: Import, line: StaffLine, post: Post, home_site_id: uuid.UUID | None) -> uuid.UUID:
    engagement = db.session.get_one(Engagement, post.engagement_id)
    terms = _terms_of(line, engagement.employer_id, engagement)
    if any(getattr(engagement, name) != value for name, value in asdict(terms).items()):
        change_engagement(work.actor, engagement.id, terms)
    _change_details(work, line, engagement.person)
    if post.member_id is None:
        planning = Planning(planned_from=line.starts_on, home_site_id=home_site_id)
        member_id = add_member(work.actor, engagement.id, planning=planning)
        work.directory.add(replace(post, member_id=member_id))
        return member_id
    member = db.session.get_one(RotaMember, post.member_id)
    if home_site_id and member.home_site_id != home_site_id:
        kept = {each.name: getattr(member, each.name) for each in fields(Planning)}
        change_member(work.actor, member.id, Planning(**{**kept, "home_site_id": home_site_id}))
    return member.id


def _terms_of(line: StaffLine, employer_id: uuid.UUID, known: Engagement | None = None) -> Terms:
    """Give the terms of a row; what it leaves empty stays as it is."""
    minutes = line.session_minutes or (known.session_minutes if known else USUAL_MINUTES)
    full_time = round(line.full_time_hours * 60) if line.full_time_hours else None
    return Terms(
        employer_id=employer_id,
        role=line.role,
        contract=line.contract,
        weekly_minutes=weekly_minutes(line.sessions, minutes),
        session_minutes=minutes,
        starts_on=line.starts_on,
        ends_on=line.ends_on or (known.ends_on if known else None),
        full_time_minutes=full_time or (known.full_time_minutes if known else FULL_TIME_MINUTES),
        annualised=line.annualised if line.annualised is not None else bool(known and known.annualised),
    )


def _change_details(work: Import, line: StaffLine, person: Person) -> None:
    title, email = line.title or person.title, line.email or person.email or ""
    if (title, email) != (person.title, person.email or ""):
        details = Details(person.given_name, person.family_name, title, email, person.phone, person.born_on)
        change_person(work.actor, person.id, details)


def _add_what_is_missing(work: Import, line: StaffLine, member_id: uuid.UUID, codes: tuple[str, ...]) -> None:
    member = db.session.get_one(RotaMember, member_id)
    with work.row(line.place, "competencies"):
        for code in sorted(set(codes) - {held.code for held in member.competencies}):
            sign_off_competency(work.actor, member_id, code)
    with work.row(line.place, "funding"):
        if line.funding and line.funding != {split.stream: split.percent for split in member.funding}:
            split_funding(work.actor, member_id, line.funding)
