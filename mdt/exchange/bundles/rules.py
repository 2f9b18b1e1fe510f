"""One case as a FHIR R4 bundle: plain dicts, not validated against UK Core. Pure.

Source: HL7 FHIR R4 (4.0.1). The codes come from its own value sets; what has no code there is text.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mdt.exchange.rules import (
    GENDERS,
    NHS_NUMBER,
    NOT_VALIDATED,
    ODS_CODE,
    CaseOut,
    ConsentOut,
    FlagOut,
    GoalOut,
    PersonOut,
    PlanOut,
    ResponseOut,
    TaskOut,
)

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
# What our own things are called where others number theirs.
OURS = "urn:quorate"

Resource = dict[str, Any]


def bundle_of(case: CaseOut, made_at: datetime, bundle_id: uuid.UUID) -> Resource:
    """Return a case as a collection of resources that point at each other within it."""
    subject = _to(case.person.id)
    resources = [
        _patient(case.person),
        _team(case, subject),
        *([_plan(case.plan, case.team_id, subject)] if case.plan else []),
        *(_goal(each, subject) for each in case.goals),
        *(_task(each, case.ref, subject) for each in case.tasks),
        *(_consent(each, subject) for each in case.consents),
        *(_flag(each, subject) for each in case.flags),
        *(_response(each, subject) for each in case.responses),
    ]
    return {
        "resourceType": "Bundle",
        "id": str(bundle_id),
        "meta": {"tag": [{"system": f"{OURS}:label", "code": "not-validated", "display": NOT_VALIDATED}]},
        "identifier": {"system": f"{OURS}:case", "value": case.ref},
        "type": "collection",
        "timestamp": made_at.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources],
    }


def _patient(person: PersonOut) -> Resource:
    names = [
        {
            "use": "official",
            "family": person.family_name,
            "given": [person.given_name],
            "prefix": [person.title],
        },
        {"use": "usual", "given": [person.preferred_name]} if person.preferred_name else {},
    ]
    practice = {
        "identifier": {"system": ODS_CODE, "value": person.practice_code} if person.practice_code else {},
        "display": person.practice,
    }
    return _full(
        {
            "resourceType": "Patient",
            "id": str(person.id),
            "identifier": [{"system": NHS_NUMBER, "value": person.nhs_number}] if person.nhs_number else [],
            "name": names,
            "telecom": [
                {"system": "phone", "value": person.phone} if person.phone else {},
                {"system": "email", "value": person.email} if person.email else {},
            ],
            "gender": GENDERS[person.sex],
            "birthDate": person.born_on.isoformat(),
            "deceasedDateTime": person.died_on.isoformat() if person.died_on else "",
            "address": [{"text": person.address, "postalCode": person.postcode}],
            "communication": [{"language": _words(person.language)}] if person.language else [],
            "generalPractitioner": [practice],
        }
    )


def _team(case: CaseOut, subject: Resource) -> Resource:
    return _full(
        {
            "resourceType": "CareTeam",
            "id": str(case.team_id),
            "status": "active",
            "subject": subject,
            "participant": [
                {"role": [_words(each.role)], "member": {"display": each.name}} for each in case.team
            ],
        }
    )


def _plan(plan: PlanOut, team_id: uuid.UUID, subject: Resource) -> Resource:
    return _full(
        {
            "resourceType": "CarePlan",
            "id": str(plan.id),
            "identifier": [{"system": f"{OURS}:plan-version", "value": str(plan.version)}],
            "status": "active",
            "intent": "plan",
            "title": "Personalised care and support plan",
            "subject": subject,
            "period": {
                "start": plan.agreed_on.isoformat(),
                "end": plan.next_review.isoformat() if plan.next_review else "",
            },
            "author": {"display": plan.author},
            "careTeam": [_to(team_id)],
            "goal": [_to(each) for each in plan.goal_ids],
            "activity": [
                {"detail": {"code": _words(heading), "status": "in-progress", "description": words}}
                for heading, words in plan.parts
            ],
            "note": [{"text": each} for each in plan.said],
        }
    )


def _goal(goal: GoalOut, subject: Resource) -> Resource:
    return _full(
        {
            "resourceType": "Goal",
            "id": str(goal.id),
            "lifecycleStatus": goal.state,
            "description": _words(goal.words),
            "subject": subject,
            "startDate": goal.set_on.isoformat(),
            "target": [{"measure": _words(goal.measure), "detailString": goal.measure}]
            if goal.measure
            else [],
            "note": [{"time": day.isoformat(), "text": said} for day, said in goal.reached],
        }
    )


def _task(task: TaskOut, ref: str, subject: Resource) -> Resource:
    return _full(
        {
            "resourceType": "Task",
            "id": str(task.id),
            "groupIdentifier": {"system": f"{OURS}:case", "value": ref},
            "status": task.status,
            "statusReason": _words(task.why_not),
            "intent": "plan",
            "description": task.words,
            "for": subject,
            "authoredOn": task.made_at.isoformat(timespec="seconds"),
            "owner": {"display": task.owner},
            "restriction": {"period": {"end": task.due_on.isoformat()}},
        }
    )


def _consent(consent: ConsentOut, subject: Resource) -> Resource:
    return _full(
        {
            "resourceType": "Consent",
            "id": str(consent.id),
            "status": "active",
            "scope": _coded("consentscope", "patient-privacy", "Privacy Consent"),
            "category": [_words(consent.words)],
            "patient": subject,
            "dateTime": consent.day.isoformat(),
            # English law: the basis is not consent under the UK GDPR, whatever FHIR calls the resource.
            "policyRule": _words("Common law duty of confidentiality; UK GDPR articles 6(1)(e) and 9(2)(h)"),
            "provision": {"type": "deny" if consent.is_objection else "permit"},
        }
    )


def _flag(flag: FlagOut, subject: Resource) -> Resource:
    return _full(
        {
            "resourceType": "Flag",
            "id": str(flag.id),
            "status": "active",
            "category": [_words(flag.kind)],
            "code": _words(flag.words),
            "subject": subject,
            "period": {"start": flag.since.isoformat()},
        }
    )


def _response(response: ResponseOut, subject: Resource) -> Resource:
    return _full(
        {
            "resourceType": "QuestionnaireResponse",
            "id": str(response.id),
            "questionnaire": f"{OURS}:instrument:{response.instrument}|{response.version}",
            "status": "completed",
            "subject": subject,
            "authored": response.answered_on.isoformat(),
            "source": {"display": response.by},
            "item": [
                {
                    "linkId": name,
                    "text": words,
                    "answer": [{"valueInteger": value}]
                    if value is not None
                    else [{"valueString": "Would rather not say"}],
                }
                for name, words, value in response.answers
            ],
        }
    )


def _to(resource_id: uuid.UUID) -> Resource:
    return {"reference": f"urn:uuid:{resource_id}"}


def _words(words: str) -> Resource:
    return {"text": words} if words else {}


def _coded(system: str, code: str, display: str) -> Resource:
    return {"coding": [{"system": f"{TERMINOLOGY}/{system}", "code": code, "display": display}]}


def _full(resource: Resource) -> Resource:
    """Leave out what is empty: FHIR knows no empty text, list or object."""
    found: Resource = _kept(resource)
    return found


def _kept(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {name: _kept(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if not _is_empty(each)}
    if isinstance(value, list):
        return [kept for each in value if not _is_empty(kept := _kept(each))]
    # What is only blanks would be refused too.
    return value if not isinstance(value, str) or value.strip() else ""


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})
