"""Whatever is sent is answered with a page or a sentence, never with a broken server or half of a change."""

from collections.abc import Iterator
from zlib import crc32

import pytest
from flask import Flask

from network.plumbing.rate_limits import limiter
from network.plumbing.roles import Addresses
from tests.cast import Cast
from tests.security.furnished import furnish
from tests.security.fuzzing import Fuzzing
from tests.security.noting import note_what_is_read
from tests.security.rewinding import rewinding

SHARES = 8
FEWEST = 20


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
    targets = fuzzing.here.targets()
    assert {target.endpoint for target in targets} >= {rule.endpoint for rule in fuzzing.here.rules("POST")}
    fuzzing.back.wind_back()
    for number, target in enumerate(targets):
        fuzzing.all_fields_at_once(target, number)
    for number, rule in enumerate(sorted(fuzzing.here.rules("GET"), key=lambda rule: rule.endpoint)):
        viewer, address = fuzzing.here.viewer(rule), fuzzing.here.address(rule)
        fuzzing.all_arguments_at_once(viewer, address, rule.endpoint, number)
    assert not fuzzing.findings.wrong, str(fuzzing.findings)
    assert not fuzzing.here.broken
    assert fuzzing.findings.statuses[422] > 50


@pytest.mark.long
@pytest.mark.parametrize("share", range(SHARES))
def test_what_is_sent_in_any_field_is_answered_with_a_sentence(fuzzing: Fuzzing, share: int) -> None:
    mine = [each for each in fuzzing.here.targets() if crc32(each.endpoint.encode()) % SHARES == share]
    fuzzing.back.wind_back()
    for target in mine:
        fuzzing.every_field(target)
    for rule in fuzzing.here.rules("GET"):
        if crc32(rule.endpoint.encode()) % SHARES == share:
            viewer, address = fuzzing.here.viewer(rule), fuzzing.here.address(rule)
            fuzzing.every_argument(viewer, address, rule.endpoint)
    findings = fuzzing.findings
    assert not findings.wrong, str(findings)
    few = [each for each, times in findings.fields.items() if times < FEWEST and not each.endswith(" ")]
    assert not few
    # Together more than ten thousand.
    assert findings.sent > 10_000 / SHARES / 2
