"""What is asked about a service, and by what somebody looks for one."""

import re
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, HiddenField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from mdt.services.rules import LONGEST_WORDS, REFERRERS, Described, ServiceKind, Wanted
from network.plumbing.fields import choice_field, required, row_field, text_field, word_field
from network.vocabulary import Discipline


def _long_field(label: str, longest: int, sentence: str = "", **options: Any) -> TextAreaField:
    answer = required(sentence) if sentence else Optional()
    too_long = Length(max=longest, message=f"Shorten this to {longest} characters.")
    return TextAreaField(label, [answer, too_long], **options)


class ServiceForm(FlaskForm):  # type: ignore[misc]
    """An entry of the directory."""

    seen = HiddenField()
    name = text_field("Name", 120, "Enter what the service is called.")
    kind = word_field("Kind of help", ServiceKind)
    what = _long_field("What it does", 500, "Enter what it does, in one or two sentences.")
    organisation_id = row_field(
        "Which member of the network runs it", "Choose an organisation from the list."
    )
    provider = text_field("Who runs it, as people know them", 120, "Enter who runs it.")
    for_whom = text_field("For whom", 300, description="Such as adults who live alone.")
    area = text_field("Where", 120, description="Such as Exampleton, or the whole county.")
    languages = text_field(
        "Languages besides English", 200, description="With a comma between them, such as Polish, BSL."
    )
    access = text_field("Getting there and in", 300, description="Such as step-free, or home visits.")
    cost = text_field("What it costs", 120, description="Such as free, or £3 a week.")
    takes_self_referral = BooleanField("People can go there by themselves")
    referrers = SelectMultipleField(
        "Who can refer",
        [Optional()],
        choices=[SelectChoice(each.value, each.label) for each in REFERRERS],
    )
    how_to_refer = text_field("How to refer", 300, description="Such as by phone before noon.")
    phone = text_field("Phone", 30)
    email = text_field("Email address", 254)
    website = text_field("Web page", 300)

    @property
    def described(self) -> Described:
        chosen = self.referrers.data or ()
        return Described(
            name=self.name.data,
            kind=self.kind.data,
            what=(self.what.data or "").strip(),
            provider=self.provider.data,
            for_whom=self.for_whom.data,
            area=self.area.data,
            languages=tuple(languages_in(self.languages.data)),
            access=self.access.data,
            cost=self.cost.data,
            how_to_refer=self.how_to_refer.data,
            referrers=tuple(each for each in REFERRERS if each.value in chosen),
            takes_self_referral=self.takes_self_referral.data,
            phone=self.phone.data,
            email=self.email.data,
            website=self.website.data,
        )


class FindForm(Form):
    """By what somebody looks for a service."""

    words = text_field("Words", 80)
    kind = word_field("Kind of help", ServiceKind, empty="Any kind")
    area = text_field("Where", 80)
    language = choice_field("Language", "Choose a language from the list.", default="")
    discipline = word_field(
        "Who can refer",
        [each for each in Discipline if each in REFERRERS],
        empty="Anybody",
    )
    by_self = BooleanField("People can go there by themselves")
    stale = BooleanField("Not checked for 6 months")

    def offer_languages(self, languages: Iterable[str]) -> None:
        """Let somebody choose among the languages that services speak."""
        self.language.choices = [SelectChoice(each, each or "Any language") for each in ("", *languages)]

    @property
    def wanted(self) -> Wanted:
        """Return what is looked for; what cannot be read does not narrow it."""
        self.validate()
        read = {name: None if field.errors else field.data for name, field in self._fields.items()}
        return Wanted(
            words=read["words"] or "",
            kind=read["kind"],
            area=read["area"] or "",
            language=read["language"] or "",
            discipline=read["discipline"],
            only_self=bool(read["by_self"]),
            stale=bool(read["stale"]),
        )


class SuggestionForm(FlaskForm):  # type: ignore[misc]
    """What is wrong with an entry."""

    words = _long_field(
        "What is wrong, and what is right if you know it", LONGEST_WORDS, "Enter what is wrong."
    )


def languages_in(text: str | None) -> list[str]:
    """Read languages from a line, each once."""
    found = (part.strip()[:40] for part in re.split(r"[,;\n]", text or ""))
    return list(dict.fromkeys(each[:1].upper() + each[1:] for each in found if each))
