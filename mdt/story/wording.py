"""How a person is shown on every page about them."""

import uuid
from dataclasses import dataclass
from datetime import date

from mdt.patients.rules import LetterFormat, Sex, said_age, said_day, said_nhs_number


@dataclass(frozen=True)
class Banner:
    """Who the page is about. Source: NHS common user interface, patient banner."""

    name: str
    born: str
    nhs_number: str
    is_without_number: bool
    preferred: str
    sex: str
    flags: tuple[str, ...]
    died: str
    patient_id: uuid.UUID
    objections: tuple[str, ...]


def banner_of(
    *,
    patient_id: uuid.UUID,
    family_name: str,
    given_name: str,
    title: str,
    preferred_name: str,
    born_on: date,
    nhs_number: str | None,
    sex: Sex,
    letter_format: LetterFormat,
    language: str,
    died_on: date | None,
    flags: tuple[str, ...],
    objections: tuple[str, ...],
    today: date,
) -> Banner:
    """Put the banner together: FAMILY, Given (Title), Born dd-Mmm-yyyy (age), NHS No. 3-3-4."""
    letters = (letter_format.label,) if letter_format is not LetterFormat.STANDARD else ()
    spoken = (f"Speaks {language}",) if language else ()
    return Banner(
        name=f"{family_name.upper()}, {given_name}" + (f" ({title})" if title else ""),
        born=f"{said_day(born_on)} ({said_age(born_on, died_on or today)})",
        nhs_number=said_nhs_number(nhs_number),
        is_without_number=nhs_number is None,
        preferred=preferred_name,
        sex=sex.label,
        # A format is often recorded as a need too.
        flags=tuple(dict.fromkeys((*letters, *spoken, *flags))),
        died=said_day(died_on) if died_on else "",
        patient_id=patient_id,
        objections=objections,
    )
