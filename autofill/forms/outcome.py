"""Outcomes of a run as a form map describes them: proof, refusal, and what only a person can do. No behaviour."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, TypeAlias

from pydantic import BeforeValidator, Field

from autofill.forms.element import Heading, Shown, Sign, Words, short
from autofill.organisations.model import FactPart, Pattern
from autofill.sources.tables import alternatives

# What CAPTCHAs of many sites are framed from.
CAPTCHAS: Final = (
    *(r"//www\.google\.com/recaptcha/", r"//(?:\w+\.)?hcaptcha\.com/", r"//challenges\.cloudflare\.com/"),
)
# Words beside a case number, and what one looks like, where a map says nothing of it.
_CASE_WORDS: Final = (
    *("case number", "case no", "case id", "reference", "ticket", "request number", "confirmation number"),
    *("Vorgang", "Fallnummer", "Aktenzeichen", "Referenz", "número de caso", "referencia", "numéro de dossier"),
    *("référence", "nomor kasus", "nomor tiket", "nomor laporan", "접수번호", "접수 번호", "문의번호", "문의 번호"),
)
# Korean writes on behind it, and so it does behind years, days and sums.
_CASE_NUMBER: Final = r"(?<![0-9A-Za-z_])(?:[A-Z]{1,5}-?)?\d[\d-]{2,18}\d(?![0-9A-Za-z_년年월月일日원円元])"


class Confirmation(FactPart):
    """What proves success, and where the case number stands."""

    proof: Shown
    case_number: Pattern = _CASE_NUMBER
    near: tuple[Words, ...] = Field(
        default=_CASE_WORDS, min_length=1, description="One of these words stands on the case number's line."
    )


@cache
def usual_thanks() -> Confirmation:
    """The proof of a form whose map says none: thanks, as pages usually say them, in some languages."""
    return Confirmation(proof=Sign(pattern=alternatives(Path(__file__).with_name("outcome_words.txt"), "thanks")))


class Refusal(FactPart):
    """How the form says no."""

    elements: tuple[Shown, ...] = ()


class PersonNeeded(FactPart):
    """What a person has to deal with: CAPTCHAs by their frames' addresses, logins by the page's path or heading."""

    captcha_frames: tuple[Pattern, ...] = ()
    login_paths: tuple[Pattern, ...] = ()
    elements: tuple[Heading, ...] = ()


class Away(FactPart):
    """How the page says that nobody is there to answer now, and when somebody is."""

    elements: tuple[Heading, ...] = Field(min_length=1)
    hours: Words


def _listed(data: Any) -> Any:
    if isinstance(data, str):
        data = [data]
    return {"elements": data} if isinstance(data, list | tuple) else data


Confirmed: TypeAlias = Annotated[
    Confirmation, BeforeValidator(short("proof"), json_schema_input_type=Confirmation | str)
]
Refused: TypeAlias = Annotated[
    Refusal, BeforeValidator(_listed, json_schema_input_type=Refusal | str | tuple[Shown, ...])
]
