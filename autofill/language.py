"""The language people are spoken to in: gettext catalogues in locale/, one for a whole process.

No texts live here, and none of what a person writes to an organisation is ever translated. Codes, keys, file names and
what is sealed for strangers stay English; sentences for people are in their language wherever they stand.
"""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("en", "ko", "de", "id")
_FOLDER: Final = Path(__file__).parent / "locale"
# The order in which programs look for the user's language (POSIX.1-2017, 8.2), after our own.
_VARIABLES: Final = ("AUTOFILL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


class _Spoken:
    """The catalogue in use."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()
    code: str = "en"


def choose(wanted: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """Speak `wanted`, or what the environment asks for, or English; the language's code comes back."""
    asked = wanted or next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    # The rest of `ko_KR.UTF-8` or `de-AT@euro` is about other things.
    short = re.split(r"[^a-z]", asked.casefold(), maxsplit=1)[0]
    _Spoken.code = short if short in LANGUAGES else "en"
    # English is in the program itself.
    _Spoken.catalogue = gettext.NullTranslations() if _Spoken.code == "en" else _catalogue(short)
    return _Spoken.code


def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("autofill", _FOLDER, [code], fallback=True)


def spoken() -> str:
    """The code of the language in use, as HTML's `lang` wants it."""
    return _Spoken.code


def _(message: str) -> str:
    """The message in the language in use. Placeholders are named, `{status}`, and filled in afterwards."""
    # To gettext, no text at all means the catalogue's own head.
    return _Spoken.catalogue.gettext(message) if message else ""


def plural(one: str, many: str, number: int) -> str:
    """The form of a message that goes with a number."""
    return _Spoken.catalogue.ngettext(one, many, number)


def gettext_noop(message: str) -> str:
    """Mark a message of a table for translation; whoever shows it says `_` to it."""
    return message
