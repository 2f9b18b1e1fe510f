"""Gathering what a text may tell of a decision; whoever calls has asked for access before."""

import uuid
from dataclasses import dataclass, replace
from datetime import date

from mdt.actions.queries import actions_of_item
from mdt.actions.records import Action
from mdt.actions.rules import ActionState
from mdt.decisions.records import Decision
from mdt.patients.records import Patient
from mdt.patients.rules import LetterFormat, parts_of, said_nhs_number
from mdt.sharing.queries import objections_of
from mdt.sharing.rules import ObjectionScope
from mdt.story.queries import banner_for, carers_of, needs_of, statements_of
from mdt.story.rules import NeedKind, StatementKind
from mdt.texts.rules import (
    Doing,
    Outcome,
    Reader,
    Ringing,
    fit_for_letter,
    long_sentences,
    names_in,
    safeguarding_in,
)
from mdt.texts.wording import (
    TEAMS,
    bare_in,
    easier_for,
    gp_block,
    organisation_list,
    passed_in,
    person_letter,
)
from network.organisations.records import Organisation
from network.plumbing.database import ENGLAND, today
from network.vocabulary import Discipline

EASY = frozenset({LetterFormat.EASY_WORDS, LetterFormat.LARGE_EASY_WORDS})
LARGE = frozenset({LetterFormat.LARGE_PRINT, LetterFormat.LARGE_EASY_WORDS})
# What somebody agreed to and has not handed on: done already, it is still told.
TOLD = frozenset({ActionState.OPEN, ActionState.ACCEPTED, ActionState.DONE})
# Needs that whoever writes or hands over a letter must know.
NEEDS_OF_LETTERS = frozenset({NeedKind.COMMUNICATION, NeedKind.INFORMATION, NeedKind.INTERPRETER})


@dataclass(frozen=True)
class Concerns:
    """What somebody should look at before a letter goes to its person."""

    safeguarding: tuple[str, ...] = ()
    long_sentences: tuple[str, ...] = ()
    easier: tuple[tuple[str, str], ...] = ()
    named: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    language: str = ""
    is_without_address: bool = False


def outcome_of(decision: Decision, booked: tuple[str, ...] = ()) -> Outcome:
    """Gather what was made of a case: the decision, its actions, and the person's own words."""
    item, case = decision.item, decision.case
    return Outcome(
        ref=case.ref,
        meeting=item.meeting.name,
        held_on=item.meeting.starts_at.astimezone(ENGLAND).date(),
        question=case.question,
        decision=decision.words,
        rationale=decision.rationale,
        put_aside=decision.put_aside,
        dissent=decision.dissent,
        agreed_by=tuple(
            Discipline(each).label.lower() for each in decision.agreed_by if each != Discipline.ADMINISTRATION
        ),
        view_heard=item.view_heard.label if item.view_heard else "",
        matters=_matters(case.patient)[0],
        actions=tuple(_doing(each) for each in agreed(decision)),
        review_due=case.review_due,
        coordinator=case.coordinator,
        signed_by=decision.signed_by,
        booked=booked,
    )


def agreed(decision: Decision) -> list[Action]:
    """Return the actions of a decision that are told, the first due first."""
    actions = [each for each in actions_of_item(decision.item_id) if each.state in TOLD]
    return sorted(actions, key=lambda each: each.due_on)


def words_for_practice(decision: Decision, booked: tuple[str, ...] = ()) -> str:
    """Write the text for the record of the person's practice."""
    return gp_block(identity_of(decision.case.patient), outcome_of(decision, booked))


def words_for_organisation(decision: Decision, organisation: Organisation) -> str:
    """Write what an organisation has to do for the person."""
    patient, outcome = decision.case.patient, outcome_of(decision)
    own = [_doing(each) for each in agreed(decision) if each.organisation_id == organisation.id]
    where = ", ".join(part for part in (patient.address, patient.postcode) if part)
    reach = ". ".join(part for part in (where, f"Phone {patient.phone}" if patient.phone else "") if part)
    return organisation_list(identity_of(patient), reach, replace(outcome, actions=tuple(own)))


def words_for_person(decision: Decision, ringing: Ringing, booked: tuple[str, ...] = ()) -> str:
    """Write to the person, in the words that they asked for."""
    fit, _ = fit_for_letter(outcome_of(decision, booked))
    return person_letter(reader_of(decision), fit, ringing)


def left_out_of_letter(decision: Decision) -> int:
    """Count what a letter to the person does not say, since it speaks of safeguarding."""
    return fit_for_letter(outcome_of(decision))[1]


def reader_of(decision: Decision) -> Reader:
    """Return how the person is spoken to in a letter."""
    patient = decision.case.patient
    matters, is_own = _matters(patient)
    return Reader(
        greeting=greeting_of(patient),
        own_words="" if safeguarding_in(matters) or not is_own else matters,
        hoped_for="" if safeguarding_in(decision.case.wants) else decision.case.wants,
        is_easy=patient.letter_format in EASY,
        reads_on=today(),
    )


def outdated_in(decision: Decision, words: str, day: date) -> tuple[list[str], list[str]]:
    """List the days that a letter promises and that have passed, and whom it gives by name only."""
    fit, _ = fit_for_letter(outcome_of(decision))
    days = [each.due_on for each in fit.actions] + ([fit.review_due] if fit.review_due else [])
    return passed_in(words, fit.held_on, days, day), bare_in(words, fit.actions)


def greeting_of(patient: Patient) -> str:
    """Return the name by which a letter speaks to somebody."""
    if patient.preferred_name:
        return patient.preferred_name
    formal = f"{patient.title} {patient.family_name}" if patient.title else ""
    return formal or f"{patient.given_name} {patient.family_name}"


def name_of(patient: Patient) -> str:
    """Return the name on the envelope."""
    return " ".join(part for part in (patient.title, patient.given_name, patient.family_name) if part)


def identity_of(patient: Patient) -> str:
    """Say in a line whose record a text belongs in."""
    banner = banner_for(patient)
    return f"{banner.name}. Born {banner.born}. NHS No. {said_nhs_number(patient.nhs_number)}"


def concerns_of(patient: Patient, words: str) -> Concerns:
    """Say what to look at before a letter goes to its person."""
    is_easy = patient.letter_format in EASY
    return Concerns(
        safeguarding=tuple(safeguarding_in(words)),
        long_sentences=tuple(long_sentences(words, is_easy)),
        easier=tuple(easier_for(words)),
        named=tuple(names_in(words, [carer.name for carer in carers_of(patient.id)], _own_names(patient))),
        needs=tuple(need.words for need in needs_of(patient.id) if need.kind in NEEDS_OF_LETTERS),
        language=patient.language,
        is_without_address=not patient.address.strip(),
    )


def topics_of(patient_id: uuid.UUID) -> list[str]:
    """Return what somebody does not want told to others."""
    rows = objections_of([patient_id]).get(patient_id, ())
    return [row.topic for row in rows if row.scope is ObjectionScope.TOPIC]


def _doing(action: Action) -> Doing:
    organisation = action.organisation.short_name if action.organisation else ""
    # An organisation that is asked says by its name what it is.
    team = TEAMS[action.discipline] if action.owner_id and action.discipline else ""
    return Doing(action.words, action.owner, organisation, action.due_on, team)


def _own_names(patient: Patient) -> str:
    return f"{patient.given_name} {patient.preferred_name} {patient.family_name}"


def _matters(patient: Patient) -> tuple[str, bool]:
    """Return what matters to somebody, and whether they said so themselves."""
    own_names = set(parts_of(f"{patient.given_name} {patient.preferred_name}"))
    said = [each for each in statements_of(patient.id) if each.kind is StatementKind.MATTERS]
    own = [each for each in said if own_names & set(parts_of(each.said_by))]
    found = next(iter(own or said), None)
    return (found.words, bool(own)) if found else ("", False)
