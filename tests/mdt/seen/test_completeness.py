"""The trail knows of everybody whom a page showed, whichever page it was and whoever looked."""

import uuid
from collections.abc import Collection

from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from mdt.seen.queries import days_of, ids_of
from mdt.seen.routes import keep_whom_it_showed
from mdt.seen.wording import told_said
from network.access.rules import Actor, Role
from network.audit.queries import is_about
from network.audit.records import AuditEntry
from network.plumbing.database import db, enter_network
from tests.cast import Cast, client_for
from tests.inside import ask
from tests.mdt.everything import SECRETS, make_everything
from tests.mdt.test_visibility import path_of, rules_of_the_wing

COORDINATOR = Role.CARE_COORDINATOR
# It says every few seconds what changed in a room: its cases were noted when it was entered, and whoever
# is there when one is added is kept as told.
PULSE = "run.pulse"


def latest() -> int:
    return db.session.scalar(select(func.max(AuditEntry.number))) or 0


def kept_since(number: int, ids: Collection[uuid.UUID]) -> list[str]:
    """Return what the trail has about a person since an entry."""
    new = select(AuditEntry.verb).where(AuditEntry.number > number, is_about(ids))
    return list(db.session.scalars(new))


def missed_by(app: Flask, actor: Actor, path: str, ids: Collection[uuid.UUID]) -> str:
    """Say what a page showed of a person without a word in the trail, or nothing."""
    before = latest()
    answer = ask(app, actor, path, after=keep_whom_it_showed)
    enter_network(actor.network_id)
    told = [secret for secret in SECRETS if secret.lower() in answer.said.lower()]
    return "" if not told or kept_since(before, ids) else f"{path}: {told[0]}"


def test_every_page_that_shows_somebody_leaves_an_entry_about_them(app: Flask, cast: Cast) -> None:
    known = make_everything(cast)
    rules: list[Rule] = [
        rule
        for rule in rules_of_the_wing(app, "GET")
        if rule.endpoint != PULSE and (not rule.arguments or rule.arguments & set(known))
    ]
    tried = [(COORDINATOR, path_of(app, rule, known)) for rule in rules] + [(COORDINATOR, "/")]
    # Whoever referred has pages of their own.
    own = ["/", *(rule.rule for rule in rules if not rule.arguments)]
    tried += [(Role.VOLUNTARY_MEMBER, path) for path in own]
    assert len(tried) > 100
    ids = ids_of(known["patient_id"])
    missed = [missed_by(app, cast[role], path, ids) for role, path in tried]
    assert sorted(filter(None, missed)) == []

    # All of it can be read by the person, none of it by its name in the code.
    said = [told_said(deed) for day in days_of(cast[COORDINATOR], known["patient_id"]) for deed in day.deeds]
    assert len(said) > 10
    assert not [each for each in said if "worked with your record" in each]


def test_a_search_is_kept_with_who_was_found_and_without_its_words(cast: Cast) -> None:
    known = make_everything(cast)
    client = client_for(cast, COORDINATOR)
    for words, found in (("Quincunx", 1), ("Nobody", 0)):
        before = latest()
        client.post("/cases/find", data={"words": words})
        enter_network(cast.network.id)
        [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.number > before))
        assert (entry.verb, entry.details["found"]) == ("search", found)
        assert words not in str(entry.details)
        assert bool(kept_since(before, ids_of(known["patient_id"]))) == bool(found)
