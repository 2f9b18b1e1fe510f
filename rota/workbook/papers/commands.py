"""Writing the sheets of credentials, inductions and supervision approvals."""

import uuid

from network.plumbing.database import db, today
from rota.staff.commands import approve_supervision, record_credential, record_induction, remove_credential
from rota.staff.records import Credential, RotaMember
from rota.staff.rules import REGISTERS, CredentialKind
from rota.tables.rules import SheetName
from rota.workbook.papers.rules import CredentialLine, InductionLine, SupervisionLine
from rota.workbook.queries import Import
from rota.workbook.rules import What
from rota.workbook.wording import said

Told = tuple[What, dict[str, tuple[str, str]]]


def write_credential(work: Import, line: CredentialLine) -> None:
    """Record what somebody holds; a renewal goes beside what it renews."""
    member_id = work.member(line.place, line.who)
    for kind in line.kinds:
        key = (SheetName.CREDENTIALS, member_id, kind, line.expires_on)
        work.once(key, line.place, "kind", f"{line.who.name}'s {kind.label}")
        what, told = _write_credential(work, member_id, kind, line)
        work.note(line.place, f"{line.who.name}, {kind.label}", what, told)


def _write_credential(work: Import, member_id: uuid.UUID, kind: CredentialKind, line: CredentialLine) -> Told:
    member = db.session.get_one(RotaMember, member_id)
    held = [each for each in member.credentials if each.kind is kind]
    same = next((each for each in held if each.expires_on == line.expires_on), None)
    latest = max(held, key=lambda each: each.expires_on or today(), default=None)
    number = line.number or _kept_number(kind, same, latest)
    told = _differences(line, number, same or latest)
    if same is not None and all(old == new for old, new in told.values()):
        return What.SAME, {}
    issued_on = line.issued_on or (same.issued_on if same else None)
    if same is not None:
        # A number that was mistyped is put right; nothing else about a credential changes.
        remove_credential(work.actor, member_id, same.id)
    record_credential(
        work.actor, member_id, kind, number=number, issued_on=issued_on, expires_on=line.expires_on
    )
    return What.CHANGED if same else What.ADDED, told


def _kept_number(kind: CredentialKind, same: Credential | None, latest: Credential | None) -> str:
    """Keep the number where a row leaves it empty: registers renew under the same one, others do not."""
    known = same or (latest if kind in REGISTERS else None)
    return known.number if known else ""


def _differences(line: CredentialLine, number: str, known: Credential | None) -> dict[str, tuple[str, str]]:
    old = (known.number, said(known.issued_on), said(known.expires_on)) if known else ("", "", "")
    new = (number, said(line.issued_on) or old[1], said(line.expires_on))
    return dict(zip(("Number", "Issued", "Runs out"), zip(old, new, strict=True), strict=True))


def write_induction(work: Import, line: InductionLine) -> None:
    """Record that somebody was shown round sites."""
    member_id = work.member(line.place, line.who)
    codes = work.directory.codes
    sites = [work.site(line.place, "sites", code) for code in line.sites] or list(codes)
    member = db.session.get_one(RotaMember, member_id)
    known = {induction.site_id: induction.inducted_on for induction in member.inductions}
    told = {}
    for site_id in dict.fromkeys(sites):
        day = line.inducted_on or known.get(site_id) or today()
        if known.get(site_id) != day:
            record_induction(work.actor, member_id, site_id, inducted_on=day)
            told[codes[site_id]] = (said(known.get(site_id)), said(day))
    is_new = told and not any(old for old, _ in told.values())
    what = What.ADDED if is_new else What.CHANGED if told else What.SAME
    work.note(line.place, line.who.name, what, told)


def write_supervision(work: Import, line: SupervisionLine) -> None:
    """Approve somebody to supervise a kind of learner."""
    member_id = work.member(line.place, line.who)
    about = f"{line.who.name}, for {line.learner.label}"
    work.once((SheetName.SUPERVISION, member_id, line.learner), line.place, "learner", about)
    member = db.session.get_one(RotaMember, member_id)
    known = next((each for each in member.supervises if each.learner_role is line.learner), None)
    starts_on = line.starts_on or (known.starts_on if known else today())
    ends_on = line.ends_on or (known.ends_on if known else None)
    new = (line.minutes, line.most_learners, starts_on, ends_on)
    old = (known.minutes_per_session, known.most_learners, known.starts_on, known.ends_on) if known else None
    what = What.SAME if old == new else What.CHANGED if old else What.ADDED
    if what is not What.SAME:
        approve_supervision(
            work.actor,
            member_id,
            line.learner,
            minutes_per_session=line.minutes,
            most_learners=line.most_learners,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    headings = ("Minutes a session", "Most learners", "First day", "Last day")
    pairs = zip(map(said, old or (None,) * 4), map(said, new), strict=True)
    work.note(line.place, about, what, dict(zip(headings, pairs, strict=True)))
