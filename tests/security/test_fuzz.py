"""Whatever is sent is answered with a page or a sentence, never with a broken server or half of a change."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from network.plumbing.rate_limits import limiter
from network.plumbing.roles import Addresses
from tests.cast import Cast
from tests.security.furnished import furnish
from tests.security.fuzzing import Fuzzing
from tests.security.noting import note_what_is_read
from tests.security.rewinding import rewinding

SHARES = 8
FEWEST = 20
IN_ALL = 10_000


@pytest.fixture
def fuzzing(
    app: Flask, cast: Cast, addresses: Addresses, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Fuzzing]:
    here = furnish(app, cast)
    # How often something may be tried is counted elsewhere, and would end this at the tenth try.
    monkeypatch.setattr(limiter, "enabled", False)
    note_what_is_read(app, monkeypatch)
    with rewinding(addresses.app_url, monkeypatch) as back:
        yield Fuzzing(here, back)


def test_what_is_sent_or_asked_in_all_fields_at_once_is_answered_with_a_sentence(fuzzing: Fuzzing) -> None:
    targets, findings = fuzzing.here.targets(), fuzzing.findings
    assert {target.endpoint for target in targets} >= {rule.endpoint for rule in fuzzing.here.rules("POST")}
    fuzzing.back.wind_back()
    for number, target in enumerate(targets):
        fuzzing.all_fields_at_once(target, number)
    for number, rule in enumerate(rules(fuzzing, "GET")):
        fuzzing.all_arguments_at_once(rule, number)
    for method in ("GET", "POST"):
        for number, rule in enumerate(rules(fuzzing, method)):
            fuzzing.one_word(rule, method, number)
    assert not findings.wrong, str(findings)
    assert not fuzzing.here.broken
    assert findings.statuses[422] > 50
    # What the long run sends of each field is counted where the fields are found, in both runs alike.
    assert min(findings.planned.values()) >= FEWEST
    assert findings.planned.total() > IN_ALL


@pytest.mark.long
@pytest.mark.parametrize("share", range(SHARES))
def test_what_is_sent_in_any_field_is_answered_with_a_sentence(fuzzing: Fuzzing, share: int) -> None:
    targets, findings = fuzzing.here.targets(), fuzzing.findings
    fuzzing.back.wind_back()
    for target in targets[share::SHARES]:
        fuzzing.every_field(target)
    for rule in rules(fuzzing, "GET")[share::SHARES]:
        fuzzing.every_argument(rule)
    for method in ("GET", "POST"):
        for rule in rules(fuzzing, method)[share::SHARES]:
            fuzzing.every_word(rule, method)
    assert not findings.wrong, str(findings)
    assert findings.planned
    assert findings.sent >= findings.planned
    assert min(findings.planned.values()) >= FEWEST


def rules(fuzzing: Fuzzing, method: str) -> list[Rule]:
    return sorted(fuzzing.here.rules(method), key=lambda rule: rule.endpoint)
