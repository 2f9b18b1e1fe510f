"""Writing the rows of a workbook of training, through the same commands as the pages."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from network.people.rules import Details
from network.plumbing.database import db, today
from network.plumbing.typed import plain
from rota.hosts.commands import add_host, add_offer, change_offer
from rota.hosts.queries import as_terms, find_host_at, get_host_for
from rota.hosts.rules import Terms, Welcome
from rota.learners.commands import add_done, add_learner, change_learner, take_on_learner
from rota.learners.queries import as_done, as_learner, find_learner_of, learners_for
from rota.learners.records import Learner
from rota.learners.rules import Done, LearnerDesign, Travel, usual_end
from rota.programmes.commands import add_requirement, change_requirement
from rota.programmes.local.rules import chosen_in_requirement, key_of
from rota.programmes.queries import ProgrammeRow, as_requirement, programmes_for
from rota.programmes.rules import RequirementDesign
from rota.tables.rules import Place
from rota.training_books.rules import DoneLine, LearnerLine, OfferLine, RequirementLine, TrainingSheet
from rota.workbook.queries import Import
from rota.workbook.rules import What
from rota.workbook.wording import all_new, nearest_said, said

Told = dict[str, tuple[str, str]]


def write_requirement_line(work: Import, line: RequirementLine) -> None:
    """Require what a row says, or change what is required already."""
    programme = _programme(work, line.place, "programme", line.programme)
    work.once((programme.id, plain(line.name)), line.place, "name", line.name)
    known = next((each for each in programme.requirements if plain(each.name) == plain(line.name)), None)
    before = as_requirement(known) if known else None
    design = _requirement_of(line, before, key_of(line.name, [each.key for each in programme.requirements]))
    about = f"{programme.name}: {line.name}"
    if before is None or known is None:
        add_requirement(work.actor, programme.id, chosen_in_requirement(None, design))
        work.note(line.place, about, What.ADDED, all_new(_required(design)))
    elif design == before:
        work.note(line.place, about, What.SAME)
    else:
        change_requirement(work.actor, known.id, chosen_in_requirement(before, design))
        work.note(line.place, about, What.CHANGED, _between(_required(before), _required(design)))
    db.session.flush()


def write_learner_line(work: Import, line: LearnerLine) -> None:
    """Take a learner on, put somebody of the rota on a programme, or bring a learner up to date."""
    programme = _programme(work, line.place, "programme", line.programme)
    employer_id = work.employer(line.place, line.employer)
    base = work.site(line.place, "base", line.base) if line.base else None
    work.once((plain(line.name), employer_id, line.email), line.place, "family_name", line.name)
    codes = work.directory.codes
    member_id = _member_of(work, line, programme, employer_id)
    known = find_learner_of(member_id) if member_id else None
    before = as_learner(known) if known else None
    design = _learner_of(line, programme, base, before)
    if known is not None and before is not None:
        if design == before:
            work.note(line.place, line.name, What.SAME)
            return
        change_learner(work.actor, known.id, design, known.row_version)
        told = _between(_trained(before, codes), _trained(design, codes))
        work.note(line.place, line.name, What.CHANGED, told)
        return
    if member_id is not None:
        add_learner(work.actor, member_id, design)
    else:
        details = Details(line.given_name, line.family_name, email=line.email)
        take_on_learner(work.actor, details, employer_id, design)
    shown = {"Programme": programme.name, **_trained(design, codes)}
    work.note(line.place, line.name, What.ADDED, all_new(shown))


def write_done_line(work: Import, line: DoneLine) -> None:
    """Keep weeks that a learner did before, where they are not kept yet."""
    learner = _learner(work, line.place, line.name)
    requirements = learner.programme.requirements
    found = next((each for each in requirements if plain(each.name) == plain(line.requirement)), None)
    if found is None:
        nearest = nearest_said(line.requirement, {each.name: each.name for each in requirements})
        what = f"{learner.programme.name} does not require '{line.requirement}'.{nearest}"
        raise work.wrong(line.place, "requirement", what)
    done = Done(found.id, line.weeks, line.ended_on, line.host)
    about = f"{line.name}: {found.name}"
    if any(as_done(each) == done for each in learner.history):
        work.note(line.place, about, What.SAME)
        return
    add_done(work.actor, learner.id, done)
    work.note(line.place, about, What.ADDED, all_new({"Weeks": line.weeks, "Until": line.ended_on}))


def write_offer_line(work: Import, line: OfferLine) -> None:
    """Offer places with a host, or change what it offers; a site becomes a host by its first offer."""
    site_id = work.site(line.place, "site", line.site)
    programmes = [_programme(work, line.place, "programmes", name) for name in line.programmes]
    work.once((site_id, plain(line.name)), line.place, "name", line.name)
    host = find_host_at(site_id)
    host_id = host.id if host else add_host(work.actor, site_id, Welcome())
    offers = get_host_for(work.actor, host_id).offers
    known = next((each for each in offers if plain(each.name) == plain(line.name)), None)
    before = as_terms(known) if known else None
    terms = _terms_of(line, [each.id for each in programmes], before)
    about = f"{line.site.upper()}: {line.name}"
    if known is None or before is None:
        add_offer(work.actor, host_id, terms)
        work.note(line.place, about, What.ADDED, all_new(_offered(terms)))
    elif _offered(terms) == _offered(before) and set(terms.programmes) == set(before.programmes):
        work.note(line.place, about, What.SAME)
    else:
        change_offer(work.actor, known.id, terms, known.row_version)
        work.note(line.place, about, What.CHANGED, _between(_offered(before), _offered(terms)))
    db.session.flush()


# Each row in turn: the column that a refusal is shown under, and what writes it.
WRITERS: dict[TrainingSheet, tuple[str, Callable[[Import, Any], None]]] = {
    TrainingSheet.REQUIREMENTS: ("name", write_requirement_line),
    TrainingSheet.LEARNERS: ("family_name", write_learner_line),
    TrainingSheet.DONE: ("weeks", write_done_line),
    TrainingSheet.OFFERS: ("name", write_offer_line),
}


def _programme(work: Import, place: Place, column: str, name: str) -> ProgrammeRow:
    rows = {plain(row.name): row for row in programmes_for(work.actor)}
    if plain(name) not in rows:
        nearest = nearest_said(name, {row.name: row.name for row in rows.values()})
        known = f"There is no programme '{name}'.{nearest} Add it under Training, Programmes first."
        raise work.wrong(place, column, known)
    return rows[plain(name)]


def _learner(work: Import, place: Place, name: str) -> Learner:
    rows = learners_for(work.actor, today(), with_past=True)
    found = [row for row in rows if plain(row.untitled) == plain(name)]
    if len(found) != 1:
        how = "More than one learner is" if found else "No learner is"
        raise work.wrong(place, "name", f"{how} called {name}. Check the name, or enter it on the page.")
    return found[0]


def _member_of(
    work: Import, line: LearnerLine, programme: ProgrammeRow, employer_id: uuid.UUID
) -> uuid.UUID | None:
    """Find the member of the rota whom a row means, None where they are new."""
    found = [
        post
        for post in work.directory.called(line.name)
        if post.member_id
        and post.role is programme.role
        and post.employer_id == employer_id
        and (not line.email or line.email.casefold() == post.email.casefold())
    ]
    if len(found) > 1:
        said = f"More than one person is called {line.name} there. Enter the email address too."
        raise work.wrong(line.place, "email", said)
    return found[0].member_id if found else None


def _requirement_of(line: RequirementLine, before: RequirementDesign | None, key: str) -> RequirementDesign:
    """Give the requirement of a row; what it leaves empty stays as it is."""
    known = before or RequirementDesign(
        key, line.name, line.settings, line.least_weeks, line.most_weeks, line.most_weeks
    )
    return replace(
        known,
        settings=tuple(sorted(set(line.settings))),
        least_weeks=line.least_weeks,
        most_weeks=line.most_weeks,
        shortest_run=line.shortest_run or known.shortest_run,
        longest_run=line.longest_run or known.longest_run,
        once_per_host=known.once_per_host if line.once_per_host is None else line.once_per_host,
        is_hard=known.is_hard if line.is_hard is None else line.is_hard,
        source=line.source or known.source,
    )


def _learner_of(
    line: LearnerLine, programme: ProgrammeRow, base: uuid.UUID | None, before: LearnerDesign | None
) -> LearnerDesign:
    percent = line.percent or (before.percent if before else 100)
    known = before or LearnerDesign(programme.id, line.starts_on, line.starts_on)
    kept = before.ends_on if before else usual_end(line.starts_on, programme.weeks, percent)
    return replace(
        known,
        programme_id=programme.id,
        starts_on=line.starts_on,
        ends_on=line.ends_on or kept,
        stage=line.stage or known.stage,
        percent=percent,
        base_site_id=base or known.base_site_id,
        travel=line.travel or (before.travel if before else Travel.CAR),
        longest_minutes=line.longest_minutes or known.longest_minutes,
    )


def _terms_of(line: OfferLine, programme_ids: list[uuid.UUID], before: Terms | None) -> Terms:
    terms = before or Terms(line.name, line.discipline, (), (), line.opens_on)
    return replace(
        terms,
        discipline=line.discipline,
        programmes=tuple(programme_ids),
        settings=tuple(sorted(set(line.settings))),
        opens_on=line.opens_on,
        closes_on=line.closes_on or terms.closes_on,
        least=terms.least if line.least is None else line.least,
        most=line.most,
        minutes=terms.minutes if line.minutes is None else line.minutes,
        notes=line.notes or terms.notes,
    )


def _required(design: RequirementDesign) -> dict[str, object]:
    return {
        "Fulfilled in": ", ".join(sorted(setting.label for setting in design.settings)),
        "Least weeks": design.least_weeks,
        "Most weeks": design.most_weeks,
        "Shortest stay": design.shortest_run,
        "Longest stay": design.longest_run,
        "Once at each host": design.once_per_host,
        "Required": design.is_hard,
        "Source": design.source,
    }


def _trained(design: LearnerDesign, codes: Mapping[uuid.UUID, str]) -> dict[str, object]:
    return {
        "Base": codes.get(design.base_site_id, "") if design.base_site_id else "",
        "Stage": design.stage,
        "Share of full time": design.percent,
        "First day": design.starts_on,
        "Last day": design.ends_on,
        "Travels": design.travel,
        "Longest way": design.longest_minutes,
    }


def _offered(terms: Terms) -> dict[str, object]:
    return {
        "Discipline": terms.discipline,
        "Counts as": ", ".join(sorted(setting.label for setting in terms.settings)),
        "Opens": terms.opens_on,
        "Closes": terms.closes_on,
        "Fewest": terms.least,
        "Most": terms.most,
        "Minutes": terms.minutes,
        "Notes": terms.notes,
    }


def _between(old: dict[str, object], new: dict[str, object]) -> Told:
    return {heading: (said(old[heading]), said(new[heading])) for heading in new}
