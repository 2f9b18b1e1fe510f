"""Who may not know of a person finds nothing, on every page there is: as if nobody of that name existed."""

import re
import uuid
from collections.abc import Iterator

import pytest
from flask import Flask, current_app
from werkzeug.routing import Rule

from mdt.objections.commands import object_to_sharing
from mdt.sharing.rules import ObjectionScope
from network.access.rules import TABLE, Actor, Permission, Role
from network.accounts.queries import workplace_of
from network.accounts.records import Account
from network.plumbing.database import db, in_network, today
from tests.cast import Cast, make_account, sign_in
from tests.inside import ask
from tests.makers import make_network, make_organisation
from tests.mdt.everything import CLINICAL, FAMILY, PASTED, QUESTION, SECRETS, STATED, make_everything
from tests.mdt.scene import NUMBERS
from tests.mdt.whole_person import make_whole_person

KNOWS = {Role.CARE_COORDINATOR, Role.VOLUNTARY_MEMBER}
# Whoever holds none of the wing's permissions is stopped at its doors, which has a test of its own.
DOORS = {Permission.SEE_CASES, Permission.SEE_SHARING, Permission.SEE_COUNTS}
SHUT_OUT = [role for role in Role if role not in KNOWS and DOORS & TABLE[role].keys()]
# Whoever keeps the register of sharing reads these by reference: there is somebody, and never who.
BY_REFERENCE = {(Role.GOVERNANCE_LEAD.value, endpoint) for endpoint in ("seen.show", "copies.show")}
SEARCHED = (FAMILY, FAMILY.lower()[:5], NUMBERS[0], "999 000 0018", "C-0001", "Edith")
ID = re.compile(
    r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
    r"|nonce=\"[^\"]*\"|csrf-token\" content=\"[^\"]*\"|csrf_token\"[^>]*value=\"[^\"]*\""
)


@pytest.fixture
def hidden(cast: Cast) -> dict[str, uuid.UUID]:
    known = make_everything(cast)
    return known | make_whole_person(cast, known)


def rules_of_the_wing(app: Flask, method: str) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if app.view_functions[rule.endpoint].__module__.startswith("mdt.") and method in (rule.methods or ()):
            yield rule


def path_of(app: Flask, rule: Rule, known: dict[str, object]) -> str:
    """Build an address; a word of it that means somebody must be among the hidden ones."""
    unknown = {"uuid": uuid.UUID(int=7), "string": "x", "date": today()}
    values = {}
    for name, converter in rule._converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        values[name] = known.get(name, unknown.get({"unicode": "string"}.get(kind, kind), 1))
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def same(text: str) -> str:
    """Leave out of a page what differs between two times it is asked for."""
    return ID.sub("", text)


def asked(app: Flask, actor: Actor, method: str, path: str) -> tuple[int, str]:
    answer = ask(app, actor, path, method)
    return answer.status, same(answer.said)


@pytest.fixture
def foreign(cast: Cast) -> Account:
    """A coordinator of another network."""
    elsewhere = make_network("Moorland")
    with in_network(elsewhere.id):
        account = make_account(Role.CARE_COORDINATOR, elsewhere, make_organisation(elsewhere, "Near").id)
    db.session.commit()
    return account


def everybody_shut_out(cast: Cast, foreign: Account) -> dict[str, Actor]:
    return {role.value: cast[role] for role in SHUT_OUT} | {"foreign": workplace_of(foreign).actor}


def test_every_id_in_an_address_of_the_wing_is_among_the_hidden(app: Flask, hidden) -> None:
    named = {
        name
        for method in ("GET", "POST")
        for rule in rules_of_the_wing(app, method)
        for name in rule.arguments
        if name.endswith("_id")
    }
    about_nobody = {"series_id", "field_id", "member_id", "attendance_id", "objection_id", "need_id"} | {
        "account_id",
        "organisation_id",
        "agreement_id",
        # Removals, holds and joinings are read by reference; the second of a pair names whom the first does.
        "removal_id",
        "hold_id",
        "merge_id",
        "other_id",
        # The account of an emergency opening: by references, for whoever answers for sharing.
        "opening_id",
        # Schemes that pay for organisations' time, and who claims under them.
        "scheme_id",
        "claimant_id",
        # The directory of local services, and what is said of an entry.
        "service_id",
        "suggestion_id",
        # Examples have nobody in them; a team looks at itself.
        "example_id",
        "assessment_id",
        # Part of a person's web: tried by whom it is about, which stands before it in the address.
        "tie_id",
    }
    assert named <= set(hidden) | about_nobody, "add it to the hidden ones, so that it is tried"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_may_not_know_finds_the_same_as_where_nobody_is(
    app: Flask, cast: Cast, hidden, foreign: Account, method: str
) -> None:
    different = []
    for who, actor in everybody_shut_out(cast, foreign).items():
        for rule in rules_of_the_wing(app, method):
            if not rule.arguments & set(hidden):
                continue
            found = asked(app, actor, method, path_of(app, rule, hidden))
            nothing = asked(app, actor, method, path_of(app, rule, {}))
            if (who, rule.endpoint) in BY_REFERENCE:
                nothing = found
            if found != nothing or any(secret in found[1] for secret in SECRETS):
                different.append((who, rule.rule, found[0], nothing[0]))
    assert not different


def test_a_browser_shows_who_may_not_know_the_same_as_where_nobody_is(
    cast: Cast, hidden, foreign: Account
) -> None:
    for account in [*(cast.accounts[role] for role in SHUT_OUT), foreign]:
        client = sign_in(current_app.test_client(), account)
        found, nothing = (client.get(f"/cases/{each}") for each in (hidden["case_id"], uuid.UUID(int=7)))
        assert (found.status_code, same(found.text)) == (nothing.status_code, same(nothing.text))


def test_no_page_tells_anything_to_those_who_may_not_know(
    app: Flask, cast: Cast, hidden, foreign: Account
) -> None:
    told = []
    for who, actor in everybody_shut_out(cast, foreign).items():
        for path in ["/", *(rule.rule for rule in rules_of_the_wing(app, "GET") if not rule.arguments)]:
            said = ask(app, actor, path).said
            told += [(who, path, each) for each in SECRETS if each in said]
    assert not told


def test_a_search_for_the_hidden_finds_what_nonsense_finds(
    app: Flask, cast: Cast, hidden, foreign: Account
) -> None:
    nonsense = "Zzyzx"
    for who, actor in everybody_shut_out(cast, foreign).items():
        nothing = ask(app, actor, "/cases/find", "POST", data={"words": nonsense})
        for words in SEARCHED:
            found = ask(app, actor, "/cases/find", "POST", data={"words": words})
            assert found.status == nothing.status, who
            assert same(found.said).replace(words, "") == same(nothing.said).replace(nonsense, ""), who
    for words in SEARCHED:
        knows = ask(app, cast[Role.CARE_COORDINATOR], "/cases/find", "POST", data={"words": words})
        assert FAMILY.upper() in knows.said


def test_the_voluntary_sector_reads_nothing_clinical(app: Flask, cast: Cast, hidden) -> None:
    member = cast[Role.VOLUNTARY_MEMBER]
    pages = {
        rule.rule: ask(app, member, path_of(app, rule, hidden)).said for rule in rules_of_the_wing(app, "GET")
    }
    assert not [rule for rule, page in pages.items() if PASTED in page or CLINICAL in page]
    assert QUESTION in pages["/cases/<uuid:case_id>"]


def test_after_an_objection_the_one_who_referred_finds_nothing_either(app: Flask, cast: Cast, hidden) -> None:
    scope, charity = ObjectionScope.ORGANISATION, cast.charity.id
    object_to_sharing(cast[Role.CARE_COORDINATOR], hidden["patient_id"], scope, organisation_id=charity)
    told = []
    for rule in rules_of_the_wing(app, "GET"):
        said = ask(app, cast[Role.VOLUNTARY_MEMBER], path_of(app, rule, hidden)).said
        told += [(rule.rule, each) for each in (FAMILY, STATED, PASTED, CLINICAL, NUMBERS[0]) if each in said]
    assert not told


def test_the_cast_has_somebody_on_either_side() -> None:
    assert Permission.SEE_CASES in TABLE[Role.CLINICIAN]
    assert Role.CLINICIAN in SHUT_OUT
    assert all(Permission.SEE_CASES in TABLE[role] for role in KNOWS)
