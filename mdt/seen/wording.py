"""What was done with what is known of a person, in words that the person can read."""

from mdt.seen.rules import Deed
from mdt.sharing.rules import Reason

# Follows the name of whoever did it. One for every deed that the wing keeps about a person or a case.
DEEDS = {
    # Looked at
    "open_case": "opened your case",
    "open_person": "opened the page about you",
    "open_letter": "read a letter about you",
    "open_list": "read the list of a meeting that you are on",
    "open_seen": "read this report",
    "see_person": "saw your name and your date of birth at the head of a page",
    "see_people": "saw your name in a list",
    "search": "looked for somebody, and found you",
    "look_up_person": "looked you up by your NHS number or the reference of your case",
    "try_to_refer": "typed your NHS number to refer you, and was refused",
    "try_number": "typed your NHS number for somebody else, and was refused",
    "look_for_twins": "saw your entry beside one that may be yours too",
    # Put down for the first time
    "register_patient": "entered who you are",
    "add_patient": "added you to the people whose care is discussed",
    "refer_patient": "asked the team a question about your care",
    "keep_draft": "kept a draft of a question about your care",
    "throw_draft_away": "threw away a draft of a question about your care",
    "note_statement": "wrote down what you said",
    "record_need": "wrote down what you need",
    "add_carer": "wrote down who cares for you",
    "record_sharing": "wrote down how you were told that your story is shared",
    "note_facts": "wrote down facts about your health or home",
    "take_back_fact": "took back a fact about you that was wrong",
    "restore_fact": "let a fact about you count again",
    "ask_by_prompt": "asked services what they know, because facts about you gave a reason",
    "act_on_prompt": "had something done, because facts about you gave a reason",
    "list_by_prompt": "brought your case to a meeting, because facts about you gave a reason",
    "dismiss_prompt": "put aside a reason to involve somebody, and said why",
    "take_back_prompt_answer": "took back what was made of a reason to involve somebody",
    "relate": "let somebody else know of you",
    "object_to_sharing": "wrote down what you do not want shared",
    "record_subject_request": "wrote down that a copy of what is held about you was asked for",
    # Changed
    "change_patient": "corrected who you are or how to reach you",
    "record_death": "recorded a death",
    "take_back_death": "took back a death that was recorded by mistake",
    "confirm_statement": "asked you whether your words still hold",
    "end_statement": "ended words of yours that no longer hold",
    "restore_statement": "brought back words of yours",
    "end_need": "ended a need that no longer holds",
    "restore_need": "brought back a need of yours",
    "change_carer": "changed what is known of who cares for you",
    "end_carer": "ended what is known of somebody who cared for you",
    "restore_carer": "brought back what is known of somebody who cares for you",
    "lift_objection": "wrote down that you took an objection back",
    "keep_checked": "checked what was pasted about you",
    "join_with_known": "joined two entries about you into one",
    "change_subject_request": "corrected a request for a copy of what is held about you",
    "end_subject_request": "ended a request for a copy of what is held about you",
    "reopen_subject_request": "opened a request for a copy of what is held about you again",
    "merge_people": "joined two entries about you into one",
    "part_people": "parted two entries that had been joined, since they are about two people",
    "tell_apart": "compared two entries and said that they are about two people",
    "take_back_telling_apart": "took back that two entries are about two people",
    # Who is around the person, and who cares for them: what a carer tells is not told on
    "open_care_web": "looked at who is around you",
    "print_care_web": "printed who is around you",
    "add_involvement": "wrote down who is around you",
    "say_more": "wrote down more of somebody around you",
    "change_involvement": "changed what is known of somebody around you",
    "end_involvement": "ended what is known of somebody around you",
    "restore_involvement": "brought back what is known of somebody around you",
    "open_carer": "looked at what is known of who cares for you",
    "note_carer_said": "wrote down something about who cares for you",
    "end_carer_said": "ended something that was written down about who cares for you",
    "restore_carer_said": "brought back something that was written down about who cares for you",
    "note_agreement": "wrote down what who cares for you agrees to",
    "note_assessment": "wrote down how the assessment of who cares for you goes",
    "ask_carer": "asked who cares for you to do something",
    "answer_for_carer": "wrote down what who cares for you answered",
    "tell_carer": "told who cares for you what was agreed",
    "print_for_carer": "printed a letter to who cares for you",
    # Services
    "offer_service": "wrote down that you were offered help",
    "answer_offer": "wrote down what you answered to an offer of help",
    "take_back_offer_answer": "took back what was written down by mistake about an offer of help",
    "withdraw_offer": "took back an offer of help that was written down by mistake",
    "name_navigator": "wrote down who helps you find your way between services",
    "end_navigator": "wrote down that somebody helps you find your way no more",
    # Triage and lists
    "accept_referral": "took up the question about your care",
    "returned_referral": "asked back about the question",
    "redirected_referral": "said who can answer the question better",
    "declined_referral": "said that the question is not for this team",
    "take_back_answer": "took back an answer",
    "send_again": "sent the question again",
    "put_on_list": "put your case on the list of a meeting",
    "take_off": "took your case off the list of a meeting",
    "move_item": "changed the order of the list that you are on",
    "arrange_item": "chose who talks about your case",
    # Learning
    "let_learner_in": "let somebody who learns with the team see your case, after you were told",
    "end_learning": "ended that somebody learns from your case",
    # Asked and answered
    "ask_disciplines": "asked services what they know",
    "ask_for_contribution": "asked a service what it knows",
    "take_back_request": "took back a question to a service",
    "ask_still": "asked a service once more",
    "remind": "reminded a service of a question about your care",
    "answer_request": "wrote what their service knows of you",
    # In the meeting
    "call_huddle": "called a short talk about your care",
    "call_off_huddle": "called off a short talk about your care",
    "open_item": "opened your case in the meeting",
    "tick_line": "went through what must not be forgotten when your care is discussed",
    "note_view": "noted how your own view was heard in the meeting",
    "link_goal": "noted which of your goals a decision is to serve",
    "set_review": "set when your case is looked at again",
    "carry_item": "put the talk about your case off to a later meeting",
    "mark_not_reached": "noted that there was no time for your case in the meeting",
    "note_item": "noted your case without a talk",
    "end_item": "ended the talk about your case",
    "borrow_minutes": "gave the talk about your case more time",
    "write_minutes": "wrote down what was said in the meeting",
    "read_back": "read aloud what was agreed",
    "confirm_decision": "confirmed what was agreed",
    "sign_decision": "signed what was agreed",
    "add_addendum": "added to what was agreed",
    # Actions
    "propose_action": "proposed something to be done for you",
    "take_action": "took on something to be done for you",
    "drop_action": "dropped something that was proposed",
    "drop_proposed": "dropped something that was proposed",
    "bind_actions": "made what was agreed binding",
    "add_action": "added something to be done for you",
    "accept_action": "took on something to be done for you",
    "give_back_action": "gave back something to be done for you",
    "finish_action": "said that something was done for you",
    "leave_undone": "said why something was not done for you",
    "reopen_action": "took up again something to be done for you",
    "hand_over": "handed on something to be done for you",
    "change_due": "changed by when something is done for you",
    "cancel_action": "cancelled something that was to be done for you",
    "remind_owner": "reminded somebody of what is to be done for you",
    # Letters, and telling the person
    "write_letters": "wrote letters about what was agreed",
    "rewrite_letter": "wrote a letter about you anew",
    "change_letter": "changed a letter about you",
    "hold_letter": "held back a letter about you",
    "check_again": "asked for a letter about you to be checked again",
    "give_letter": "gave out a letter about you",
    "add_telling": "noted who is to be told what was agreed",
    "drop_telling": "noted that somebody need not be told",
    "note_told": "noted that you or somebody else was told what was agreed",
    "take_back_told": "took back that somebody was told",
    "send_mail": "wrote by email to those who take part, without your name or a word of your story",
    # Places in clinics
    "put_down_booking": "proposed a place in a clinic",
    "drop_booking": "dropped a place in a clinic that was proposed",
    "bind_booking": "agreed on a place in a clinic",
    "ask_for_place": "asked for a place in a clinic",
    "leave_unasked": "could not ask for a place in a clinic",
    "change_wishes": "noted what you need of a place in a clinic",
    "tell_person": "told you when and where your clinic is",
    "take_place": "took a place in a clinic for you",
    "notice_place": "noted how your place in a clinic stands",
    "give_back_place": "gave a place in a clinic back",
    "note_outcome": "noted whether you came to a clinic",
    "take_back_outcome": "took back what was noted of a clinic",
    # How you are, by your own answers
    "plan_measures": "planned when you are asked how you are",
    "record_answers": "kept what you answered on how you are",
    "correct_answers": "put right what was kept of your answers",
    "skip_measures": "noted that you are not asked how you are this time",
    "ask_after_all": "noted that you can be asked how you are after all",
    "stop_measures": "noted that you do not want to be asked how you are",
    "resume_measures": "noted that you may be asked how you are again",
    "make_measure_link": "made a link by which you, or a carer, can say how you are",
    "end_measure_link": "took back a link by which you could say how you are",
    "open_measure_link": "opened the link by which you can say how you are",
    # Examples to learn from, without anybody in them
    "example_offered": "wrote an example to learn from after your case, without you in it",
    "example_approved": "let an example after your case be read by those who learn, without you in it",
    "example_returned": "sent an example after your case back to be written anew",
    "example_withdrawn": "withdrew an example that was written after your case",
    # The end of a case
    "close_case": "closed your case",
    "take_back_closing": "took back that your case was closed",
    "withdraw_case": "withdrew your case",
    "reopen_case": "opened your case again after it was closed",
    "agree_review": "agreed when your case is looked at again",
    "bring_back": "brought your case back to be looked at again",
    # Goals and plans
    "set_goal": "wrote down something you want to reach",
    "change_goal": "changed how something you want to reach is worded",
    "review_goal": "wrote down how far you have come with something you want to reach",
    "take_back_review": "took back how far you were said to have come",
    "end_goal": "noted that a goal of yours is reached, or not worked on any more",
    "resume_goal": "took up a goal of yours again",
    "open_plan": "looked at your plan",
    "begin_plan": "began a new version of your plan",
    "write_plan": "wrote on a draft of your plan",
    "discard_plan": "threw away a draft of your plan",
    "restore_plan": "took back a draft of your plan that was thrown away",
    "agree_plan": "wrote down that your plan was agreed",
    "agree_again": "wrote down that your plan was looked at and agreed again",
    "end_plan": "wrote down that your plan holds no more",
    "resume_plan": "took back that your plan holds no more",
    "open_plan_review": "prepared the review of your plan",
    "pass_on_plan": "passed on who coordinates your plan, since somebody left",
    "pass_on_case": "passed on who coordinates your case, since somebody left",
    # Lists of risk searches
    "look_through_findings": "looked through a list of people who may need more help; you are on it",
    "open_finding": "looked at what a list of your practice says of you",
    "export_findings": "took out a list of people who may need more help, for your care; you are on it",
    "look_at_risk_list": "looked at a list of your practice before it was taken in; you are on it",
    "begin_referral": "began to refer you, since a list of your practice named you",
    # Exchange with other record systems
    "give_case": "gave a copy of your case to another service as a file, for your care",
    "bring_record": "brought in a record about you that another service sent",
    "compare_record": "compared a record that another service sent with what is known of you here",
    "take_record_over": "took over something from a record that another service sent",
    "discard_record": "put aside a record about you that another service sent",
    # Emergencies
    "open_in_emergency": "opened what is known of you in an emergency; the coordinators were told at once",
    "refuse_emergency": "tried to open what is known of you in an emergency, and was refused",
    "explain_emergency": "explained why they opened it in an emergency",
    "end_emergency": "ended what they had opened in an emergency",
    "review_emergency": "looked into why it was opened in an emergency",
    # Keeping and removing
    "hold_person": "saw to it that nothing of you is removed for now",
    "lift_hold": "let your record be removed when its time comes",
    "keep_person": "kept your record although its time was over",
    "remove_draft": "removed a draft that was never sent",
    "remove_person": "removed what was kept of you, since its time was over",
    # Their own page
    "make_own_door": "made a link to your own page",
    "end_own_door": "turned off a link to your own page",
    "stop_own_doors": "turned off every link to your own page",
    "lift_own_stop": "let links to your own page be made again",
    "read_own_note": "read what was written at your own page",
    "open_own_page": "came in to your own page",
    "see_own_page": "looked at your own page",
    "refuse_own_page": "gave a date of birth that is not yours, and was not let in to your own page",
    "confirm_own_words": "said at your own page that your words are still true",
    "correct_own_words": "corrected your words at your own page",
    "answer_at_own_door": "answered questions about how you are, at your own page",
    "write_from_own_page": "wrote to the team at your own page",
    # Paper and copies
    "print_case": "printed your case",
    "print_plan": "printed your plan",
    "print_letter": "printed a letter about you",
    "print_list": "printed the list of a meeting that you are on",
    "give_copy": "made a copy of everything that is held about you",
    "print_seen": "printed this report",
}
BECAUSE = {
    Reason.REFERRED: "because their organisation asked the question",
    Reason.REGISTERED: "because you are registered with their practice",
    Reason.ASKED: "because their organisation is asked what it knows",
    Reason.MEETING: "because they were invited to the meeting that discusses you",
    Reason.ACTION: "because they have something to do for you",
    Reason.COORDINATES: "because they coordinate care in this network",
    Reason.GUEST: "because they were asked as a guest",
    Reason.DRAFTED: "because they were writing the question",
    Reason.LEARNING: "because they were let in to learn, which you were told of",
    Reason.EMERGENCY: "in an emergency",
    Reason.DANGER: "since somebody was in danger",
}
# Whom somebody let know of a person.
LET_KNOW = {
    Reason.REFERRED: "the service that asked the question",
    Reason.REGISTERED: "your own practice",
    Reason.ASKED: "a service that is asked what it knows",
    Reason.MEETING: "somebody who is invited to the meeting that discusses you",
    Reason.ACTION: "somebody who has something to do for you",
    Reason.COORDINATES: "somebody who coordinates your care",
    Reason.GUEST: "a guest of the meeting",
    Reason.DRAFTED: "whoever was writing the question",
    Reason.LEARNING: "somebody who learns with the team, which you were told of",
    Reason.EMERGENCY: "somebody who needed to know in an emergency",
    Reason.DANGER: "somebody who needed to know since somebody was in danger",
}
REASONS: dict[str | None, Reason] = {reason.value: reason for reason in Reason}
OFTEN = (
    "",
    "",
    "twice",
    "three times",
    "four times",
    "five times",
    "six times",
    "seven times",
    "eight times",
)


def deed_said(verb: str, because: str | None = None) -> str:
    """Say what was done, and why whoever did it could, where the trail kept it."""
    said = DEEDS.get(verb) or f"worked with your record ({verb.replace('_', ' ')})"
    reason = REASONS.get(because)
    if reason is None:
        return said
    return f"let {LET_KNOW[reason]} know of you" if verb == "relate" else f"{said}, {BECAUSE[reason]}"


def who_said(name: str, organisations: list[str]) -> str:
    """Name somebody with where they worked on that day."""
    return f"{name} of {' and '.join(organisations)}" if organisations else name


def told_said(deed: Deed) -> str:
    """Say a deed: 'At 09:14 Amy Shaw of Elm Surgery opened your case, four times until 11:02.'"""
    again = f", {often_said(deed.times)}" if deed.times > 1 else ""
    if f"{deed.last_at:%H:%M}" != f"{deed.at:%H:%M}":
        again += f" until {deed.last_at:%H:%M}"
    return f"At {deed.at:%H:%M} {deed.who} {deed.said}{again}."


def often_said(times: int) -> str:
    """Say how often something was done."""
    return OFTEN[times] if times < len(OFTEN) else f"{times} times"
