"""The prompt that somebody means, and what became of those before."""

import uuid

from mdt.cases.queries import CaseSeen, get_case_for
from mdt.prompts.queries import PromptSeen, open_prompts
from mdt.prompts.records import PromptAnswer
from network.access.guard import require
from network.access.rules import Actor, Permission
from network.plumbing.database import db
from network.plumbing.refusals import NotFound, Refusal


class NotOpen(Refusal):
    """Somebody has answered the prompt, or its facts hold no more."""


def may_answer(viewer: Actor, seen: CaseSeen) -> bool:
    """Say whether somebody may say what becomes of a prompt: who reads what is clinical and takes part."""
    return seen.access.standing.is_clinical and viewer.may_somewhere(Permission.CONTRIBUTE)


def get_prompt_for(viewer: Actor, case_id: uuid.UUID, code: str) -> tuple[CaseSeen, PromptSeen]:
    """Return a prompt that is open for a case and that the viewer may answer."""
    seen = get_case_for(viewer, case_id)
    require(may_answer(viewer, seen))
    for each in open_prompts(viewer, seen.case).shown:
        if each.code == code:
            return seen, each
    raise NotOpen("This prompt is not open any more: somebody has answered it, or its facts have changed.")


def get_answer_for(viewer: Actor, answer_id: uuid.UUID) -> tuple[CaseSeen, PromptAnswer]:
    """Return what somebody made of a prompt, with the case in which they did."""
    answer = db.session.get(PromptAnswer, answer_id)
    if answer is None:
        raise NotFound
    seen = get_case_for(viewer, answer.case_id)
    require(may_answer(viewer, seen))
    return seen, answer
