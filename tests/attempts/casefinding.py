from datetime import timedelta

from mdt.casefinding import commands as finding
from mdt.casefinding.queries import first_rule
from mdt.casefinding.rules import Rule
from mdt.findings import commands as findings
from mdt.findings.rules import Who
from mdt.risk_lists import commands as lists
from network.access.rules import SYSTEM, Role
from network.plumbing.database import today
from tests.attempts import attempt, by
from tests.cast import Cast
from tests.mdt.casefinding.lists import EDITH, HEADINGS, bring, found_id

CLINICIAN, COORDINATOR = Role.CLINICIAN, Role.CARE_COORDINATOR


@attempt(lists.bring_list)
def _bring_list(cast: Cast):
    content = f"{HEADINGS}\n{EDITH}".encode()
    given = {
        "practice_id": cast.elm.id,
        "name": "Frailty search",
        "listed_on": today(),
        "is_direct_care": True,
    }
    return by(cast[CLINICIAN], content, **given)


@attempt(lists.note_list_shown)
def _note_list_shown(cast: Cast):
    return by(cast[CLINICIAN], bring(cast, EDITH), ())


@attempt(lists.take_list_in)
def _take_list_in(cast: Cast):
    return by(cast[CLINICIAN], bring(cast, EDITH))


@attempt(lists.discard_list)
def _discard_list(cast: Cast):
    return by(cast[CLINICIAN], bring(cast, EDITH))


@attempt(findings.note_findings_shown)
def _note_findings_shown(cast: Cast):
    return by(cast[CLINICIAN], [found_id(cast)], ())


@attempt(findings.note_finding_opened)
def _note_finding_opened(cast: Cast):
    return by(cast[CLINICIAN], found_id(cast))


@attempt(findings.begin_referral)
def _begin_referral(cast: Cast):
    return by(cast[CLINICIAN], found_id(cast), Who(), ())


@attempt(findings.put_off)
def _put_off(cast: Cast):
    return by(cast[CLINICIAN], found_id(cast), today() + timedelta(days=30), "In hospital.")


@attempt(findings.say_no)
def _say_no(cast: Cast):
    return by(cast[CLINICIAN], found_id(cast), "Well looked after.")


@attempt(findings.look_again)
def _look_again(cast: Cast):
    finding_id = found_id(cast)
    findings.say_no(cast[CLINICIAN], finding_id, "Well looked after.")
    return by(cast[CLINICIAN], finding_id)


@attempt(findings.forget_findings)
def _forget_findings(cast: Cast):
    found_id(cast)
    return by(SYSTEM)


@attempt(finding.set_rule)
def _set_rule(cast: Cast):
    return by(cast[COORDINATOR], Rule(first_rule().criteria, needs=3))


@attempt(finding.note_findings_taken_out)
def _note_findings_taken_out(cast: Cast):
    return by(cast[CLINICIAN], [found_id(cast)], (), reason="Our own visits.", is_direct_care=True)
