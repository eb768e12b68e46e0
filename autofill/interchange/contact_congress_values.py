"""What goes into a control of a contact-congress form, and what its lists offer. Pure, and of that format alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Final

from autofill.forms.element import slug
from autofill.inquiry.geography import US_STATES

_ZIP: Final = "contact.address.postal_code"
_STATE: Final = "contact.address.state"
STATE_NAME: Final = f"{{{{ {_STATE} | state_name }}}}"
# What of an inquiry goes in for each of the format's variables; what no inquiry has is a question.
# ADDRESS_STATE, ADDRESS_ZIP, PHONE_HYPHENS and PREFIX are none of them, but files have them.
_VARIABLES: Final[Mapping[str, str]] = {
    "NAME_FIRST": "contact.first_name", "NAME_LAST": "contact.last_name", "NAME_FULL": "contact.name",
    "ADDRESS_STREET": "contact.address.street", "ADDRESS_STREET_2": "contact.address.unit",
    "ADDRESS_CITY": "contact.address.city", "ADDRESS_STATE_POSTAL_ABBREV": _STATE, "ADDRESS_STATE": _STATE,
    "ADDRESS_STATE_FULL": STATE_NAME, "ADDRESS_ZIP": _ZIP,
    "ADDRESS_ZIP5": f"{{{{ {_ZIP} | slice(0, 5) }}}}", "ADDRESS_ZIP4": f"{{{{ {_ZIP} | slice(6) }}}}",
    "ADDRESS_ZIP_PLUS_4": _ZIP, "PHONE": "contact.phone", "PHONE_PARENTHESES": "{{ contact.phone | phone }}",
    "PHONE_HYPHENS": "{{ contact.phone | phone('international') | replace('+1 ', '') }}",
    "EMAIL": "contact.email", "TOPIC": "topic", "SUBJECT": "subject", "MESSAGE": "message",
    "NAME_PREFIX": "answers.Prefix", "PREFIX": "answers.Prefix", "ADDRESS_COUNTY": "answers.County",
    "CAMPAIGN_UUID": "answers.Campaign",
}  # fmt: skip
VARIABLE: Final = re.compile(r"\$([A-Z][A-Z0-9_]+)\b")
# Rules between groups of choices, and the first line of a list that only says what the list is for.
_NO_CHOICE: Final = re.compile(
    r"[\W_]*|[-_]{2}.*|[\W_]*(?:please )?(?:select|choose|pick)(?: (?:an?|one|the|your)\b.*)?[\W_]*", re.IGNORECASE
)
_LONGEST: Final = 200


def fills(value: str) -> str:
    """What a map has as the value: a field, an expression, or a fixed text."""
    if found := VARIABLE.fullmatch(value):
        return _VARIABLES.get(found[1], f"answers.{found[1].replace('_', ' ').capitalize()}")
    if not VARIABLE.search(value):
        return fixed(value)
    return VARIABLE.sub(lambda found: _inside(found[1]), re.sub(r"[{}]+", " ", value))


def fills_list(value: str, offers: Mapping[str, str]) -> str:
    """What goes into a list; a state goes in as its code where the list shows any."""
    text = fills(value)
    is_of_codes = any(words in US_STATES for words in offers)
    return _STATE if text == STATE_NAME and is_of_codes else text


def is_state_code(value: str) -> bool:
    """Whether a value is the variable of a state's code."""
    return fills(value) == _STATE


def fixed(text: str) -> str:
    """A text that goes in as it stands, in the quotes that it needs."""
    words = text.strip()
    quoted = json.dumps(words, ensure_ascii=False) if {"'", "\\"} & set(words) else f"'{words}'"
    return f"{{{{ {quoted} }}}}"


def offered(options: object) -> dict[str, str]:
    """What a list offers: what the page sends for each, by the words that people see; no rules, no invitations."""
    if isinstance(options, list):
        options = {each: each for each in options if isinstance(each, str)}
    known = options.items() if isinstance(options, dict) else ()
    pairs = [(" ".join(str(words).split())[:_LONGEST], str(sent).strip()) for words, sent in known]
    pairs = [pair for pair in pairs if not (_NO_CHOICE.fullmatch(pair[0]) or pair[1] in {"", "null"})]
    return {sent: words for words, sent in pairs} if _is_turned(pairs) else dict(pairs)


def shown(value: str, offers: Mapping[str, str]) -> str:
    """A fixed choice in the words that people see; files may have the value that the page sends instead."""
    return next((words for words, sent in offers.items() if sent == value.strip()), value)


def choices(offers: Mapping[str, str], text: str) -> dict[str, str]:
    """The choices of a map: for a state its words by its code, for all else by a short name of the words."""
    made: dict[str, str] = {}
    if "{{" in text:
        return made
    for words, sent in offers.items():
        key = _code((sent, words)) if text == _STATE else slug(words) or words
        number = 1
        while (free := key if number == 1 else f"{key}-{number}") in made:
            number += 1
        made[free] = words
    return made


def _code(ways: tuple[str, str]) -> str:
    """The code of a state that a file writes one way or the other; the first way where it is none."""
    codes = {name: code for code, name in US_STATES.items()}
    return next((codes.get(each, each) for each in ways if each in US_STATES or each in codes), ways[0])


def _is_turned(pairs: Iterable[tuple[str, str]]) -> bool:
    """Whether a file has a list's words where the format has its codes: most keys are codes, and shorter."""
    kept = [pair for pair in pairs if pair[0] != pair[1]]
    turned = sum(words.upper() == words and sent.upper() != sent and len(words) < len(sent) for words, sent in kept)
    return turned * 2 > len(kept)


def _inside(variable: str) -> str:
    value = _VARIABLES.get(variable, f"answers.{variable}")
    return value if "{{" in value else f"{{{{ {value} }}}}"
