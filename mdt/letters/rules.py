"""Whom a text is for, and how far it has come. Pure."""

from network.vocabulary import Word

# What a practice's record system takes into one text field.
LONGEST_BLOCK = 1500
# Working days within which the person is told.
TELL_WITHIN = 5


class Audience(Word):
    PERSON = "person", "The person"
    PRACTICE = "practice", "Their practice"
    ORGANISATION = "organisation", "An organisation"
    OTHER = "other", "Somebody else"


class LetterState(Word):
    DRAFT = "draft", "To be checked"
    GIVEN = "given", "Given"
    HELD = "held", "Held back: not safe to send"


class Way(Word):
    """How somebody was told."""

    POST = "post", "By post"
    HAND = "hand", "By hand"
    PHONE = "phone", "By phone"
    IN_PERSON = "in_person", "In person"
    COPIED = "copied", "Copied into their record"
    SHARED = "shared", "On their page here"
