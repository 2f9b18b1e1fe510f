"""What becomes of a prompt: others are asked, an action, a meeting hears of it, or it is put aside."""

import uuid
from collections.abc import Collection
from datetime import date

from mdt.actions.commands import add_action
from mdt.asking.commands import Asking, ask_disciplines
from mdt.cases.commands import lock_case, tell
from mdt.cases.queries import CaseSeen, get_case_for
from mdt.lists.commands import put_on_list
from mdt.prompting.queries import get_answer_for, get_prompt_for
from mdt.prompts.queries import PromptSeen
from mdt.prompts.records import PromptAnswer
from mdt.prompts.rules import DismissReason, PromptOutcome, quiet_until, wrong_with_dismissal
from network.access.rules import Actor
from network.audit.commands import record
from network.plumbing.commands import command
from network.plumbing.database import db, now, today
from network.plumbing.refusals import Invalid, Refusal
from network.vocabulary import Discipline


@command
def ask_by_prompt(
    actor: Actor,
    case_id: uuid.UUID,
    code: str,
    disciplines: Collection[Discipline],
    due_on: date | None = None,
) -> Asking:
    """Ask disciplines that a prompt names for what they know."""
    seen, prompt = _open(actor, case_id, code)
    wanted = [each for each in disciplines if each in prompt.disciplines]
    if not wanted:
        raise Invalid("Tick at least one discipline.")
    answer = ask_disciplines(actor, case_id, wanted, due_on)
    if not answer.asked:
        raise Refusal(" ".join(answer.not_asked))
    row = _answer(actor, seen, prompt, PromptOutcome.ACCEPTED, done=f"Asked: {'; '.join(answer.asked)}")
    record(actor, "ask_by_prompt", "case", case_id, code=code, answer=str(row.id))
    return answer


@command
def act_on_prompt(
    actor: Actor,
    case_id: uuid.UUID,
    code: str,
    words: str,
    due_on: date,
    *,
    account_id: uuid.UUID | None = None,
    organisation_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Have something done about a prompt."""
    seen, prompt = _open(actor, case_id, code)
    action_id = add_action(
        actor, case_id, words, due_on, account_id=account_id, organisation_id=organisation_id
    )
    row = _answer(actor, seen, prompt, PromptOutcome.ACCEPTED, done=f"Action: {words.strip()}")
    record(actor, "act_on_prompt", "case", case_id, code=code, answer=str(row.id), action=str(action_id))
    return action_id


@command
def list_by_prompt(
    actor: Actor, case_id: uuid.UUID, code: str, meeting_id: uuid.UUID, late_reason: str = ""
) -> None:
    """Let a meeting hear of what a prompt says."""
    seen, prompt = _open(actor, case_id, code)
    put_on_list(actor, meeting_id, case_id, late_reason)
    row = _answer(actor, seen, prompt, PromptOutcome.ACCEPTED, done="Brought to a meeting")
    record(actor, "list_by_prompt", "case", case_id, code=code, answer=str(row.id))


@command
def dismiss_prompt(
    actor: Actor, case_id: uuid.UUID, code: str, reason: DismissReason | None, words: str = ""
) -> uuid.UUID:
    """Put a prompt aside, with a reason; it stays away for a while, for every case of the person."""
    seen, prompt = _open(actor, case_id, code)
    if wrong := wrong_with_dismissal(reason, words):
        raise Invalid(wrong)
    row = _answer(actor, seen, prompt, PromptOutcome.DISMISSED, reason=reason, words=words.strip())
    record(actor, "dismiss_prompt", "case", case_id, code=code, answer=str(row.id))
    return row.id


@command
def take_back_prompt_answer(actor: Actor, answer_id: uuid.UUID) -> uuid.UUID:
    """Take back what was made of a prompt: it comes up again; what was asked or agreed meanwhile stays."""
    seen, answer = get_answer_for(actor, answer_id)
    if answer.taken_back_at is not None:
        raise Refusal("This has been taken back already.")
    answer.taken_back_at = now()
    tell(actor, seen.case, f"{actor.name} took back what was made of a prompt ({answer.code}).")
    record(actor, "take_back_prompt_answer", "case", answer.case_id, code=answer.code, answer=str(answer.id))
    return answer.case_id


def _open(actor: Actor, case_id: uuid.UUID, code: str) -> tuple[CaseSeen, PromptSeen]:
    """Find an open prompt once the case is locked: of two who answer at once the second hears of it."""
    lock_case(get_case_for(actor, case_id).case)
    return get_prompt_for(actor, case_id, code)


def _answer(
    actor: Actor,
    seen: CaseSeen,
    prompt: PromptSeen,
    outcome: PromptOutcome,
    *,
    reason: DismissReason | None = None,
    words: str = "",
    done: str = "",
) -> PromptAnswer:
    row = PromptAnswer(
        patient_id=seen.case.patient_id,
        case_id=seen.case.id,
        code=prompt.code,
        outcome=outcome,
        reason=reason,
        words=words,
        because=prompt.because,
        done=done,
        answered_by=actor.name,
        quiet_until=quiet_until(today()),
    )
    db.session.add(row)
    db.session.flush()
    tell(actor, seen.case, f"{actor.name}: {outcome.label.lower()}, a prompt ({prompt.code}).")
    return row
