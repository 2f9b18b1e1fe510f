"""A key can be dropped when everything has been sealed with the next one, also what is only ever added to."""

from cryptography.fernet import Fernet
from flask import Flask
from flask.testing import FlaskClient

from mdt.decisions.records import Addendum
from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import Role
from network.plumbing.database import db
from network.plumbing.encryption import fingerprint
from network.plumbing.sealing import engine_for, sealed_columns, texts_by_key
from tests.cast import Cast, client_for
from tests.makers import keep
from tests.mdt.everything import SECRETS, make_everything
from tests.mdt.test_visibility import path_of, rules_of_the_wing

KEPT = {"addendum", "case_event", "objection_record", "sharing_record"}


def texts(app: Flask) -> dict[str, set[str]]:
    """Name by table the keys with which its texts are sealed."""
    engine = engine_for(app.extensions["settings"].owner_url)
    with engine.connect() as owner:
        found = {
            table.name: set(texts_by_key(owner, table, columns))
            for table, columns in sealed_columns(db.metadata).items()
        }
    engine.dispose()
    return {name: keys for name, keys in found.items() if keys}


def pages(app: Flask, client: FlaskClient, known: dict) -> dict[str, tuple[int, list[str]]]:
    """Look at every page about somebody: what it answers, and what of them it tells."""
    rules = [rule for rule in rules_of_the_wing(app, "GET") if rule.arguments & set(known)]
    seen = {rule.rule: client.get(path_of(app, rule, known)) for rule in rules}
    return {
        rule: (page.status_code, [each for each in SECRETS if each in page.text])
        for rule, page in seen.items()
    }


def test_after_a_rotation_the_old_key_can_be_dropped_and_every_page_still_reads(
    app: Flask, cast: Cast, with_keys
) -> None:
    old, new = app.extensions["settings"].keys[0], Fernet.generate_key().decode()
    known = make_everything(cast)
    coordinator = cast[Role.CARE_COORDINATOR]
    keep(Addendum(decision_id=known["decision_id"], words="Added later.", by=coordinator.name))
    object_to_sharing(coordinator, known["patient_id"], ObjectionScope.TOPIC, topic="The drinking.")
    client = client_for(cast, Role.CARE_COORDINATOR)
    before, sealed = pages(app, client, known), texts(app)
    assert sealed.keys() >= KEPT, "the test is about what is only ever added to"
    assert sum(bool(told) for _, told in before.values()) > 5
    with_keys(new, old)
    answer = app.test_cli_runner().invoke(args=["keys", "rotate"])
    assert answer.exit_code == 0, answer.output
    with_keys(new)
    assert texts(app) == {name: {fingerprint(new)} for name in sealed}
    assert pages(app, client, known) == before
